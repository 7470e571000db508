"""Articles written for tests: plain, long enough to be taken for articles."""

from __future__ import annotations

SUBJECTS = ("de havenraad", "het ministerie", "de bemiddelaar", "de vakbond", "het parlement")
PLACES = ("Zoutmonde", "Oostkapel", "de hoofdstad", "het grensgebied", "het eiland")


def article(number: int) -> str:
    """Return an article of four paragraphs; another number gives another text."""
    subject, place = SUBJECTS[number % 5], PLACES[number // 5 % 5]
    return "\n\n".join(
        f"In {place} heeft {subject} op de {part}e dag van ronde {number} opnieuw gesproken over "
        f"de voorwaarden van een bestand. Volgens betrokkenen lagen er {number + part} voorstellen "
        f"op tafel, waarvan er geen enkel door alle partijen werd aanvaard. De gesprekken gaan "
        f"morgen verder, zo liet een woordvoerder na afloop van de bijeenkomst weten."
        for part in range(1, 5)
    )


def dated_article(number: int, header: str) -> str:
    """Return the article with a header line above it, such as ``Datum: 2024-03-08``."""
    return f"{header}\n\n{article(number)}"

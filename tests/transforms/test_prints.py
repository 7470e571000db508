"""Pages printed from a browser, and the texts drawn from such prints: the marks of the print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knipsel.transforms.layout.print_marks import find_print, title_runs

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]
    Check = Callable[[ProcessedDocument], None]

TITLE = "Veerdienst naar Brenne stopt voor de winter - De Noordholmer"
LONG_SITE = "Last ferry leaves | Society of Ferries and Quays"
ADDRESS = "https://www.noordholmer.example/2023/03/02/veerdienst.html"
HEADLINE = ("Veerdienst naar Brenne stopt", "voor de winter")
FIRST = (
    "De veerdienst tussen Noordholm en Brenne heeft maandag",
    "voor het laatst in dit jaar passagiers overgezet, omdat de",
    "aanlegsteiger volgens de eilandraad niet langer veilig is.",
)
SECOND = (
    "Een nieuwe steiger kost vier miljoen euro en is pas over",
    "acht maanden klaar. Tot die tijd moeten vrachtwagens",
    "uitwijken naar de haven van Kwistdorp in het zuiden.",
)
PAGES = ((1, FIRST), (2, SECOND))


def chrome(number: int, pages: int, stamp: str, *lines: str) -> list[str]:
    """Return a page as Chromium prints it, drawn line by line."""
    return [stamp, TITLE, *lines, ADDRESS, f"{number}/{pages}"]


def firefox(number: int, pages: int, stamp: str, *lines: str) -> list[str]:
    return [TITLE, ADDRESS, *lines, f"{number} of {pages}", stamp]


def in_columns(number: int, pages: int, stamp: str, *lines: str) -> list[str]:
    """Return a page with what stands side by side on one line."""
    head, foot = f"{stamp}          {TITLE}", f"{ADDRESS}            {number}/{pages}"
    return [head, *lines, foot]


def safari(number: int, pages: int, stamp: str, *lines: str) -> list[str]:
    return [f"{TITLE}          {stamp}", *lines, f"{ADDRESS}      Pagina {number} van {pages}"]


FORMS = (chrome, firefox, in_columns, safari)
STAMPS = (
    "11/5/24, 10:15 AM",
    "11/5/24, 10:15\u202fAM",
    "05/11/2024, 10:15",
    "05.11.24, 10:15",
    "05-11-2024 10:15",
    "2024-11-05 10:15",
    "5.11.2024 klo 10.15",
    "2024/11/5 上午10:15",
    "5. 11. 2024 10:15",
)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("stamp", STAMPS)
def test_marks_of_browsers_in_many_settings(form: Callable[..., list[str]], stamp: str) -> None:
    pages = [form(1, 2, stamp, *FIRST), form(2, 2, stamp, *SECOND)]
    printed = find_print(pages)
    left = [line for page in printed.without(pages) for line in page if line]
    assert left == [*FIRST, *SECOND]
    assert printed.title == TITLE


@pytest.mark.parametrize("title", ["Een dag op zee - De Noordholmer", "In de haven"])
def test_a_title_right_behind_the_time(title: str) -> None:
    """Its first word, short as it may be, is no part of the time."""
    pages = [[f"11/5/24, 10:15 AM {title}", *one, f"{ADDRESS} {n}/2"] for n, one in PAGES]
    assert find_print(pages).title == title


@pytest.mark.parametrize("form", FORMS)
def test_a_print_of_one_page(form: Callable[..., list[str]]) -> None:
    pages = [form(1, 1, STAMPS[0], *FIRST)]
    printed = find_print(pages)
    assert [line for line in printed.without(pages)[0] if line] == list(FIRST)
    assert printed.title == TITLE


@pytest.mark.parametrize(
    "pages",
    [
        [[*FIRST, "1/2"], [*SECOND, "2/2"]],  # counted, but by whom is not known
        [[STAMPS[0], *FIRST], [STAMPS[0], *SECOND]],  # not counted
        [[*FIRST, ADDRESS, "2/2"], [*SECOND, ADDRESS, "1/2"]],  # counted down
        [[ADDRESS, *FIRST, "1/3"], [ADDRESS, *SECOND, "2/4"]],  # up to several numbers
        [["On 8 Oct 2022", *FIRST], ["At 9 Oct 2023", *SECOND]],
        [],
    ],
)
def test_what_only_looks_like_a_print(pages: list[list[str]]) -> None:
    assert find_print(pages).reasons == {}


def test_text_at_the_edge_of_a_printed_page_stays() -> None:
    own = ("On 8 Oct 2022", f"See {ADDRESS} for the report.", "The score was 3/2")
    pages = [chrome(1, 2, STAMPS[0], own[0], *FIRST, own[1]), chrome(2, 2, STAMPS[0], *own)]
    left = [line for page in find_print(pages).without(pages) for line in page if line]
    assert left == [own[0], *FIRST, own[1], *own]


@pytest.mark.parametrize(
    ("title", "lines", "found"),
    [
        (TITLE, ["Menu", *HEADLINE, "Door Dineke Kolbert"], [range(1, 3)]),
        ("De Noordholmer | Veer ligt stil", ["De Noordholmer", "Veer ligt stil"], [range(1, 2)]),
        ("It’s the last ferry – Brenn", ["It's the last ferry"], [range(1)]),
        ("Ferry: why it stops", ["Ferry", "Why it stops"], [range(2)]),
        # Where a site's name is long, lines that are it alone are no headline.
        (LONG_SITE, ["Society of Ferries and Quays", "Something else"], []),
        (LONG_SITE, ["Society of Ferries and Quays", "Last ferry leaves"], [range(1), range(1, 2)]),
        (LONG_SITE, ["Ferries", "Last ferry leaves"], [range(1, 2)]),
        # A title says more than the headline that it begins with.
        ("The last winter ferry [2023]: times", ["The last", "winter ferry"], [range(2)]),
        ("Last ferry", ["Last ferry", "The Last Ferry"], [range(1)]),
        (TITLE, ["De Noordholmer", "Veerdienst naar Brenne"], []),
        ("Nieuws - De Krant van Noordholm en Brenne", ["Nieuws"], []),
    ],
)
def test_lines_that_are_the_title(title: str, lines: list[str], found: list[range]) -> None:
    assert title_runs(lines, title) == found


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("feed", ["\f", ""])
def test_a_text_drawn_from_a_print(
    form: Callable[..., list[str]], feed: str, run: Run, check_invariants: Check
) -> None:
    front = ("Vervoer · De Noordholmer", *HEADLINE, "Door Dineke Kolbert", "2 maart 2023", "")
    pages = [form(1, 2, STAMPS[0], *front, *FIRST), form(2, 2, STAMPS[0], *SECOND)]
    document = run("".join("\n".join(page) + "\n" + feed for page in pages))
    (article,) = document.articles
    assert article.headline == "Veerdienst naar Brenne stopt voor de winter"
    assert article.date_published == "2023-03-02"
    assert [name.name for name in document.authors] == ["Dineke Kolbert"]
    assert [text for text in article.text.split("\n\n") if text.startswith(("De veer", "Een"))] == [
        " ".join(FIRST),
        " ".join(SECOND),
    ]
    assert "noordholmer.example" not in article.text
    check_invariants(document)


def test_an_empty_line_under_each_line_is_no_paragraph(run: Run) -> None:
    lines = "\n\n".join(FIRST) + "\n\n\n\n" + "\n\n".join(SECOND)
    document = run(f"{HEADLINE[0]}\n\n\n\n2 maart 2023\n\n\n\n{lines}\n")
    bodies = [one.text for one in document.paragraphs if one.role == "body"]
    assert bodies == [" ".join(FIRST), " ".join(SECOND)]

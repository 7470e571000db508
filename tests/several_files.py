"""Made-up articles, and files in which several of them lie one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_WHO = (
    "The harbour council", "A baker from Nordholm", "The ferry company", "The county library",
    "An owner of three mills", "The choir of Marren", "The coast guard", "A retired pilot",
)  # fmt: skip
_DID = (
    "closes the inner dock", "wants a second bridge", "sells the old lighthouse",
    "finds rust in the ramp", "returns to the hill farms", "counts fewer seals this year",
    "asks for cheaper tickets", "opens the flooded church",
)  # fmt: skip
_NAMES = ("Anna Fenwick", "Peter Amsel", "Clara Dahl", "David Okoro", "Maria Lindqvist")


@dataclass(frozen=True)
class Story:
    """An article that nobody ever wrote."""

    headline: str
    author: str
    day: date
    paragraphs: tuple[str, ...]

    @property
    def printed_day(self) -> str:
        """Return the day as English newspapers print it."""
        return f"{self.day.day} {self.day:%B %Y}"


def story(number: int) -> Story:
    """Return an article of four paragraphs; another number (below 64) gives another one."""
    who, did = _WHO[number % 8], _DID[(number // 8 + number) % 8]
    return Story(
        f"{who} {did}",
        _NAMES[number % len(_NAMES)],
        date(2021, 3, 1) + timedelta(days=3 * number),
        tuple(
            f"{text} That was said at meeting {number} of the year, to which some {40 + number} "
            "people had come in spite of the rain and the wind from the sea."
            for text in (
                f"{who} {did}, as it told its neighbours late on Thursday night.",
                "Nobody in the room had seen the plan before, and the chair would not show it.",
                "The work costs 3.4 million crowns, of which the province pays the larger part.",
                "A decision is to come in the autumn, when the divers have looked at the wall.",
            )
        ),
    )


def stories(count: int, first: int = 0) -> list[Story]:
    """Return so many articles, no two alike."""
    return [story(first + number) for number in range(count)]


def as_text(one: Story, *, front: tuple[str, ...] = ("By {author}", "{day}")) -> str:
    """Return an article as plain text: its headline, the lines of its front, its paragraphs."""
    lines = [line.format(author=one.author, day=one.printed_day) for line in front]
    return "\n\n".join((one.headline, *lines, *one.paragraphs))


def wrapped(text: str, width: int = 72) -> str:
    """Return a text with its paragraphs wrapped."""
    import textwrap

    return "\n\n".join(textwrap.fill(part, width) for part in text.split("\n\n"))


def as_html(one: Story, tag: str = "h2") -> str:
    """Return an article as HTML."""
    body = "".join(f"<p>{text}</p>" for text in one.paragraphs)
    return f"<{tag}>{one.headline}</{tag}><p>By {one.author}</p><p>{one.printed_day}</p>{body}"


def page(*parts: str) -> str:
    """Return parts as a page."""
    return f"<!DOCTYPE html><html><body>{''.join(parts)}</body></html>"

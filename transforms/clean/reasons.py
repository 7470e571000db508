"""Why each unit of a page is in no article, and how much of it may be of one all the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from knipsel.transforms.clean.furniture import REASON as FURNITURE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from knipsel.transforms.clean.judge import Judged
    from knipsel.transforms.model import Role

OTHER_PROSE = "other_prose"
_BRIEF = frozenset({"share_buttons", "newsletter", "paywall", "advertisement"})
"""Reasons that seldom reach beyond the list under their line."""
_FAR, _NEAR = 100_000, 80
_REACH = {
    "related_links": _FAR,
    "metadata_header": _FAR,
    "cookie_banner": 5 * _NEAR,
    "newsletter": _NEAR,
    "paywall": _NEAR,
    "advertisement": _NEAR,
    "share_buttons": _NEAR,
    "inline_link": _NEAR,
}
"""Words of prose under a line of this reason for which it is the reason, too: comments and lists
of other articles go on and on, an invitation is a paragraph or two, a consent notice some more.
The lines of menus, footers and labels say nothing of prose that happens to stand under them."""
LEAST_WORDS = 8
"""Words of a paragraph that may be lost: shorter ones are labels as often."""
PASSED_OVER, NOT_CHOSEN = 0.1, 0.35
"""What remains of the odds that a paragraph is of the article, as the line model gives them, once
the extractor of a format passed it over, or once the lines above the page's threshold are chosen;
measured on 505 pages: of such text with a likelihood of .95 then 65 in 100 words are of it, of .8
29; and of .27 in the second case 11, of .4 19."""


class Removal(NamedTuple):
    """Why a unit is in no article, and what speaks against it.

    ``prose`` counts its words where it is running text of which no line says what else it is;
    ``lost`` says how many words of running text are of the article, as the line model has it.
    """

    reason: str
    prose: int = 0
    lost: float = 0.0


@dataclass(frozen=True, slots=True)
class Likelihoods:
    """How likely each unit is of the article, by the line model; nothing where it was not asked.

    ``odds`` is what its not being taken leaves of the odds.
    """

    shares: tuple[float, ...]
    odds: float

    def left(self, index: int) -> float:
        """Return how likely a unit that was not taken is of the article all the same."""
        share = self.shares[index] if self.shares else 0.0
        return share * self.odds / (share * self.odds + 1 - share) if share < 1 else 1.0


def removals(
    judged: Sequence[Judged],
    roles: dict[int, Role],
    top: int,
    furniture: Collection[int],
    likely: Likelihoods,
) -> dict[int, Removal]:
    """Return why each unit without a role is removed; a marked line marks those under it, too.

    ``top`` is where the article begins.
    """
    found: dict[int, Removal] = {}
    section, passed = "navigation", 0
    for index, item in enumerate(judged):
        if index in roles:
            section, passed = _section_after(roles[index]), 0
        elif item.unit.reason or item.look == "invisible":
            found[index] = Removal(item.unit.reason or "invisible")
        elif index in furniture:
            found[index] = Removal(FURNITURE)
        else:
            section, passed = _section(section, passed, item, judged[index - 1 : index])
            is_stray = item.is_prose and (index < top or passed > _REACH.get(section, 0))
            reason = OTHER_PROSE if is_stray else section
            found[index] = _removal(reason, item, likely.left(index))
    return found


def _section(section: str, passed: int, item: Judged, above: Sequence[Judged]) -> tuple[str, int]:
    """Return the reason that holds where a unit stands, and the words of prose under its line."""
    if item.reason:
        return item.reason, 0
    if item.is_prose:
        passed += item.size
    elif section in _BRIEF and above and item.unit.is_bullet != above[0].unit.is_bullet:
        return "navigation", 0
    elif passed > _REACH.get(section, 0):
        return "boilerplate", 0
    return section, passed


def _removal(reason: str, item: Judged, share: float) -> Removal:
    is_text = item.is_prose and item.size >= LEAST_WORDS
    return Removal(
        reason,
        item.size if reason == OTHER_PROSE else 0,
        share * item.size if is_text else 0.0,
    )


def _section_after(role: Role) -> str:
    return "site_label" if role in {"headline", "byline", "dateline"} else "boilerplate"

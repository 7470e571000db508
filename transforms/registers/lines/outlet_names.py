"""What stands around the name of an outlet and is not of it: articles, legal forms, domains."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from knipsel.transforms.registers.checked import strings

_DOMAIN = re.compile(r"(?<=\w\w)(?:\.(?:com?|org|net|gov?))?\.[a-z]{2,4}$", re.IGNORECASE)
"""The ending of the name of a site: *.com*, *.co.uk*."""
_HOST = re.compile(r"(?:www\.)?(?:[\w-]{2,63}\.){1,3}[a-z]{2,6}", re.IGNORECASE)
_LONGEST_FORM = 4
"""Words of a legal form: *GmbH & Co. KG*."""
_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
"""Letters that a host writes as two."""
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "gv", "ac", "or"})
"""Domains below that of a country under which others are given out."""
_COUNTRY = 2
"""Letters of the domain of a country."""


@dataclass(frozen=True, slots=True)
class OutletNames:
    """The words by which two names may differ and be of one outlet."""

    articles: frozenset[str]
    """Words that may stand before a name: *De*, *The*; case folded."""
    legal_forms: frozenset[str]
    """What companies have behind their names, without spaces and full stops: *ev*."""
    owner_words: tuple[str, ...]
    """Ends of words in the names of companies that own outlets, and are none: *Verlag*."""
    rights: tuple[str, ...]
    """What is said about rights beside the name in a copyright line."""
    made_by: tuple[str, ...]
    """What stands there before the name of who made the page."""
    holder_words: tuple[str, ...]
    """Words between the sign of copyright and the name."""

    def without_legal_form(self, name: str) -> str:
        """Return a name without the legal form of a company; as it is where that is all of it."""
        tokens = name.split()
        while True:
            ending = next(
                (
                    count
                    for count in range(min(_LONGEST_FORM, len(tokens) - 1), 0, -1)
                    if squeezed("".join(tokens[-count:])) in self.legal_forms
                ),
                None,
            )
            if ending is None:
                return " ".join(tokens).rstrip(",&")
            tokens = tokens[:-ending]

    def is_owner(self, name: str) -> bool:
        """Say whether a name is that of a company that owns outlets: *Agrarverlag GmbH*."""
        bare = self.without_legal_form(name).casefold()
        return bare.endswith(self.owner_words)

    def key(self, name: str) -> str:
        """Return what names of one outlet have in common: *De Kleine Krant*, *kleinekrant.nl*.

        Case, accents, spaces, a leading article, a legal form and the domain fall away.
        """
        bare = _DOMAIN.sub("", self.without_legal_form(name).strip().removeprefix("www."))
        first, _, rest = bare.partition(" ")
        if rest and first.casefold() in self.articles:
            bare = rest
        return squeezed(bare)

    def host_keys(self, name: str) -> frozenset[str]:
        """Return how a host may be called by a name, with its article and without."""
        bare = _DOMAIN.sub("", self.without_legal_form(name).removeprefix("www.")).casefold()
        spelled = "".join(_LETTERS.get(letter, letter) for letter in bare)
        return frozenset({self.key(name), squeezed(bare), squeezed(spelled)}) - {""}


def squeezed(text: str) -> str:
    """Return the letters and digits of a text, case folded, without accents."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
    return "".join(filter(str.isalnum, plain))


def is_host(name: str) -> bool:
    """Say whether a name is that of a site: *nieuws.vrt.be*."""
    return _HOST.fullmatch(name) is not None


def host_label(host: str) -> str:
    """Return the part of a host that its owner chose, squeezed: *nieuws.vrt.be* is *vrt*'s."""
    parts = host.casefold().split(".")
    is_below = len(parts) > _COUNTRY and len(parts[-1]) == _COUNTRY and parts[-2] in _SECOND_LEVEL
    label = parts[-3] if is_below else parts[-2] if len(parts) > 1 else ""
    return squeezed(label)


def parse_outlet_names(table: dict[str, Any]) -> OutletNames:
    """Parse what the register of outlets says of names.

    Raises ``ValueError("key: problem")`` where it is malformed.
    """

    def listed(key: str) -> list[str]:
        return [one.casefold() for one in strings(key, table.get(key, []))]

    return OutletNames(
        articles=frozenset(listed("articles")),
        legal_forms=frozenset(map(squeezed, listed("legal_forms"))),
        owner_words=tuple(listed("owner_words")),
        rights=tuple(sorted(listed("rights"))),
        made_by=tuple(sorted(listed("made_by"))),
        holder_words=tuple(sorted(listed("holder_words"))),
    )

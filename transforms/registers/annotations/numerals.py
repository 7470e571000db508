"""Numbers as a language spells them, from the parts that its register lists."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from knipsel.transforms.registers.checked import number, strings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TEN, _TWENTY, _HUNDRED, _THOUSAND = 10, 20, 100, 1000
_FIRST_CENTURY, _LAST_CENTURY = 11, 19
"""Years that are spelled by their century: *negentienhonderdtachtig*, *negentientachtig*."""


def numerals(numbers: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """Yield the numbers below a hundred that a language spells as one word, and listed others."""
    ones = _listed(numbers, "ones")
    yield from ((word, count) for count, word in enumerate(ones))
    for index, ten in enumerate(_listed(numbers, "tens")):
        tens = _TWENTY + index * _TEN
        yield ten, tens
        for one in range(1, min(_TEN, len(ones))):
            yield from ((word, tens + one) for word in _joined(numbers, ones, one, ten))
    for word, value in numbers.get("more", {}).items():
        yield word, number(f"numbers.more.{word}", value)


def _joined(numbers: Mapping[str, Any], ones: list[str], one: int, ten: str) -> Iterator[str]:
    spelled = numbers.get("ones_joined", {}).get(str(one), [ones[one]])
    ones_first = numbers.get("order") == "ones first"
    for word, joint in product(spelled, _listed(numbers, "joints")):
        yield f"{word}{joint}{ten}" if ones_first else f"{ten}{joint}{word}"


def ordinals(numbers: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield the ordinals that a register lists, from the first on; one may have many forms."""
    for count, forms in enumerate(numbers.get("ordinals", []), 1):
        for word in strings("numbers.ordinals", forms if isinstance(forms, list) else [forms]):
            yield word, count


def years_in_words(numbers: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield the years from 1100 to 2099 that a language spells as one word."""
    hundred, thousand = numbers.get("hundred"), numbers.get("thousand")
    ones = _listed(numbers, "ones")
    if not hundred or not thousand or len(ones) <= _LAST_CENTURY:
        return
    small = [(word, count) for word, count in numerals(numbers) if 0 < count < _HUNDRED]
    whole = [(word, int(count)) for word, count in small if count == int(count)]
    for century in range(_FIRST_CENTURY, _LAST_CENTURY + 1):
        yield f"{ones[century]}{hundred}", century * _HUNDRED
        for word, count in whole:
            yield f"{ones[century]}{hundred}{word}", century * _HUNDRED + count
            if count >= _TEN:
                yield f"{ones[century]}{word}", century * _HUNDRED + count
    yield f"{ones[2]}{thousand}", 2 * _THOUSAND
    for word, count in whole:
        yield f"{ones[2]}{thousand}{word}", 2 * _THOUSAND + count


def _listed(numbers: Mapping[str, Any], key: str) -> list[str]:
    return strings(f"numbers.{key}", numbers.get(key, []))

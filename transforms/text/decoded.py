"""A text that was bytes, and how its encoding was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Method = Literal["stated", "mark", "utf-8", "escapes", "declared", "detected", "guessed"]
"""How an encoding was found: a person states it, a byte order mark tells it, the bytes are valid
UTF-8, or have escapes to other alphabets; the file declares it and the text bears that out; the
language of the text tells it; or it is the likeliest of several (and then `Decoded.doubt` says so).
"""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text without its byte order mark, the encoding that gave it, and how that was found.

    ``doubt`` is a sentence to a person where the text may not be what was written.
    """

    text: str
    encoding: str
    method: Method
    doubt: str | None = None


def most_telling(texts: Iterable[Decoded]) -> Decoded | None:
    """Return how the texts of a file were decoded: the first that is in doubt or not in UTF-8.

    None where there is no text.
    """
    found = list(texts)
    telling = next((one for one in found if one.doubt), None)
    return telling or next((one for one in found if one.method != "utf-8"), next(iter(found), None))

"""The letters of languages, made again: ``python -m benchmarks.letters``.

Writes ``corpus/registers/letters.npz``: how often each letter that is not ASCII stands in a
language, and which letters stand beside it. The counts are those of langdetect (Apache 2.0, from
Wikipedia), of the word lists of simplemma (ODbL, CC BY), and of CLDR (through babel). Nothing of
langdetect is needed at run time: install ``langdetect babel`` where the script runs.
`knipsel.transforms.registers.files.letters` says what the numbers mean.
"""

from __future__ import annotations

import importlib
import json
import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from knipsel.transforms.registers.files.letters import BOUNDARY, SCRIPT_OF, UNIT, folded, script_of

FILE = Path(__file__).resolve().parent.parent / "corpus" / "registers" / "letters.npz"
COUNTED = (
    *("af", "ar", "bg", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr"),
    *("he", "hr", "hu", "it", "ja", "ko", "lt", "lv", "mk", "nl", "no", "pl", "pt", "ro", "ru"),
    *("sk", "sl", "sq", "sv", "th", "tr", "uk", "ur", "vi"),
)
"""Languages by their names in langdetect, which are ours."""
COUNTED_OTHERWISE = {"zh": "zh-cn", "zh-Hant": "zh-tw"}
LISTED = ("ga", "gl", "is")
"""Languages of which there are word lists only: each word counts once."""
LIST_ONLY = frozenset({*LISTED, "sr", "be"})
OF_LISTS = 0.8
"""Letters of a text say less than those of a list promise, which has rare words as often."""
SERBIAN = dict(zip("abvgdđežzijklmnoprstćufhcčš", "абвгдђежзијклмнопрстћуфхцчш", strict=True))
DIGRAPHS = {"lj": "љ", "nj": "њ", "dž": "џ"}
SCRIPTS = {
    **dict.fromkeys(("bg", "ru", "uk", "be", "sr", "mk"), "Cyrillic"),
    **dict.fromkeys(("ar", "fa", "ur"), "Arabic"),
    **dict.fromkeys(("zh", "zh-Hant"), "Han"),
    "el": "Greek",
    "he": "Hebrew",
    "th": "Thai",
    "ja": "Japanese",
    "ko": "Hangul",
}
"""The script of each language that is not Latin."""
FOREIGN = {"Latin": 0.06, "Han": 0.02, "Japanese": 0.02}
FOREIGN_ELSEWHERE = 0.01
"""The share of the letters that are not the language's own: of names, and of rare words."""
FOREIGN_LETTERS = 150
"""Among how many letters that share is divided."""
LEAST_SHARE = 1e-5
"""Of all letters of a language: rarer ones come from other languages."""
PAIR = 2
BYTE = 128
"""A letter is as likely as chance where it has its share of the bytes beyond ASCII."""
SMALLEST, LARGEST = -4.0, 3.0
"""Bounds of what a pair of letters may say: counts of rare ones are not to be trusted more."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How often letters and pairs of letters stand in texts of a language; all folded."""

    letters: Mapping[str, float]
    pairs: Mapping[str, int]


def from_profile(name: str) -> Counts:
    """Return the counts of a profile of langdetect, in which one character stands for its like."""
    ngrams = importlib.import_module("langdetect.utils.ngram").NGram
    folder = Path(importlib.import_module("langdetect").__file__ or "").parent / "profiles"
    likes: dict[str, list[str]] = {}
    for character, representative in ngrams.CJK_MAP.items():
        likes.setdefault(representative, []).append(character)
    likes |= {"あ": [chr(one) for one in range(0x3041, 0x3094)]}
    likes |= {"ア": [chr(one) for one in range(0x30A1, 0x30F7)] + ["ー"]}
    letters: dict[str, float] = {}
    pairs: Counter[str] = Counter()
    for ngram, count in json.loads((folder / name).read_text(encoding="utf-8"))["freq"].items():
        if len(ngram) == 1:
            alike = likes.get(ngram, [ngram])
            for one in alike:
                letters[folded(one)] = letters.get(folded(one), 0) + count / len(alike)
        elif len(ngram) == PAIR:
            pairs["".join(map(folded, ngram))] += count
    return Counts(letters, pairs)


def from_words(words: Iterable[str]) -> Counts:
    """Return the counts of a list of words."""
    letters: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for word in words:
        if word.isalpha():
            plain = "".join(map(folded, word))
            letters.update(plain)
            bound = f"{BOUNDARY}{plain}{BOUNDARY}"
            pairs.update(first + second for first, second in pairwise(bound))
    return Counts(letters, pairs)


def listed_words(language: str) -> list[str]:
    """Return the words of a list of simplemma."""
    module = importlib.import_module("simplemma.strategies.dictionaries.dictionary_factory")
    words = module.DefaultDictionaryFactory().get_dictionary(language)
    return sorted(one.decode() if isinstance(one, bytes) else one for one in words)


def serbian_words() -> Iterator[str]:
    """Yield Serbian words in Cyrillic, from a list in Latin letters."""
    for word in listed_words("hbs"):
        lower = word.lower()
        for digraph, letter in DIGRAPHS.items():
            lower = lower.replace(digraph, letter)
        cyrillic = "".join(SERBIAN.get(one, one) for one in lower)
        if all(script_of(one) == "Cyrillic" for one in cyrillic):
            yield cyrillic


def belarusian_words() -> Iterator[str]:
    """Yield Belarusian words: the names of CLDR, for there is no list."""
    data = importlib.import_module("babel.localedata").load("be")
    for text in _texts(data):
        yield from (word for word in text.replace("-", " ").split() if not word.isascii())


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _texts(value)


def all_counts() -> dict[str, Counts]:
    """Return the counts of every language."""
    names = {name: name for name in COUNTED} | COUNTED_OTHERWISE
    found = {language: from_profile(name) for language, name in names.items()}
    found |= {language: from_words(listed_words(language)) for language in LISTED}
    found["sr"] = from_words(serbian_words())
    found["be"] = from_words(belarusian_words())
    return dict(sorted(found.items()))


def own_letters(counts: Counts, script: str) -> dict[str, float]:
    """Return how often the letters of a language's own script stand in it."""
    total = sum(counts.letters.values())
    return {
        letter: count
        for letter, count in sorted(counts.letters.items())
        if not letter.isascii()
        and script_of(letter) in SCRIPT_OF[script]
        and unicodedata.category(letter)[0] in "LM"
        and count > LEAST_SHARE * total * (script in {"Latin", "Cyrillic", "Greek"})
    }


def quantised(value: float) -> int:
    """Return a natural logarithm in the unit of the register."""
    return max(-127, min(127, round(value / UNIT)))


def singles(own: Mapping[str, float], script: str) -> tuple[list[int], int]:
    """Return what each letter says for its language, and what any other of its script says."""
    foreign = FOREIGN.get(script, FOREIGN_ELSEWHERE)
    total = sum(own.values())
    rows = [quantised(math.log(BYTE * (1 - foreign) * count / total)) for count in own.values()]
    return rows, quantised(math.log(BYTE * foreign / FOREIGN_LETTERS))


def pairs(counts: Counts, rows: str) -> list[int]:
    """Return what each pair of ``rows`` says beyond its letters, row by row.

    Of two ASCII letters, it is how likely the second is after the first.
    """
    total = sum(counts.pairs.values())
    first, second = Counter[str](), Counter[str]()
    for pair, count in counts.pairs.items():
        first[pair[0]] += count
        second[pair[1]] += count
    unseen = min(counts.pairs.values(), default=1) / 2
    found: list[int] = []
    for left in rows:
        for right in rows:
            count = counts.pairs.get(left + right, 0)
            if left.isascii() and right.isascii():
                found.append(quantised(math.log((count + unseen) / (first[left] + unseen))))
                continue
            by_chance = first[left] * second[right] / total
            said = math.log((count + unseen) / (by_chance + unseen))
            found.append(quantised(max(SMALLEST, min(LARGEST, said))))
    return found


def usual(counts: Counts, own: Mapping[str, float], rows: list[int], table: list[int]) -> int:
    """Return what a letter of a language says on average in its own texts, with its pairs."""
    total = sum(own.values())
    said = sum(count * row for count, row in zip(own.values(), rows, strict=True)) / total
    if table:
        beside = BOUNDARY + "abcdefghijklmnopqrstuvwxyz" * (math.isqrt(len(table)) > len(own) + 1)
        beside += "".join(own)
        places = {letter: number for number, letter in enumerate(beside)}
        known = {
            pair: count
            for pair, count in counts.pairs.items()
            if not pair.isascii() and pair[0] in places and pair[1] in places
        }
        letters = sum(count * (not pair[0].isascii()) for pair, count in known.items())
        said += sum(
            count * table[places[pair[0]] * len(beside) + places[pair[1]]]
            for pair, count in known.items()
        ) / (letters or 1)
    return max(-127, min(127, round(said)))


def main() -> None:
    """Write the register."""
    languages, scripts, alphabets, values, foreign, tables = [], [], [], [], [], []
    averages = []
    for language, counts in all_counts().items():
        script = SCRIPTS.get(language, "Latin")
        own = own_letters(counts, script)
        rows, others = singles(own, script)
        has_pairs = script not in {"Han", "Japanese", "Hangul"}
        beside = BOUNDARY + "abcdefghijklmnopqrstuvwxyz" * (script == "Latin") + "".join(own)
        languages.append(language)
        scripts.append(script)
        alphabets.append("".join(own))
        values.extend(rows)
        foreign.append(others)
        table = pairs(counts, beside) if has_pairs else []
        tables.extend(table)
        average = usual(counts, own, rows, table)
        averages.append(round(average * (OF_LISTS if language in LIST_ONLY else 1)))
        print(language, script, len(own), round(averages[-1] * UNIT, 2), "".join(own)[:80])
    np.savez_compressed(
        FILE,
        languages=np.array(languages),
        scripts=np.array(scripts),
        alphabets=np.array(alphabets),
        foreign=np.array(foreign, dtype=np.int8),
        usual=np.array(averages, dtype=np.int8),
        singles=np.array(values, dtype=np.int8),
        pairs=np.array(tables, dtype=np.int8),
    )
    print(f"{FILE}: {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

"""How many texts in legacy encodings come out right: ``python -m benchmarks.encodings``.

News in 42 languages (`tests/legacy_texts.toml`) is written in every encoding that has its letters,
without a word of which it is, and decoded. A text is *right* where every letter is, *wrong* where
it is not and would be published, *held back* where the program says that it is not sure. Signs
that an encoding lacks are written in ASCII, as people did. charset-normalizer reads the same
bytes for comparison: it holds nothing back. ``--held-out`` takes the sentences that the code was
not made with.
"""

from __future__ import annotations

import sys
import time
from collections import Counter

import charset_normalizer

from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.identify.decoding import decode
from knipsel.transforms.registers.files.encodings import Encodings
from tests.legacy_texts import Case, cases, letters


def outcome(case: Case, encodings: Encodings) -> str:
    """Return whether a case comes out ``right``, ``wrong`` or ``held back``."""
    decoded = decode(case.content, encodings)
    if decoded.doubt:
        return "held back"
    return "right" if letters(decoded.text) == letters(case.text) else "wrong"


def other_outcome(case: Case) -> str:
    """Return the outcome of charset-normalizer."""
    best = charset_normalizer.from_bytes(case.content).best()
    return "right" if best and letters(str(best)) == letters(case.text) else "wrong"


def main() -> None:
    """Print how many texts come out how, and which do not come out right."""
    encodings = load_registers().encodings
    tried = list(cases(encodings, held_out="--held-out" in sys.argv))
    begun = time.process_time()
    outcomes = [outcome(case, encodings) for case in tried]
    each = 1000 * (time.process_time() - begun) / len(tried)
    compared = [other_outcome(case) for case in tried] if "--compare" in sys.argv else []
    print("| texts | number | right | held back | wrong |\n|---|---|---|---|---|")
    for name, results in (("knipsel", outcomes), ("charset-normalizer", compared)):
        for size in ("text", "sentence") if results else ():
            found = Counter(
                one for case, one in zip(tried, results, strict=True) if case.size == size
            )
            shown = " | ".join(str(found[one]) for one in ("right", "held back", "wrong"))
            print(f"| {name}, {size} | {found.total()} | {shown} |")
    print(f"\n{each:.1f} ms of processor time each")
    for case, one in zip(tried, outcomes, strict=True):
        if one != "right":
            decoded = decode(case.content, encodings)
            why = decoded.doubt or f"{decoded.encoding} {decoded.text[:80]}"
            print(f"- {one}: {case.language} in {case.codec}, {case.size}: {why}")


if __name__ == "__main__":
    main()

"""How time grows with every kind of run in every place: ``python -m tests.fuzz.growth``.

Prints where four times the input takes much more than four times as long.
"""

from __future__ import annotations

import sys

from tests.fuzz.runs import PLACES, THINGS
from tests.fuzz.test_growth import growth, runs_away

LENGTH = 12_000


def main() -> None:
    """Try all, or the places that are named."""
    for place in sys.argv[1:] or PLACES:
        worst = 0.0
        for thing in THINGS:
            short, long = growth(place, thing, LENGTH)
            worst = max(worst, long)
            if runs_away(short, long):
                print(f"{place} {thing!r}: {short:.2f} s, then {long:.2f} s", flush=True)
        print(f"{place}: {len(THINGS)} kinds of runs, at most {worst:.2f} s", flush=True)


if __name__ == "__main__":
    main()

"""How many examples property-based tests try: few every day, many in the long tests.

Examples follow from the test alone, and no example has a time limit: whoever changes nothing sees
no other outcome, however busy the machine is.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

QUICK, LONG = 25, 100


def register_profiles() -> None:
    """Make both profiles known, and the quick one the default; an option chooses the other."""
    quick = settings(
        max_examples=QUICK,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
    settings.register_profile("quick", quick)
    settings.register_profile("long", quick, max_examples=LONG)
    settings.load_profile("quick")


def is_long() -> bool:
    """Tell whether the profile of the long tests was chosen."""
    return settings().max_examples == LONG


def examples(quick: int, long: int) -> settings:
    """Return the settings of a test whose examples cost more than most."""
    return settings(max_examples=long if is_long() else quick)

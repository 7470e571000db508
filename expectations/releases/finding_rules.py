"""Rules across the articles of an outlet: what was found when they were settled.

Each finding is a row of ``findings``; here all of a rule become one outcome with its articles.
"""

from __future__ import annotations

from collections.abc import Iterator

from knipsel.expectations.releases.rule_model import ReleaseRule
from knipsel.transforms.describe.across.rules import RULES
from knipsel.warehouse.sql import quoted


def finding_rules() -> Iterator[ReleaseRule]:
    """Yield a rule for each that articles of an outlet are held against; a finding warns."""
    for rule in RULES:
        yield ReleaseRule(
            rule.name,
            "articles",
            rule.message,
            f"SELECT DISTINCT article_id FROM findings WHERE rule = {quoted(rule.name)}",
            rule.field,
            "warning",
        )

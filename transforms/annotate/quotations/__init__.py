"""Who said what: quotations with the cue and the speaker."""

from __future__ import annotations

from knipsel.transforms.annotate.quotations.find import find_quotations

__all__ = ["find_quotations"]

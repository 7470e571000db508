"""Who said what: quotations with the cue and the speaker."""

from __future__ import annotations

from transforms.annotations.quotations.finder import find_quotations

__all__ = ["find_quotations"]

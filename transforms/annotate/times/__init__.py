"""The times that a text names, as EDTF: *18 augustus 2025*, *vorige week vrijdag*."""

from knipsel.transforms.annotate.times.find import find_times

__all__ = ["find_times"]

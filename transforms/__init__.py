"""Pure functions from bytes and text to values: no files, no clock, no randomness, no database."""

TRANSFORM_VERSION = "12"
"""Raised whenever a document may come out differently than before, its annotations aside; one
that was read by another version is read again when its file is next seen."""

ANNOTATION_VERSION = "10"
"""Raised whenever the annotations of an article may come out differently than before; one that
was annotated by another version can be annotated anew without being read."""

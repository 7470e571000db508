"""Pure functions from bytes and text to values: no files, no clock, no randomness, no database."""

TRANSFORM_VERSION = "10"
"""Raised whenever a document may come out differently than before; a document that was read
by another version is read again when its file is next seen."""

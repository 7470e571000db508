"""Exports: a release, or a part of it, in the form that another tool reads."""

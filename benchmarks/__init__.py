"""Measurements: each a command that prints its figures."""

import knipsel.flows  # noqa: F401 - says how many threads NumPy takes, before anything imports NumPy

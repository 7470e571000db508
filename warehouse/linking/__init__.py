"""Linking: which articles are duplicates, kept up to date with each run.

All that is stored follows from the set of articles that are there: whichever way they came,
in whatever order and batches, and whatever came and went in between.
"""

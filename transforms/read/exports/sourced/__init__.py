"""Exports and cuttings in which a line names the source of each article: outlet, day and page."""

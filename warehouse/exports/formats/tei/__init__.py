"""TEI P5: an article as a text with its quotations, names and dates as elements."""

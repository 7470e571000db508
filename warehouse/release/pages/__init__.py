"""Pages of a release: what they are drawn with, wherever they stand, and those that lie in it."""

"""The data that a page carries in its scripts: an article that is not, or not all, in its text."""

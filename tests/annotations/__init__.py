"""Annotators: what a text says, to the character."""

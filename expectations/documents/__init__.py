"""Rules of each document to the character."""

"""Commands that make the corpus: take files in, read them again, publish."""

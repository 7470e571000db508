"""Commands that look: at the corpus, at an article, at a file, at what was published."""

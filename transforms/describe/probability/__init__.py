"""How likely each value of an article is right, from what speaks for it and against it."""

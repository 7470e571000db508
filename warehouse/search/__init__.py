"""Full-text search of a release: its index, questions, what they find, and how that is cited."""

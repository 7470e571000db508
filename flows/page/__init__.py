"""The page that people look at a corpus with: local, read-only, without anything from elsewhere."""

"""The commands ``check``: how right the corpus is, by values that people looked at."""

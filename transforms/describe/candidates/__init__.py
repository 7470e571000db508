"""Where the values of an article may stand, and what they are there."""

"""The release: an immutable, numbered folder that any tool can read."""

"""A page a module: what is asked of the release, and what is shown of it."""

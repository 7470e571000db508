"""Where a warehouse has its catalogue and data: whose they are, and what of it is secret."""

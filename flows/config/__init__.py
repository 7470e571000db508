"""What decides a run from outside: settings, registers, codebooks, bounds and furniture."""

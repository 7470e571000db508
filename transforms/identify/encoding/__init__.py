"""Which encoding a text is in that does not say so: what language each of them would give."""

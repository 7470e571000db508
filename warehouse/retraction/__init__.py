"""Retraction: a text and all that was made of it taken away, everywhere, and proof of it."""

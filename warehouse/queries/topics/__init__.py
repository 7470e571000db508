"""Codebooks on a release: what one would find, before anything is read anew."""

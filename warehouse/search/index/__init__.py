"""The index of a release: what goes into it, how it is made, kept and opened."""

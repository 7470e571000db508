"""Registers of one's own: what each may hold, and how they add to those of the project."""

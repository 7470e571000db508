"""Coding by hand: units drawn from a release, and the codes that people bring back."""

"""Checks: drawing values of a release for people, keeping what they say, counting with it."""

"""Fitting how likely a value is right, and measuring whether that holds."""

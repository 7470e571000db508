"""The views and macros of a release."""

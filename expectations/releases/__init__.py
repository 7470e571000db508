"""The audit of a release before it is published."""

"""The audit of what a run staged."""

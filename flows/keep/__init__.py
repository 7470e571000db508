"""Keeping a warehouse: taking texts out, going back to a release, backing up and restoring."""

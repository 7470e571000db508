"""What a run that is not committed yet would change."""

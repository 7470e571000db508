"""The commands of the quarantine: what is held back, why, and the way back."""

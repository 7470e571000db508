"""The commands below ``releases``."""

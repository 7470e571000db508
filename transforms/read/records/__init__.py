"""Records of other tools: JSON, JSON Lines, CSV."""

"""Lines to units: wrapping, hyphens, page breaks."""

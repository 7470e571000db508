"""What is said of an article as a whole: its kind, its completeness, what people state."""

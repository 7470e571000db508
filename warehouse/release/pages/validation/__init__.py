"""The page that says what the audit found."""

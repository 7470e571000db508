"""The audit: what every staged row must satisfy before a reader may see it."""

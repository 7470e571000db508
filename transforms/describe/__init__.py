"""Metadata of an article: candidates for each field, where each stands, and which one wins."""

"""Backups: a folder of files by their hashes, and lists of what a warehouse was made of."""

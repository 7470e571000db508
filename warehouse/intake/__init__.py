"""What comes in: the inbox, and the archive of sources."""

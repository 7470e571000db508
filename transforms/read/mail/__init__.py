"""Mail: its header fields and its parts."""

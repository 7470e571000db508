"""A run: its lock, its row, its stages, its tasks, its progress and its summary."""

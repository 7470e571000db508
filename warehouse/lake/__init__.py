"""The lake: its connection, what is staged, committed and kept up."""

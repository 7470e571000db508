"""A batch, read under supervision in a process apart, within limits."""

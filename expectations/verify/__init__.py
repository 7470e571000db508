"""Whether archive, lake and releases are still what they were."""

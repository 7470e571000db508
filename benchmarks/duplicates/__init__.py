"""Measuring how duplicates are found: quality on real texts, speed, and cost as a corpus grows."""

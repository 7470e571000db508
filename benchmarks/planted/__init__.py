"""A sound corpus with planted faults: how many are found, and how many alarms are false."""

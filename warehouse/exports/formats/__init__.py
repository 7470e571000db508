"""The forms that exports are written in."""

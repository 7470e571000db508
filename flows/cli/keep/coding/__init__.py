"""The commands ``sample`` and ``codes``."""

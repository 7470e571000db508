"""The commands of the registers: what they know, and what not yet."""

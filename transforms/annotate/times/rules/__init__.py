"""The rules by which words become times, by their kind."""

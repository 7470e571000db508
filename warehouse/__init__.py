"""The contract, the lake and the release: what is stored, and how others read it."""

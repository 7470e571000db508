"""How long releases stay: which are pinned, and which may go."""

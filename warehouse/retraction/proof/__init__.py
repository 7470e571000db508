"""The proof of a retraction: what is searched, for what, and what was found."""

"""What the kinds of exports have in common: pieces, records, fields under labels, bylines."""

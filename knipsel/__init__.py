"""Raw article files in; a clean, deduplicated, validated corpus out."""

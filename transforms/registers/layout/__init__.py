"""What lines are made paragraphs with: hyphens, page numbers, headings."""

"""What lines say of an article: when, by whom and for whom it was written."""

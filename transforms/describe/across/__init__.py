"""What the other articles of an outlet, and the copies of an article, say of its values."""

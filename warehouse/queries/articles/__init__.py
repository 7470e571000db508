"""What people ask of one article: the text as read, why it has its values, what it is like."""

"""Where quotation marks open and close, and what between them is speech."""

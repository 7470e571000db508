"""What the page asks of a release: SQL on its tables and views, which only reads."""

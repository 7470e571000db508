"""The features of a line, and the model that judges by them."""

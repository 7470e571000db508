"""What commands ask of a lake or a release."""

"""The files beside the tables of a release: card, data package."""

"""Commands that keep the warehouse in order: take texts away, go back, check all."""

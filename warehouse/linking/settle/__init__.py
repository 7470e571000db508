"""The step after linking: what articles carry, once their copies and their outlet were asked."""

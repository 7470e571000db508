"""How right a corpus is: samples, sheets for people, shares and counts with their intervals."""

"""What runs tell the world outside: a file of health, figures, lines of a log, alerts."""

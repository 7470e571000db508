"""What a line says: dates, times, bylines, names."""

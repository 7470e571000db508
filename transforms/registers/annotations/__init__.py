"""What the annotators know: names, quotations, times, topics."""

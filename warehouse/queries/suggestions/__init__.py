"""What registers may want: lines that recur, outlets and names that none knows."""

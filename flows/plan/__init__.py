"""What a run will read: inputs, the archive, what people state and overrule, the plan's file."""

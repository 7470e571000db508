"""What the transforms know of the world, parsed from the registers."""

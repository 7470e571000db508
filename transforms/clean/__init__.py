"""Units to blocks: each with its role, or with the reason why it is in no article."""

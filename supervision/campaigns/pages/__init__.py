"""Pages of campaigns: the cases at the desk, their targets, their example texts, and what the public reads."""

"""What the window and the review read."""

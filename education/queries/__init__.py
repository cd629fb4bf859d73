"""What is asked of courses, of who learns, and of how far both have come."""

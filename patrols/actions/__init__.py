"""A patrol from its beginning to what it found, and the alarm that follows."""

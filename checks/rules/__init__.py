"""What follows from what is known of a subject, for one matter, on one day. Pure."""

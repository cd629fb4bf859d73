"""认定: how a subject, or who is responsible in it, gets on a list."""

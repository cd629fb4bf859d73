"""The declarations: one file for a family of standards."""

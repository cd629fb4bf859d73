"""What may be asked of lists and entries."""

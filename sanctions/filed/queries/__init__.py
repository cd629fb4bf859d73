"""What may be asked of published lists: who their rows are, what stands behind an entry, what the desk shows."""

"""Pages of visits: the cases at the desk, the form for a phone, what a company sees of itself, figures."""

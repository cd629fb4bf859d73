"""Template tags of companies' pages."""

"""The pages of grading: the desk's, and what a company reads of itself."""

"""The verbs of grading."""

"""Answers that cross tables."""

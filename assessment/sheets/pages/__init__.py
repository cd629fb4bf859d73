"""Sheets at the desk: months, sheets with their numbers and rows, what is said against them, circulars, schemes."""

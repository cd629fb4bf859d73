"""The rules of disclosure. Pure: no query, no clock; the day is an argument."""

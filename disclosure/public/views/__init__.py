"""The pages of the public site: each parses, asks one question, renders."""

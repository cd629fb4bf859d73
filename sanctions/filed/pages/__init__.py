"""The desk's pages of published lists: publications and their steps, rows with their candidates side by side, decisions by two."""

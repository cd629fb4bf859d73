"""Where the numbers of a sheet come from, and what the pages of sheets read."""

"""Lists of subjects as data, and the entries that stand on them."""

"""移出: how an entry leaves its list before its term, by two people and a document."""

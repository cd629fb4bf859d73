"""The desk: ask, look back, tell what became of it, see who does not ask; and the page that others put into theirs."""

"""States, caps, slips and the assignment of inspectors; shares stand with the items."""

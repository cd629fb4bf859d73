"""Rules of commitments. Pure: no query, no clock; the day and the calendar are arguments."""

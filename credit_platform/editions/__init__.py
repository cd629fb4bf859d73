"""Lists that come in editions: drawn up as a draft, issued as a whole, in force by date, never changed afterwards."""

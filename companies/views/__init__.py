"""Pages of companies' accounts: `entry` before the log-in, `own` behind it, `window` and `desk` for staff."""

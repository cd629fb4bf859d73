"""The pages of alerts: cases, rules, back-tests."""

"""12315: complaints of consumers as neutral facts; reports of violations are kept apart."""

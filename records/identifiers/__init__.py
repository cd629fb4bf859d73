"""Codes, numbers and names: what is well formed, what it says, how it is masked. Pure: no database, no clock, no settings."""

"""Answers about cases: what waits, how one went, where one stands."""

"""The day and the rows of repairs."""

from repair.tests.conftest import clock, desk

__all__ = ["clock", "desk"]

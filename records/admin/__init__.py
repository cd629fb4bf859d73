"""The catalogue and exempt codes in the administration."""

from records.admin import catalogue

__all__ = ["catalogue"]

"""Files lie in a folder of the test."""

from education.tests.conftest import own_folder

__all__ = ["own_folder"]

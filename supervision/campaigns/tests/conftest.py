"""It is a Monday of November; files in a folder of the test; what is corrected may be talked about."""

from sanctions.corrections.tests.conftest import correcting

__all__ = ["correcting"]

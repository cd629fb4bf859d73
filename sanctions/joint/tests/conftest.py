import pytest

from casework.tests.conftest import at
from sanctions.joint.tests.factories import TODAY


@pytest.fixture(autouse=True)
def monday(monkeypatch, settings, tmp_path):
    """It is a Monday; files lie in a folder of the test."""
    at(TODAY, monkeypatch)
    settings.MEDIA_ROOT = tmp_path

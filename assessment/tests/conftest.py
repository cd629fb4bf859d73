"""It is a Monday of November, the last day to contest October; files go into a folder of the test."""

from __future__ import annotations

import pytest

from assessment.tests.factories import TODAY
from casework.tests.conftest import at


@pytest.fixture(autouse=True)
def monday(request, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    if request.node.get_closest_marker("django_db"):
        at(TODAY, monkeypatch)

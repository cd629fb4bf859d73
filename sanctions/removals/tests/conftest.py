"""Every test of removals has the catalogue, decisions of ours as grounds, a Monday in November, and files in a folder of its own."""

from __future__ import annotations

import pytest

from sanctions.lists.tests.conftest import grounds, listing

__all__ = ["grounds", "listing"]


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

"""The day of these tests, a folder of their own for files, the layouts that an installation begins with."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from reports import base_data
from reports.tests.factories import TODAY


@pytest.fixture
def clock(time_machine):
    """`clock(day)` makes it ten in the morning of a day in Harbin."""

    def at(day: date) -> None:
        time_machine.move_to(f"{day:%Y-%m-%d}T10:00:00+08:00", tick=False)
        assert timezone.localdate() == day

    return at


@pytest.fixture
def hall(db, clock, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    clock(TODAY)
    base_data.load()

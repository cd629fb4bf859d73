"""It is a Monday of November, and the credit office has its people."""

from __future__ import annotations

import pytest

from casework.tests.conftest import clock, desk
from supervision.alerts.tests.factories import office

__all__ = ["clock", "desk", "night"]


@pytest.fixture
def night(desk):
    """A desk with a credit office, so that an alert has somebody to go to."""
    office()
    return desk

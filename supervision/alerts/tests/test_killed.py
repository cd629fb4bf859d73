"""A process killed with SIGKILL in the middle of its night: the next one goes on, and nobody is warned of twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection

from supervision.alerts.actions.sweeping import sweep
from supervision.alerts.models import AlertCase, AlertFact, SweepLine
from supervision.alerts.tests.factories import TODAY, department_with_people, office, penalty, rule

WORKER = """
import os, sys, time
from datetime import date, datetime, timezone as zone
os.environ["DJANGO_SETTINGS_MODULE"] = "credit_platform.settings_for_tests"
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from django.utils import timezone
timezone.now = lambda: datetime(2026, 11, 23, 2, tzinfo=zone.utc)
from supervision.alerts.actions import sweeping
sweeping.PIECE = 3
opened = sweeping.open_many
def slowly(*args, **more):
    time.sleep(0.3)
    return opened(*args, **more)
sweeping.open_many = slowly
sweeping.sweep(date(2026, 11, 23))
"""
FIRMS = 30


@pytest.mark.django_db(transaction=True)
def test_a_killed_night_is_taken_up_by_the_next(clock):
    clock(TODAY)
    office()
    rule(threshold=1, clear_threshold=0, weekly_budget=100)
    department = department_with_people()
    for _ in range(FIRMS):
        penalty(authority=department)
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(connection.settings_dict["NAME"])], cwd=settings.BASE_DIR
    )
    try:
        _wait_for(lambda: AlertCase.objects.count() >= 6, worker)
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(10)
    half = AlertCase.objects.count()
    assert 0 < half < FIRMS
    assert half == SweepLine.objects.get().raised == AlertFact.objects.count(), "alerts, facts and counts are one"
    _wait_for(lambda: sweep(TODAY) is not None, None)
    assert AlertCase.objects.count() == FIRMS == SweepLine.objects.get().raised
    assert AlertCase.objects.values("subject").distinct().count() == FIRMS


def _wait_for(condition, worker: subprocess.Popen | None) -> None:
    """The lock of a killed process is let go when its connection is noticed to be gone."""
    for _ in range(600):
        if condition():
            return
        assert worker is None or worker.poll() is None, "the worker ended by itself"
        time.sleep(0.1)
    raise AssertionError("waited in vain")

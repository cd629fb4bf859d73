"""A process killed with SIGKILL while it pushes: the next one goes on, and no department gets a task or a line twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection

from casework.models import Case
from credit_platform.accounts.tests.factories import DepartmentFactory
from sanctions.joint.actions import pushing
from sanctions.joint.models import JointAction, JointItem, JointTask
from sanctions.joint.tests.factories import TODAY, begun, listed, measured

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
from sanctions.joint.actions import pushing
pushing.PIECE = 4
kept = pushing._piece
def slowly(case, on):
    time.sleep(0.2)
    return kept(case, on)
pushing._piece = slowly
pushing.push_pending(date(2026, 11, 23))
"""
ENTRIES = 60


@pytest.mark.django_db(transaction=True)
def test_a_killed_push_is_taken_up_by_the_next():
    one, two = DepartmentFactory(), DepartmentFactory()
    measured(one, two)
    measured(two)
    case = begun(listed(ENTRIES))
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(connection.settings_dict["NAME"])], cwd=settings.BASE_DIR
    )
    try:
        _wait_for(lambda: JointItem.objects.count() >= 3 * 12, worker)
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(10)
    half, place = JointItem.objects.count(), JointAction.objects.get(pk=case.pk).place
    assert 0 < half < 3 * ENTRIES
    assert half == 3 * case.jointaction.targets.filter(pk__lte=place).count(), "lines and place are kept together"
    assert Case.objects.get(pk=case.pk).state == "pushing"
    _wait_for(lambda: pushing.push_pending(TODAY) == 1, None)
    assert Case.objects.get(pk=case.pk).state == "pushed"
    assert (JointItem.objects.count(), JointTask.objects.count()) == (3 * ENTRIES, 2)


def _wait_for(condition, worker: subprocess.Popen | None) -> None:
    for _ in range(600):
        if condition():
            return
        assert worker is None or worker.poll() is None, "the worker ended by itself"
        time.sleep(0.1)
    raise AssertionError("waited in vain")

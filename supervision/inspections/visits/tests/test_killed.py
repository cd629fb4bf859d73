"""A process killed with SIGKILL while it publishes a result: nothing of it is in the ledger or public, and the next one publishes once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from casework.models import Case
from credit_platform.accounts.tests.factories import ReviewerFactory
from credit_platform.audit.models import AuditEntry
from disclosure.models import Disclosure
from records.models import CreditRecord
from supervision.inspections.visits.tests.factories import case_in, take
from tests.faults.processes import until

WORKER = """
import os, sys, time
from datetime import datetime, timezone as zone
from pathlib import Path
os.environ["DJANGO_SETTINGS_MODULE"] = "credit_platform.settings_for_tests"
from django.conf import settings
settings.DATABASES["default"]["NAME"], settings.MEDIA_ROOT = sys.argv[1], sys.argv[2]
import django
django.setup()
from django.utils import timezone
timezone.now = lambda: datetime(2026, 11, 23, 2, tzinfo=zone.utc)
from casework.models import Case
from credit_platform.accounts.models import User
from supervision.inspections.visits.actions import reviewing
def held(*args, **options):
    Path(sys.argv[3]).touch()
    time.sleep(600)
reviewing.approve_and_publish = held
reviewing.publish(Case.objects.get(pk=sys.argv[4]), by=User.objects.get(pk=sys.argv[5]))
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_publication_leaves_nothing_and_is_made_once(tmp_path):
    case = case_in("reviewed")
    by, entered = ReviewerFactory(department=case.department), tmp_path / "entered"
    told = [str(connection.settings_dict["NAME"]), str(settings.MEDIA_ROOT), str(entered), str(case.pk), str(by.pk)]
    worker = subprocess.Popen([sys.executable, "-c", WORKER, *told], cwd=settings.BASE_DIR)
    try:
        until(entered.exists, "the record in the ledger")
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(10)
    assert not CreditRecord.objects.exists()
    assert not Disclosure.objects.exists()
    assert Case.objects.get(pk=case.pk).state == "reviewed"
    take(case, "publish", by=by)
    assert Disclosure.objects.filter(state="published").count() == CreditRecord.objects.count() == 1
    assert AuditEntry.objects.filter(verb="inspections.visits.publish").count() == 1

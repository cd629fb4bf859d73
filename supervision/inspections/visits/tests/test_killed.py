"""A process killed with SIGKILL while it publishes a result: nothing of it is in the ledger or public, and the next one publishes once."""

from __future__ import annotations

import pytest

from casework.models import Case
from credit_platform.accounts.tests.factories import ReviewerFactory
from credit_platform.audit.models import AuditEntry
from disclosure.models import Disclosure
from records.models import CreditRecord
from supervision.inspections.visits.tests.factories import case_in, take
from tests.faults.killed import kill_in

PUBLISHING = """
from casework.models import Case
from credit_platform.accounts.models import User
from supervision.inspections.visits.actions import reviewing
reviewing.approve_and_publish = held
reviewing.publish(Case.objects.get(pk=told[0]), by=User.objects.get(pk=told[1]))
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_publication_leaves_nothing_and_is_made_once(tmp_path):
    case = case_in("reviewed")
    by = ReviewerFactory(department=case.department)
    kill_in(PUBLISHING, case.pk, by.pk, at="2026-11-23T02:00:00+00:00", folder=tmp_path)
    assert not CreditRecord.objects.exists()
    assert not Disclosure.objects.exists()
    assert Case.objects.get(pk=case.pk).state == "reviewed"
    take(case, "publish", by=by)
    assert Disclosure.objects.filter(state="published").count() == CreditRecord.objects.count() == 1
    assert AuditEntry.objects.filter(verb="inspections.visits.publish").count() == 1

"""Twenty at once: one effect, nothing lost, no check without its entry."""

import threading

import pytest
from django.db import connections
from django.utils import timezone

from checks.actions.states import keep
from checks.actions.telling import tell
from checks.models import Check, Outcome, SubjectState
from checks.tests.factories import MatterFactory, asked, check_of, client, measures
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, DomainError
from records.tests.factories import SubjectFactory
from sanctions.lists.tests.factories import SeriousListFactory, StandingEntryFactory

pytestmark = pytest.mark.django_db(transaction=True)
MATTER = "T-ONCE"


@pytest.fixture(autouse=True)
def matter():
    MatterFactory(code=MATTER, field="procurement", asks_record=True)
    measures()


def at_once(act, times=20):
    """What `act(n)` answers or raises in so many threads that start together."""
    found, gate = [], threading.Barrier(times)

    def try_it(n):
        try:
            gate.wait()
            found.append(act(n))
        except DomainError as error:
            found.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=try_it, args=[n]) for n in range(times)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return found


def test_of_twenty_who_tell_one_has_effect():
    by = client()
    check = check_of(asked(SubjectFactory(), by, matter=MATTER))
    found = at_once(lambda n: tell(check, result="granted", decided_on=timezone.localdate(check.asked_at), by=by))
    assert sum(isinstance(each, Outcome) for each in found) == Outcome.objects.count() == 1
    assert sum(isinstance(each, Conflict) for each in found) == 19


def test_twenty_who_ask_have_twenty_receipts_and_twenty_entries():
    by, subject = client(), SubjectFactory()
    found = at_once(lambda n: asked(subject, by, matter=MATTER, case_number=f"办{n}"))
    numbers = {answer.payload["receipt"] for answer in found}
    assert len(numbers) == Check.objects.count() == 20
    assert set(AuditEntry.objects.filter(verb="checks.ask").values_list("detail__receipt", flat=True)) == numbers


def test_of_twenty_entries_that_come_at_once_none_is_lost_in_the_state():
    subject, lists = SubjectFactory(), [SeriousListFactory(code=f"SY-{n}") for n in range(20)]

    def enter(n):
        from django.db import transaction

        with transaction.atomic():
            StandingEntryFactory(record__subject=subject, credit_list=lists[n])
            return keep([subject.pk])

    at_once(enter)
    state = SubjectState.objects.get(pk=subject.pk)
    assert {each["list"] for each in state.facts["entries"]} == {row.code for row in lists}

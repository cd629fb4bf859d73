"""Two steps about one subject at the same moment: the second computes with what the first has done. A killed dry run is taken up again."""

from threading import Thread

import pytest
from django.db import connections, transaction

from credit_platform.accounts.actors import SYSTEM
from credit_platform.pg import query
from disclosure.actions.base import announce_many
from disclosure.followers import Verb
from disclosure.models import Disclosure
from disclosure.tests.factories import PublishedFactory, severe_penalty
from records.models import Subject
from records.tests.factories import SubjectFactory
from supervision.grading import tasks
from supervision.grading.actions import trying
from supervision.grading.models import Grade
from supervision.grading.tests.factories import drawn, graded

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("schemes", "today")]
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"
"""Not of `pg_stat_activity`, which a transaction reads once and then from its own copy."""
TURNS = 20_000


def repaired(face: Disclosure) -> None:
    Disclosure.objects.filter(pk=face.pk).update(state="repaired")
    announce_many(Verb.REPAIRED, [face.pk], by=SYSTEM)


def in_its_own_transaction(face: Disclosure) -> None:
    try:
        with transaction.atomic():
            repaired(face)
    finally:
        connections.close_all()


def test_of_two_repairs_at_once_both_count():
    firm = SubjectFactory()
    first, second = (PublishedFactory(record=severe_penalty(subject=firm)) for _ in range(2))
    graded()
    assert Grade.objects.get(pk=firm.pk).score == 40
    other = Thread(target=in_its_own_transaction, args=(second,))
    with transaction.atomic():
        repaired(first)
        other.start()
        waits = any(query(WAITING)[0][0] for _ in range(TURNS))
    other.join()
    assert waits, "it has waited for the subject's row"
    assert (Grade.objects.get(pk=firm.pk).score, Grade.objects.get(pk=firm.pk).parts) == (100, [])


def test_a_dry_run_whose_worker_died_is_taken_up_from_the_start(monkeypatch):
    SubjectFactory()
    row = drawn()
    trial = trying.order(row, by=row.drawn_by)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(trying, "_past", killed)
        with pytest.raises(KeyboardInterrupt):
            trying.run(trial.pk)
    trial.refresh_from_db()
    assert (trial.state, trial.step, trial.figures) == ("running", 1, {})
    assert tasks.resume() == 1
    trial.refresh_from_db()
    assert (trial.state, trial.subjects) == ("done", Subject.objects.count())

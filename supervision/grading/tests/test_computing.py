"""Grades of the model in use: set-wise equals single, and what changes is computed in the same transaction."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import CreditOfficeFactory, ReviewerFactory
from credit_platform.audit.queries import versions_of
from disclosure.actions.base import announce_many
from disclosure.followers import Verb
from disclosure.models import Disclosure
from disclosure.tests.factories import (
    PublishedFactory,
    SubmittedFactory,
    severe_penalty,
)
from records.actions import decide_merge, propose_merge, reverse_merge
from records.actions.changes import revoke
from records.models import Subject
from records.tests.factories import (
    CreditRecordFactory,
    MistypedSubjectFactory,
    PersonFactory,
    SoleTraderFactory,
    SubjectFactory,
)
from sanctions.lists.tests.factories import SeriousListFactory, StandingEntryFactory
from supervision.grading.actions.computing import compute_all, recompute
from supervision.grading.models import Grade
from supervision.grading.queries import tiers_of
from supervision.grading.queries.counted import facts_of
from supervision.grading.queries.models import model_of
from supervision.grading.rules import Tier
from supervision.grading.rules.compute import Grade as Computed
from supervision.grading.rules.compute import Part, compute
from supervision.grading.tests.conftest import TODAY
from supervision.grading.tests.factories import graded

pytestmark = pytest.mark.usefixtures("schemes", "today")


def penalised(subject=None, factory=PublishedFactory, **more) -> Disclosure:
    return factory(record=severe_penalty(subject=subject or SubjectFactory()), **more)


def grade_of(subject) -> Grade:
    return Grade.objects.get(pk=subject.pk)


def stored(row: Grade) -> Computed:
    parts = tuple(Part(line, count, Decimal(points), tuple(ids)) for line, count, points, ids in row.parts)
    return Computed(row.grade, row.score, parts, tuple(row.direct))


def test_set_wise_and_single_are_one_in_the_grades_that_stand():
    firms = [penalised(SoleTraderFactory()).subject, penalised().subject, SubjectFactory()]
    StandingEntryFactory(record__subject=firms[0], credit_list=SeriousListFactory())
    model = model_of(graded())
    assert [grade_of(firm).grade for firm in firms] == ["E", "D", "B"]
    for firm in firms:
        assert stored(grade_of(firm)) == compute(facts_of(firm.pk, model, TODAY), model)


def test_a_part_counts_to_its_last_day_and_not_after():
    """A penalty counts 36 months, and no longer than the public can read it."""
    by_window = penalised(ends_on=date(2099, 12, 31))
    Subject.objects.update(registered_on=None)
    record = by_window.record
    type(record).objects.filter(pk=record.pk).update(decided_on=date(2023, 11, 23))
    by_end = penalised(ends_on=TODAY)
    model = model_of(graded())
    for face in (by_window, by_end):
        assert [fact.last_day for fact in facts_of(face.subject_id, model, TODAY)] == [TODAY]
        assert facts_of(face.subject_id, model, TODAY + timedelta(days=1)) == []


def test_nothing_changes_without_a_cause_and_history_is_kept():
    face = penalised()
    graded()
    before = grade_of(face.subject)
    assert compute_all() == 0
    assert grade_of(face.subject).computed_at == before.computed_at
    Disclosure.objects.filter(pk=face.pk).update(state="repaired")
    assert compute_all(on=TODAY + timedelta(days=1)) == 1
    now = grade_of(face.subject)
    assert (before.grade, now.grade, now.before, now.since) == ("D", "B", "D", TODAY + timedelta(days=1))
    assert [version.old["grade"] for version in versions_of("grading_grade", face.subject_id)] == ["D"]


def test_a_repair_counts_in_its_own_transaction():
    """Trap 104: grade and tier change with the step itself; when the step fails, so does the grade."""
    face = penalised()
    graded()
    assert tiers_of([face.subject_id], "market", TODAY)[face.subject_id] is Tier.CLOSE
    point = transaction.savepoint()
    Disclosure.objects.filter(pk=face.pk).update(state="repaired")
    announce_many(Verb.REPAIRED, [face.pk], by=SYSTEM)
    assert tiers_of([face.subject_id], "market", TODAY)[face.subject_id] is Tier.RELAXED
    transaction.savepoint_rollback(point)
    assert grade_of(face.subject).grade == "D"


def test_a_revoked_record_that_was_never_shown_counts_no_more():
    record = CreditRecordFactory(
        kind="act-inspection", content={"JC_JG_LX": "不配合检查情节严重"}, decided_on=date(2026, 6, 1)
    )
    graded()
    assert grade_of(record.subject).score == 92
    revoke(record, by=ReviewerFactory(department=record.source_department, roles=["clerk"]), reason="撤销", on=TODAY)
    assert grade_of(record.subject).score == 100


def test_a_clerks_edit_of_what_is_shown_waits_for_the_second_person():
    """What counts is what the public reads: a result that one person has changed counts as it is shown until it is confirmed."""
    record = CreditRecordFactory(kind="act-inspection", content={"JC_JG_LX": "未发现问题"}, decided_on=date(2026, 6, 1))
    PublishedFactory(record=record, shown={"JC_JG_LX": "不配合检查情节严重"})
    graded()
    assert grade_of(record.subject).score == 92


def test_files_that_were_merged_and_taken_apart_again_are_both_computed():
    keep, drop = SubjectFactory(), MistypedSubjectFactory()
    face = penalised(drop)
    graded()
    office = CreditOfficeFactory()
    case = propose_merge(keep, drop, by=CreditOfficeFactory(), reason="同一主体")
    decide_merge(case, by=office, note="同意")
    assert (grade_of(keep).grade, Grade.objects.count()) == ("D", 1)
    reverse_merge(case, by=office, note="不是同一主体")
    assert {row.pk: row.grade for row in Grade.objects.all()} == {keep.pk: "B", face.subject_id: "D"}


def test_what_nobody_has_reviewed_does_not_count():
    waiting = penalised(factory=SubmittedFactory)
    graded()
    assert (grade_of(waiting.subject).grade, grade_of(waiting.subject).parts) == ("B", [])


def test_a_person_has_no_grade():
    person = PersonFactory()
    severe_penalty(subject=person)
    graded()
    assert recompute([person.pk], on=TODAY, by=SYSTEM) == 0
    assert not Grade.objects.filter(pk=person.pk).exists()
    SubjectFactory()
    compute_all()
    with pytest.raises(IntegrityError, match="grade_never_of_a_person"), transaction.atomic():
        Grade.objects.update(subject_kind="person")


def test_a_merged_file_has_no_grade_of_its_own():
    keep, drop = SubjectFactory(), SubjectFactory()
    graded()
    Subject.objects.filter(pk=drop.pk).update(merged_into=keep)
    assert compute_all() == 1
    assert list(Grade.objects.values_list("pk", flat=True)) == [keep.pk]

"""A grade that somebody else found is stored as received, once for each word, and never of a person."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from credit_platform.accounts.tests.factories import ClerkFactory
from credit_platform.errors import Refused
from disclosure.models import Disclosure
from records.actions.changes import edit, revoke
from records.tests.factories import PersonFactory
from supervision.grading.models import ReceivedGrade
from supervision.grading.queries.registers import last_days
from supervision.grading.tests.conftest import TODAY
from supervision.grading.tests.factories import internal, raw_grade, received

pytestmark = pytest.mark.usefixtures("schemes", "today")


def rules_of(refusal: pytest.ExceptionInfo) -> set[str]:
    return {each.rule for each in refusal.value.findings}


def test_a_public_grade_is_published_and_an_internal_one_has_no_disclosure():
    """Trap 105: a risk class is given to nobody."""
    shown, hidden = received(), internal()
    assert Disclosure.objects.get(record=shown.record).state == "published"
    assert not Disclosure.objects.filter(record=hidden.record).exists()


@pytest.mark.parametrize(
    ("grade", "kind", "scheme"),
    [("B", "evaluation", "NS-XY"), ("D", "evaluation", "SJ-FX"), ("A", "evaluation-internal", "NS-XY")],
)
def test_what_may_be_public_and_what_may_not_keep_apart(grade, kind, scheme):
    with pytest.raises(Refused) as refusal:
        received(None, scheme, grade, "2026-05-01", kind=kind)
    assert rules_of(refusal) == {"grade.open"}


@pytest.mark.parametrize(
    ("scheme", "grade", "rule"),
    [("NS-XY", "E", "grade.scale"), ("GS-2013", "B", "grade.scheme"), ("HRB-JG", "A", "grade.scheme")],
)
def test_a_grade_belongs_to_its_scheme_on_its_day(scheme, grade, rule):
    with pytest.raises(Refused) as refusal:
        received(None, scheme, grade, "2026-05-01", kind="evaluation-internal")
    assert rules_of(refusal) == {rule}


@pytest.mark.parametrize(
    ("more", "last"),
    [({}, date(2027, 5, 1)), ({"YXQZI": "2026-12-31"}, date(2026, 12, 31))],
    ids=["the months of its scheme", "its own last day"],
)
def test_a_grade_leaves_the_public_page_on_the_day_on_which_it_holds_no_more(more, last):
    grade = received(scheme="HJ-XY", grade="绿", as_of="2026-05-01", **more)
    days = [last - timedelta(days=1), last, last + timedelta(days=1)]
    assert [Disclosure.objects.visible_on(day).exists() for day in days] == [True, True, False]
    assert [ReceivedGrade.objects.in_force(day).exists() for day in days] == [True, True, False]
    assert (grade.record.valid_until, grade.record.content["PJ_YXQZI"]) == (last, last.isoformat())


def test_a_grade_of_a_scheme_without_months_has_no_end():
    grade = received(scheme="HG-XY", grade="失信", as_of="2026-05-01")
    assert (grade.valid_until, Disclosure.objects.get(record=grade.record).ends_on) == (None, None)


def test_a_grade_does_not_end_before_it_begins():
    with pytest.raises(Refused) as refusal:
        received(scheme="HJ-XY", grade="绿", as_of="2026-05-01", YXQZI="2026-04-30")
    assert rules_of(refusal) == {"grade.term"}
    assert received(scheme="HJ-XY", grade="绿", as_of="2026-05-01", YXQZI="2026-05-01").valid_until == date(2026, 5, 1)


def test_schemes_are_read_for_grades_alone(django_assert_num_queries):
    with django_assert_num_queries(1):
        asked = last_days()
        assert asked("hj-xy", date(2026, 5, 1)) == asked("HJ-XY", date(2026, 5, 1)) == date(2027, 5, 1)
    with django_assert_num_queries(0):
        last_days()


def test_a_correction_is_a_new_word_beside_the_old_one():
    old = received(scheme="HJ-XY", grade="绿", by=(by := ClerkFactory()))
    record = old.record
    raw = raw_grade(old.subject, "HJ-XY", "黄", "2026-05-01", by=by, BH=record.document_number)
    edit(record, raw, by=by, version=str(record.version))
    words = ReceivedGrade.objects.filter(record=record).order_by("version")
    assert [(each.grade, each.replaced_at is None) for each in words] == [("绿", False), ("黄", True)]
    assert [each.grade for each in ReceivedGrade.objects.active()] == ["黄"]


def test_a_revoked_grade_holds_no_more():
    grade = internal(by=(by := ClerkFactory()))
    revoke(grade.record, by=by, reason="报送有误", on=TODAY)
    assert not ReceivedGrade.objects.active().exists()
    assert ReceivedGrade.objects.count() == 1


def test_a_person_gets_no_grade_by_any_door():
    person = PersonFactory()
    with pytest.raises(Refused) as refusal:
        received(person, XDR_MC="李某某", XDR_LB="自然人")
    assert "grade.nobody" in rules_of(refusal)
    grade = received()
    with pytest.raises(IntegrityError, match="received_grade_never_of_a_person"), transaction.atomic():
        ReceivedGrade.objects.filter(pk=grade.pk).update(subject=person, subject_kind="person")

"""Tests and certificates: a frozen paper, attempts counted by who learns, the first day that stays, two people who revoke."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from companies.tests.factories import ActiveFactory, SuspendedFactory
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ReviewerFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from disclosure.public.verifiers import verified
from education import actions
from education.actions.enrolling import digest
from education.models import Attempt, Certificate, Learner
from education.queries.learning import learner_under, packs_of, progress
from education.rules import papers
from education.rules.courses import State
from education.tests.factories import (
    NUMBER,
    OTHER_NUMBER,
    certified,
    failed,
    person,
    right_answers,
    version_in,
)

pytestmark = pytest.mark.django_db


def later(**more):
    """The clock of the test moves on."""
    return patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(**more))


def test_a_person_is_sealed_and_found_again_by_the_code_alone():
    learner, code = actions.enrol(name="张示例", number=NUMBER)
    assert learner_under(digest(code.lower())) == learner
    assert learner_under(digest("A" * 12)) is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(l)::text FROM education_learner l")
        (row,) = cursor.fetchone()
    assert NUMBER not in row
    assert "示例" not in row
    assert code not in row
    assert (learner.name_masked, learner.id_tail) == ("张**", "0023")
    assert NUMBER not in str(list(AuditEntry.objects.values()))


def test_a_number_that_is_none_and_a_blank_name_are_told_together():
    with pytest.raises(Refused) as refused:
        actions.enrol(name=" ", number="230102199003070022")
    assert {each.field for each in refused.value.findings} == {"name", "number"}


def test_lessons_that_were_opened_without_a_test_lead_to_nothing(client):
    version, learner = version_in(State.PUBLISHED), person()
    for lesson in version.lessons.all():
        assert client.get(f"/education/courses/{version.course.code}/{lesson.position}/").status_code == 200
    assert progress(learner, version).certificate is None
    assert not Certificate.objects.exists()


def test_a_paper_can_be_repeated_from_its_nonce_and_is_never_changed():
    version = version_in(State.PUBLISHED)
    attempt = actions.begin(person(), version)
    seed = papers.seed(attempt.nonce, attempt.begun_at, version.bank())
    assert papers.drawn(version.bank(), seed, version.drawn) == attempt.paper
    assert papers.digest(attempt.paper) == attempt.paper_digest
    assert AuditEntry.objects.filter(verb="education.begin", after__paper=attempt.paper_digest).exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(paper=[])
    done = actions.hand_in(attempt, right_answers(attempt))
    with pytest.raises(DatabaseError), transaction.atomic():
        Attempt.objects.filter(pk=done.pk).update(right=0)


def test_who_passes_has_a_certificate_and_the_first_day_stays():
    version, learner = version_in(State.PUBLISHED), person()
    row = certified(version, learner)
    assert ["考试成绩", "5题答对5题，合格"] in row.printed
    with later(days=30), pytest.raises(Conflict, match="第一次为准"):
        actions.begin(learner, version)
    again = person()  # under another code
    with pytest.raises(Conflict, match="第一次为准"):
        actions.begin(again, version)
    assert Certificate.objects.get().issued_on == row.issued_on


def test_four_of_five_pass_and_three_do_not():
    version = version_in(State.PUBLISHED)
    first, second = actions.begin(person(), version), actions.begin(person(OTHER_NUMBER), version)
    assert actions.hand_in(first, dict(list(right_answers(first).items())[:4])).passed
    assert not actions.hand_in(second, dict(list(right_answers(second).items())[:3])).passed


def test_after_three_failed_attempts_there_is_a_pause_also_under_another_code():
    version, learner = version_in(State.PUBLISHED), person()
    for _ in range(3):
        failed(learner, version)
    with pytest.raises(Conflict, match="连续3次未通过"):
        actions.begin(learner, version)
    with pytest.raises(Conflict, match="连续3次未通过"):
        actions.begin(person(), version)
    assert not progress(learner, version).may_begin
    with later(hours=23, minutes=59), pytest.raises(Conflict):
        actions.begin(learner, version)
    with later(hours=24):
        assert actions.begin(learner, version).ended_at is None


def test_a_paper_is_the_same_until_its_time_is_over_and_then_counts_as_failed():
    version, learner = version_in(State.PUBLISHED), person()
    attempt = actions.begin(learner, version)
    with later(minutes=59):
        assert actions.begin(learner, version) == attempt
    with later(minutes=61):
        assert not actions.hand_in(attempt, right_answers(attempt)).passed
        assert actions.begin(learner, version) != attempt
    assert not Certificate.objects.exists()


def test_a_new_version_does_not_touch_the_old_certificate():
    row = certified()
    version = row.course_version
    new = actions.draft_anew(version, by=version.drafted_by)
    new = actions.submit(new, by=version.drafted_by, seen=str(new.version))
    actions.publish(new, by=ReviewerFactory(department=version.course.department), seen=str(new.version))
    row.refresh_from_db()
    assert row.word_on(row.valid_until)[0] == "有效"
    with pytest.raises(Conflict, match="已停用"):
        actions.begin(person(OTHER_NUMBER), version)


def test_a_company_learns_for_itself_and_for_nobody_else():
    version, account = version_in(State.PUBLISHED), ActiveFactory()
    learner = actions.learner_of(account)
    with pytest.raises(Forbidden):
        actions.begin(learner, version, by=ActiveFactory())
    with pytest.raises(Forbidden):
        actions.begin(learner, version, by=SYSTEM)
    with pytest.raises(Forbidden):
        actions.learner_of(SuspendedFactory())
    attempt = actions.begin(learner, version, by=account)
    row = actions.hand_in(attempt, right_answers(attempt), by=account).certificate
    assert ["单位", account.subject.name] in row.printed


def test_a_certificate_is_verified_with_every_printed_field_and_not_by_its_number_alone():
    row = certified()
    verdict = verified(f"{row.number} {row.code}".encode())
    assert verdict.genuine
    assert [list(pair) for pair in verdict.pairs] == [*row.printed, ["状态", "有效"]]
    assert not verified(row.number.encode()).genuine
    assert verified(row.number.encode()).pairs == []
    assert not verified(f"{row.number} 22222222".encode()).genuine
    assert "张示例" not in str(verdict.pairs)


def test_a_certificate_is_revoked_by_two_people_and_says_so():
    row = certified()
    department = row.course_version.course.department
    first, second = ReviewerFactory(department=department), ReviewerFactory(department=department)
    row = actions.challenge(row, reason="代考。", by=first, seen=str(row.version))
    with pytest.raises(Forbidden, match="不能复核"):
        actions.revoke(row, by=first, seen=str(row.version))
    with pytest.raises(Conflict):
        actions.revoke(row, by=second, seen="0")
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=row.pk).update(revoked_by=first)
    row = actions.revoke(row, by=second, seen=str(row.version))
    verdict = verified(f"{row.number} {row.code}".encode())
    assert not verdict.genuine
    assert ("状态", "已撤销") in verdict.pairs


def test_what_was_challenged_and_upheld_is_as_before():
    row = certified()
    by = ReviewerFactory(department=row.course_version.course.department)
    row = actions.challenge(row, reason="疑似代考。", by=by, seen=str(row.version))
    row = actions.uphold(row, by=by, seen=str(row.version))
    assert (row.state, row.reason, row.challenged_by) == ("valid", "", None)


def test_a_pack_shows_its_firm_how_many_and_never_who():
    version, account = version_in(State.PUBLISHED), ActiveFactory()
    pack = actions.make_pack(title="新员工", courses=[version.course], by=account)
    learner = person(pack=pack)
    certified(version, learner)
    person(pack=pack)  # the same person joined twice
    found = packs_of(account).get()
    assert (found.joined, found.certified) == (1, 1)
    with pytest.raises(Forbidden):
        actions.close_pack(pack, by=ActiveFactory())
    actions.close_pack(pack, by=account)
    with pytest.raises(Conflict):
        person(OTHER_NUMBER, pack=pack)
    assert Learner.objects.filter(pack=pack).count() == 2

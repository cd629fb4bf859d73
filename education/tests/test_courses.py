"""Courses: written by one, read by another, never rewritten once published."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from casework.rules.attachments import AttachedFile
from credit_platform.accounts.tests.factories import ClerkFactory, ReviewerFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from education import actions
from education.models import CourseVersion, Material
from education.rules.courses import MOVES, State
from education.tests.factories import GIVEN, KeyGroupFactory, add_question, version_in, written

pytestmark = pytest.mark.django_db

FILM = AttachedFile("片头.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 40)


def taken(row: CourseVersion, verb: str) -> CourseVersion:
    department = row.course.department
    if verb == "submit":
        return actions.submit(row, by=ClerkFactory(department=department), seen=str(row.version))
    by = ReviewerFactory(department=department)
    if verb == "publish":
        return actions.publish(row, by=by, seen=str(row.version))
    if verb == "return":
        return actions.return_(row, note="第二课请补充案例。", by=by, seen=str(row.version))
    return actions.retire(row, reason="内容已经过时。", by=by, seen=str(row.version))


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("verb", ["submit", "publish", "return", "retire"])
def test_every_pair_of_state_and_verb(state, verb):
    row = version_in(state)
    if (state, verb) in MOVES:
        assert taken(row, verb).state == MOVES[state, verb]
        return
    with pytest.raises(Conflict):
        taken(row, verb)
    assert CourseVersion.objects.get(pk=row.pk).state == state


def test_who_wrote_or_submitted_does_not_check():
    row = written()
    department = row.course.department
    submitter = ReviewerFactory(department=department)
    row = actions.submit(row, by=submitter, seen=str(row.version))
    with pytest.raises(Forbidden, match="不能审核自己"):
        actions.publish(row, by=submitter, seen=str(row.version))
    with pytest.raises(IntegrityError), transaction.atomic():
        CourseVersion.objects.filter(pk=row.pk).update(checked_by=row.drafted_by)
    other = ReviewerFactory()
    with pytest.raises(Forbidden):
        actions.publish(row, by=other, seen=str(row.version))


def test_nothing_is_submitted_without_lessons_and_questions_enough():
    row = written(questions=4)
    with pytest.raises(Refused, match="少于每卷抽取的5题"):
        actions.submit(row, by=row.drafted_by, seen=str(row.version))


def test_what_was_submitted_is_not_edited():
    row = version_in(State.SUBMITTED)
    with pytest.raises(Conflict, match="不能修改"):
        add_question(row, "迟到的问题", by=row.drafted_by)


def test_a_new_version_carries_everything_and_retires_the_former_when_it_is_published():
    row = written()
    actions.add_lesson(row, title="短片", text="请看短片。", files=[FILM], by=row.drafted_by)
    row = taken(taken(CourseVersion.objects.get(pk=row.pk), "submit"), "publish")
    clerk = ClerkFactory(department=row.course.department)
    new = actions.draft_anew(row, by=clerk)
    with pytest.raises(Conflict, match="正在编写"):
        actions.draft_anew(row, by=clerk)
    assert (new.number, new.lessons.count(), new.questions.count()) == (2, 2, 8)
    assert Material.objects.filter(lesson__version=new).get().media_type == "video/mp4"
    taken(taken(new, "submit"), "publish")
    row.refresh_from_db()
    assert (row.state, row.note) == (State.RETIRED, "由第2版替代")


def test_a_lesson_with_a_persons_number_is_refused_and_a_foreign_file_too():
    row = written()
    with pytest.raises(Refused):
        actions.add_lesson(row, title="案例", text="当事人 230102199003070023 失信。", by=row.drafted_by)
    program = AttachedFile("a.mp4", b"MZ" + b"\0" * 60)
    with pytest.raises(Refused, match="MP4"):
        actions.add_lesson(row, title="案例", text="正文", files=[program], by=row.drafted_by)
    assert row.lessons.count() == 1


def test_a_course_of_a_group_names_it():
    clerk = ClerkFactory()
    with pytest.raises(Refused):
        actions.draft(GIVEN | {"audience": "group"}, department=clerk.department, by=clerk)
    given = GIVEN | {"audience": "group", "occasions": [], "group": KeyGroupFactory()}
    assert actions.draft(given, department=clerk.department, by=clerk).course.group.name == "律师"
    with pytest.raises(Refused, match="已经使用"):
        actions.draft(given, department=clerk.department, by=clerk)


def test_every_step_stands_in_the_trail():
    row = version_in(State.RETIRED)
    verbs = AuditEntry.objects.filter(verb__startswith="education.").order_by("pk").values_list("verb", flat=True)
    assert [each for each in verbs if "lesson" not in each and "question" not in each] == [
        "education.draft", "education.submit", "education.publish", "education.retire",
    ]  # fmt: skip
    assert row.retired_on is not None

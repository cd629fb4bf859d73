"""Courses are written by one, read by another, and issued in versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from casework.actions.attachments import keep
from casework.actions.hearing import scanned
from casework.rules.attachments import AttachedFile
from credit_platform.accounts import policy
from credit_platform.accounts.models import Department, User
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, at_field, refuse, required
from education.actions.base import CHECK, DRAFT, editable, grown, locked, tell
from education.models import Course, CourseVersion, Lesson, Material, Question
from education.rules import courses as rules

FIELDS = ("summary", "minutes", "drawn", "pass_percent", "attempts", "pause_hours", "valid_months", "basis")
FOLDER = "education"
IDENTITY = ("code", "title", "audience", "group", "occasions")


def draft(given: Mapping[str, Any], *, department: Department, by: User) -> CourseVersion:
    """Begin a course with its first version. `given`: the values of `IDENTITY` and of `FIELDS`.

    Raises Forbidden, and Refused when the code is taken or group and occasions do not fit the audience (哈政办规〔2020〕12号 nos. 5, 6).
    """
    with acting(by):
        policy.require(by, DRAFT, department)
        taken = Course.objects.filter(code=given["code"]).exists()
        refuse([
            *([at_field("education.code", "code", "这个课程代码已经使用。")] if taken else []),
            *rules.against_audience(given["audience"], given["group"], given["occasions"]),
            *scanned(title=given["title"], summary=given["summary"]),
        ])  # fmt: skip
        course = Course.objects.create(department=department, **{name: given[name] for name in IDENTITY})
        row = CourseVersion.objects.create(
            course=course, number=1, drafted_by=by, **{name: given[name] for name in FIELDS}
        )
        tell("draft", row, by)
        return row


def draft_anew(version: CourseVersion, *, by: User) -> CourseVersion:
    """A new version with the lessons, files and questions of one that was published. Conflict while another is being written."""
    with acting(by):
        old = locked(version, by, DRAFT)
        Course.objects.select_for_update().get(pk=old.course_id)
        if old.course.versions.filter(state__in=(rules.State.DRAFT, rules.State.SUBMITTED)).exists():
            raise Conflict("education.drafted", "这门课程已有正在编写或者待审核的版本。", mend="请在该版本中修改。")
        number = old.course.versions.count() + 1
        values = {name: getattr(old, name) for name in FIELDS}
        row = CourseVersion.objects.create(course=old.course, number=number, drafted_by=by, **values)
        _copy(old, row)
        tell("draft", row, by, after={"from": old.number})
        return row


def revise(version: CourseVersion, given: Mapping[str, Any], *, by: User, seen: str) -> CourseVersion:
    """Change the fields of a version that is being written. Raises Forbidden, Conflict."""
    with acting(by):
        row = editable(version, by, seen)
        refuse(scanned(summary=given["summary"]))
        for name in FIELDS:
            setattr(row, name, given[name])
        grown(row, *FIELDS)
        tell("revise", row, by)
        return row


def add_lesson(
    version: CourseVersion, *, title: str, text: str, by: User, files: Sequence[AttachedFile] = ()
) -> Lesson:
    """Add a lesson with its files (papers, pictures, an MP4) at the end. Raises Refused for personal numbers, Forbidden, Conflict."""
    with acting(by):
        row = editable(version, by)
        refuse([
            *required(title, "title", "请填写课时名称。", rule="education.title", most=100),
            *required(text, "text", "请填写正文。", rule="education.text", most=20000),
            *scanned(title=title, text=text),
        ])  # fmt: skip
        position = row.lessons.count() + 1
        lesson = Lesson.objects.create(version=row, position=position, title=title.strip(), text=text.strip())
        _attach(lesson, files, by=by)
        grown(row)
        tell("lesson", row, by, after={"lesson": lesson.title, "files": len(files)})
        return lesson


def change_lesson(lesson: Lesson, *, title: str, text: str, by: User, files: Sequence[AttachedFile] = ()) -> Lesson:
    """Write a lesson anew while its version is being written; files are added. Raises Refused, Forbidden, Conflict."""
    with acting(by):
        row = editable(lesson.version, by)
        refuse(scanned(title=title, text=text))
        lesson.title, lesson.text = title.strip(), text.strip()
        lesson.save(update_fields=["title", "text"])
        _attach(lesson, files, by=by)
        grown(row)
        tell("lesson", row, by, after={"lesson": lesson.title, "files": len(files)})
        return lesson


def add_question(
    version: CourseVersion, *, text: str, options: Sequence[str], right: Sequence[int], by: User
) -> Question:
    """Add a question to the bank; `right` are numbers of options from 1. Raises Refused, Forbidden, Conflict."""
    with acting(by):
        row = editable(version, by)
        refuse([
            *required(text, "text", "请填写题干。", rule="education.question", most=500),
            *rules.against_question(options, right),
            *scanned(text=text, options="\n".join(options)),
        ])  # fmt: skip
        question = Question.objects.create(
            version=row, text=text.strip(), options=list(options), right=sorted(set(right))
        )
        grown(row)
        tell("question", row, by, after={"question": question.pk})
        return question


def remove_question(question: Question, *, by: User) -> None:
    """Take a question out of the bank while the version is being written; its history stays. Raises Forbidden, Conflict."""
    with acting(by):
        row = editable(question.version, by)
        pk = question.pk
        question.delete()
        grown(row)
        tell("question", row, by, after={"removed": pk})


def submit(version: CourseVersion, *, by: User, seen: str) -> CourseVersion:
    """Hand a version to somebody else to read. Raises Refused while lessons or questions are missing, Forbidden, Conflict."""
    with acting(by):
        row = locked(version, by, DRAFT, seen)
        state = rules.next_state(rules.State(row.state), "submit")
        content = rules.Content(row.lessons.count(), row.questions.count(), row.drawn)
        refuse(rules.against_content(content))
        row.state, row.submitted_by, row.checked_by, row.note = state.value, by, None, ""
        grown(row, "state", "submitted_by", "checked_by", "note")
        tell("submit", row, by)
        return row


def publish(version: CourseVersion, *, by: User, seen: str) -> CourseVersion:
    """A second person lets a version be learned; the one before it is retired in the same transaction. Raises Forbidden, Conflict."""
    on = timezone.localdate()
    with acting(by):
        row = locked(version, by, CHECK, seen)
        state = rules.next_state(rules.State(row.state), "publish")
        _second_person(row, by)
        former = row.course.versions.select_for_update().filter(state=rules.State.PUBLISHED).first()
        if former is not None:
            _retire(former, by, reason=f"由第{row.number}版替代")
        row.state, row.checked_by, row.published_on, row.note = state.value, by, on, ""
        grown(row, "state", "checked_by", "published_on", "note")
        tell("publish", row, by)
        return row


def return_(version: CourseVersion, *, note: str, by: User, seen: str) -> CourseVersion:
    """Give a version back with what is to be mended. Raises Refused without words, Forbidden, Conflict."""
    with acting(by):
        row = locked(version, by, CHECK, seen)
        state = rules.next_state(rules.State(row.state), "return")
        _second_person(row, by)
        refuse(required(note, "note", "请写明退回原因。", rule="education.note", most=500))
        row.state, row.note = state.value, note.strip()
        grown(row, "state", "note")
        tell("return", row, by, reason=row.note)
        return row


def retire(version: CourseVersion, *, reason: str, by: User, seen: str) -> CourseVersion:
    """End a version: nobody begins it any more, certificates hold until their own end. Raises Refused without a reason, Forbidden, Conflict."""
    with acting(by):
        row = locked(version, by, CHECK, seen)
        refuse(required(reason, "note", "请写明停用原因。", rule="education.note", most=500))
        _retire(row, by, reason=reason.strip())
        return row


def _retire(row: CourseVersion, by: User, *, reason: str) -> None:
    row.state = rules.next_state(rules.State(row.state), "retire").value
    row.retired_on, row.note = timezone.localdate(), reason
    grown(row, "state", "retired_on", "note")
    tell("retire", row, by, reason=reason)


def _second_person(row: CourseVersion, by: User) -> None:
    if by.pk in (row.drafted_by_id, row.submitted_by_id):
        raise Forbidden("education.two_people", "编写或者送审的人不能审核自己的课程。", mend="请由另一名审核人员办理。")


def _attach(lesson: Lesson, files: Sequence[AttachedFile], *, by: User) -> None:
    def create(**columns: Any) -> Material:
        return Material.objects.create(lesson=lesson, **columns)

    keep(files, create, folder=FOLDER, by=by, films=True)


def _copy(old: CourseVersion, new: CourseVersion) -> None:
    """Lessons with the rows of their files (the files themselves stay where they are), and the bank."""
    columns = ("name", "media_type", "size", "sha256", "path", "added_by", "added_at")
    for lesson in old.lessons.all():
        made = Lesson.objects.create(version=new, position=lesson.position, title=lesson.title, text=lesson.text)
        for file in lesson.materials.all():
            Material.objects.create(lesson=made, **{name: getattr(file, name) for name in columns})
    for question in old.questions.all():
        Question.objects.create(version=new, text=question.text, options=question.options, right=question.right)

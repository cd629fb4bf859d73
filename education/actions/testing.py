"""Tests: a paper is drawn and frozen, handed in once, scored by the server; who passes has a certificate in the same transaction."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection
from django.utils import timezone

from casework.rules import drawing
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden
from credit_platform.pg import next_id
from credit_platform.web.formats import cn_date, cn_datetime
from education.actions.base import LEARN
from education.models import Attempt, Certificate, CourseVersion, Learner
from education.rules import certificates, papers
from education.rules.courses import State


def begin(learner: Learner, version: CourseVersion, *, by: Actor = SYSTEM) -> Attempt:
    """Draw and freeze a paper; one that was begun and can still be handed in is answered again instead of a new one.

    Raises Conflict when the version is no longer used, was passed before (the first day stays), or rests after failed attempts.
    """
    at = timezone.now()
    with acting(by):
        _only(learner, by)
        _alone(learner, version)
        version = CourseVersion.objects.select_related("course__department").get(
            pk=version.pk
        )  # it may be retired by now
        open_one = Attempt.objects.of(learner).open().filter(course_version=version).first()
        if open_one is not None:
            if at <= papers.until(open_one.begun_at):
                return open_one
            _end(open_one, {}, papers.until(open_one.begun_at), by)
        _may_begin(learner, version, at)
        nonce, bank = drawing.new_nonce(), version.bank()
        paper = papers.drawn(bank, papers.seed(nonce, at, bank), version.drawn)
        row = Attempt.objects.create(
            learner=learner,
            course_version=version,
            nonce=nonce,
            paper=paper,
            paper_digest=papers.digest(paper),
            begun_at=at,
        )
        audit.record("education.begin", row, by=by, after={"paper": row.paper_digest}, unit_id=_unit(version))
        return row


def hand_in(attempt: Attempt, answers: Mapping[str, Sequence[int]], *, by: Actor = SYSTEM) -> Attempt:
    """Hand a paper in: `answers` by the question's id, places of the ticked options from 0. Who passes has a certificate.

    Raises Conflict for a paper that was handed in before or whose time is over (it counts as failed then), Forbidden.
    """
    at = timezone.now()
    with acting(by):
        rows = Attempt.objects.select_for_update(of=("self",))
        row = rows.select_related("learner__subject", "course_version__course__department").get(pk=attempt.pk)
        _only(row.learner, by)
        if row.ended_at is not None:
            raise Conflict("education.ended", "这份试卷已经交卷。", mend="请查看结果。")
        late = at > papers.until(row.begun_at)
        _end(row, {} if late else answers, papers.until(row.begun_at) if late else at, by)
        if row.passed:
            _certify(row, by)
        return row


def _end(row: Attempt, answers: Mapping[str, Sequence[int]], at: datetime, by: Actor) -> None:
    version = row.course_version
    right = papers.score(row.paper, answers)
    row.answers = {key: sorted(set(places)) for key, places in answers.items()}
    row.ended_at, row.right = at, right
    row.passed = papers.passed(right, len(row.paper), version.pass_percent)
    row.save(update_fields=["answers", "ended_at", "right", "passed"])
    after = {"right": right, "of": len(row.paper), "passed": row.passed}
    audit.record("education.hand_in", row, by=by, after=after, unit_id=_unit(version))


def _may_begin(learner: Learner, version: CourseVersion, at: datetime) -> None:
    if version.state != State.PUBLISHED:
        raise Conflict("education.retired", "这个版本的课程已停用。", mend="请学习新的版本。")
    rows = Attempt.objects.of(learner).filter(course_version=version)
    if rows.filter(passed=True).exists():
        raise Conflict("education.passed", "这门课程已经考试合格，证书日期以第一次为准。")
    failed = [each for each in rows.order_by("ended_at").values_list("ended_at", flat=True) if each]
    after = papers.next_attempt_at(failed, attempts=version.attempts, pause_hours=version.pause_hours)
    if after is not None and at < after:
        when = cn_datetime(timezone.localtime(after))
        raise Conflict(
            "education.pause", f"已连续{version.attempts}次未通过，{when}以后可以再考。", mend="请先复习课程。"
        )


def _certify(attempt: Attempt, by: Actor) -> None:
    version, learner, on = attempt.course_version, attempt.learner, timezone.localdate()
    key = next_id(Certificate)
    number, until = certificates.number(on, key), certificates.valid_until(on, version.valid_months)
    row = Certificate.objects.create(
        pk=key,
        number=number,
        code=certificates.code(secrets.choice),
        attempt=attempt,
        learner=learner,
        course_version=version,
        issued_on=on,
        valid_until=until,
        printed=[["证书编号", number], *_whose(learner), *_learned(attempt), ["发证日期", cn_date(on)],
                 ["有效期至", cn_date(until)], ["发证单位", version.course.department.name]],
    )  # fmt: skip
    audit.record("education.certify", row, by=by, after={"number": number}, unit_id=_unit(version))


def _whose(learner: Learner) -> list[list[str]]:
    if learner.subject is not None:
        return [
            ["单位", learner.subject.name],
            ["统一社会信用代码", learner.subject.code or ""],
            ["参加人员", learner.name_masked],
        ]
    return [["姓名", learner.name_masked], ["证件号码末四位", learner.id_tail]]


def _learned(attempt: Attempt) -> list[list[str]]:
    version = attempt.course_version
    return [
        ["课程", version.course.title],
        ["版次", f"第{version.number}版"],
        ["学时", f"{version.minutes}分钟"],
        ["考试成绩", f"{len(attempt.paper)}题答对{attempt.right}题，合格"],
    ]


def _only(learner: Learner, by: Actor) -> None:
    """A company acts for its own learner; for a person under a code the platform does."""
    if learner.account_id is None:
        if by.actor_kind != "system":
            raise Forbidden("education.own", "只能办理本人的考试。")
        return
    policy.require(by, LEARN)
    if by.actor_id != learner.account_id:
        raise Forbidden("education.own", "只能办理本账户的考试。")


def _alone(learner: Learner, version: CourseVersion) -> None:
    """One test at a time of whoever this is, under whichever code: two at once would both see no failed third attempt."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"education:{learner.identity}:{version.pk}"])


def _unit(version: CourseVersion) -> int:
    return version.course.department_id

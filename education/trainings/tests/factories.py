"""Sessions of training for tests, brought to a state by the true actions."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from unittest.mock import patch

from django.utils import timezone

from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory
from disclosure.tests.factories import PublishedFactory, severe_penalty
from education.models import Training
from education.rules.courses import State as CourseState
from education.tests.factories import version_in
from education.trainings import actions
from education.trainings.actions.planning import KINDS
from education.trainings.queries import subjects_with_items
from education.trainings.rules import State
from records.models import Subject
from records.tests.factories import SubjectFactory

AHEAD = timedelta(days=7)


def planned(department=None, **changed) -> Training:
    """A session in a week."""
    department = department or DepartmentFactory()
    code = f"repair-{Training.objects.count()}"
    version = version_in(CourseState.PUBLISHED, department, code=code, audience="repair", occasions=[])
    given = {
        "course": version.course,
        "title": "第一期信用修复培训",
        "on": timezone.localdate() + AHEAD,
        "begins": time(9),
        "ends": time(12),
        "place": "市政务服务中心三楼会议室",
        "trainer": "市信用办",
        "capacity": 60,
        "least_minutes": 150,
    }
    return actions.plan(given | changed, department=department, by=ClerkFactory(department=department))


def penalised(training: Training, count: int, status: str = "存续") -> list[Subject]:
    """Subjects with a public penalty of the department of a session."""
    made = []
    for _ in range(count):
        subject = SubjectFactory(operating_status=status)
        PublishedFactory(record=severe_penalty(subject=subject, source_department=training.department))
        made.append(subject)
    return made


def on_the_day(training: Training):
    """The clock of the test stands at the evening of the session."""
    moment = timezone.make_aware(datetime.combine(training.on, time(18)))
    return patch("django.utils.timezone.now", return_value=moment)


def present(training: Training, subject: Subject, *, minutes: int = 170, by=None):
    """Somebody of a subject who came."""
    by = by or training.planned_by
    left = time(9 + minutes // 60, minutes % 60)
    return actions.enter(training, subject=subject, name="张示例", came=time(9), left=left, by=by)


def training_in(state: State, department=None, **changed) -> Training:
    """A session in a state."""
    row = planned(department, **changed)
    clerk, reviewer = row.planned_by, ReviewerFactory(department=row.department)
    if state is State.PLANNED:
        return row
    if state is State.CANCELLED:
        return actions.cancel(row, reason="会场检修。", by=clerk, seen=str(row.version))
    if not subjects_with_items(KINDS, timezone.localdate(), department=row.department_id).exists():
        penalised(row, 1)
    row = actions.announce(row, own=True, by=clerk, seen=str(row.version))
    if state is State.ANNOUNCED:
        return row
    with on_the_day(row):
        present(row, row.invitations.first().subject)
        row.refresh_from_db()
        row = actions.hold(row, by=clerk, seen=str(row.version))
        if state is State.CLOSED:
            row = actions.close(row, by=reviewer, seen=str(row.version))
    return row

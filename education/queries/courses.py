"""Questions about courses: what can be learned, what a department writes, what waits for a second person."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from credit_platform.accounts import policy
from credit_platform.accounts.desk import within
from credit_platform.accounts.models import User
from credit_platform.web.desk import section
from credit_platform.web.worklists import Severity, WorkRow, WorkSection
from education.models import Certificate, Course, CourseVersion, CourseVersionQuerySet, Material
from education.rules import certificates
from education.rules.courses import State


def learnable() -> CourseVersionQuerySet:
    """What anybody can learn today, by audience and title."""
    rows = CourseVersion.objects.published().select_related("course__department", "course__group")
    return rows.order_by("course__audience", "course__title")


def published_course(code: str) -> QuerySet[CourseVersion]:
    """The published version of a course by its code: one row or none."""
    return learnable().filter(course__code=code)


def public_material(pk: int) -> QuerySet[Material]:
    """A file of a lesson that the public may read: one row or none."""
    return Material.objects.filter(pk=pk, lesson__version__in=CourseVersion.objects.shown())


def versions_at_the_desk(user: User) -> QuerySet[CourseVersion]:
    """Versions of one's department, of all for the credit office; the newest of each course first."""
    rows = CourseVersion.objects.select_related("course__department", "course__group", "drafted_by", "checked_by")
    return within(rows, user, through="course__department").order_by("course__code", "-number")


def departments_with_courses() -> QuerySet[Course, int]:
    """Ids of departments that answer for a course."""
    return Course.objects.values_list("department_id", flat=True)


def certificates_at_the_desk(user: User) -> QuerySet[Certificate]:
    """Certificates of courses of one's department, of all for the credit office."""
    rows = Certificate.objects.select_related(
        "learner__subject", "course_version__course__department", "challenged_by", "revoked_by"
    )
    return within(rows, user, through="course_version__course__department").order_by("-pk")


def course_work(user: User, on: date) -> list[WorkSection]:
    """The desk's home: versions and revocations that wait for a second person."""
    if not policy.allows(user, "education.check"):
        return []
    versions = versions_at_the_desk(user).filter(state=State.SUBMITTED)
    waiting = certificates_at_the_desk(user).filter(state=certificates.State.CHALLENGED)
    courses, desk = reverse("education:courses"), reverse("education:certificates")
    return [
        section("待审核的课程", versions, _version, url=f"{courses}?state=submitted", severity=Severity.WARN, order=75),
        section("待复核的证书撤销", waiting, _certificate, url=f"{desk}?state=challenged", order=76),
    ]


def _version(row: CourseVersion) -> WorkRow:
    return WorkRow(str(row), reverse("education:version", args=[row.pk]))


def _certificate(row: Certificate) -> WorkRow:
    return WorkRow(row.number, reverse("education:certificate", args=[row.pk]))

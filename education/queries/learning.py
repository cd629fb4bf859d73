"""Questions about who learns: how far somebody is with a course, packs and their staff, certificates by number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from companies.models import CompanyAccount
from companies.queries import canonical_subject
from education.models import Attempt, Certificate, CourseVersion, Learner, StaffPack
from education.rules import papers


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a learner is with a version: the paper that waits, the ended ones, the certificate, and when the next attempt may begin."""

    version: CourseVersion
    paper: Attempt | None
    ended: list[Attempt]
    certificate: Certificate | None
    rests_until: datetime | None

    @property
    def may_begin(self) -> bool:
        """Whether a new paper is drawn now."""
        return self.paper is None and self.certificate is None and self.rests_until is None


def learner_under(code_digest: str) -> Learner | None:
    """The person who learns under a code, by its digest."""
    return Learner.objects.filter(code_digest=code_digest).select_related("pack").first()


def progress(learner: Learner | None, version: CourseVersion) -> Progress:
    """How far somebody is with a version, under whichever code; somebody who never began is at the beginning."""
    if learner is None:
        return Progress(version, None, [], None, None)
    rows = list(Attempt.objects.of(learner).filter(course_version=version).select_related("certificate"))
    at = timezone.now()
    waiting = [each for each in rows if each.ended_at is None and at <= papers.until(each.begun_at)]
    ended = [each for each in rows if each.ended_at is not None]
    passed = next((each.certificate for each in ended if each.passed), None)
    failed = [each.ended_at for each in ended if each.ended_at is not None and not each.passed]
    after = papers.next_attempt_at(failed, attempts=version.attempts, pause_hours=version.pause_hours)
    return Progress(version, waiting[0] if waiting else None, ended, passed, after if after and at < after else None)


def certificates_of(account: CompanyAccount) -> QuerySet[Certificate]:
    """Certificates of every handler of the account's subject."""
    ids = {account.subject_id, canonical_subject(account).pk}
    rows = Certificate.objects.filter(learner__subject_id__in=ids)
    return rows.select_related("course_version__course").order_by("-pk")


def packs_of(account: CompanyAccount) -> QuerySet[StaffPack]:
    """Packs of the account's subject with how many have joined and how many of them have a certificate."""
    ids = {account.subject_id, canonical_subject(account).pk}
    rows = StaffPack.objects.filter(subject_id__in=ids).prefetch_related("courses")
    joined = Count("learners__identity", distinct=True)
    certified = Count("learners__identity", distinct=True, filter=Q(learners__certificates__isnull=False))
    return rows.annotate(joined=joined, certified=certified).order_by("-pk")


def staff_of(pack: StaffPack) -> QuerySet[Learner]:
    """Who has joined a pack, the newest first; names and numbers stay sealed."""
    rows = pack.learners.defer("name_cipher", "id_cipher").prefetch_related("certificates__course_version__course")
    return rows.order_by("-pk")


def by_number(number: str) -> Certificate | None:
    """A certificate by its number, whatever its code."""
    return Certificate.objects.filter(number=number).first()

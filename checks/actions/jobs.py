"""The checking of a whole file: ordered at the desk, done by a worker, taken up again where it was killed, cancelled by who ordered it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction
from django.utils import timezone

from checks.actions.asking import Setting, note_many
from checks.models import CheckJob, CheckMatter
from checks.reading.subjects import read_subjects
from checks.rules.jobs import MOST_TRIES, OPEN, JobState, next_state
from checks.rules.questions import Question, against, cleaned
from checks.rules.states import Channel
from credit_platform import vault
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.confined.limits import Limits
from credit_platform.errors import DomainError, Forbidden
from credit_platform.gate.refusals import of_kept_files

AT_ONCE = 500
FOLDER = "checks"


def order(
    pieces: Iterable[bytes], name: str, *, matter: CheckMatter, purpose: str, case_number: str, window: str, by: User
) -> CheckJob:
    """Keep a file and order its checking. Who: `checks.ask`. FileRefused when it grows beyond what the vault takes."""
    policy.require(by, "checks.ask")
    if by.department is None:
        raise Forbidden("checks.department", "您的账号没有所属单位，不能核查。")
    with of_kept_files():
        kept = vault.store(pieces, folder=FOLDER)
    with acting(by):
        job = CheckJob.objects.create(
            matter=matter,
            purpose=purpose,
            case_number=case_number,
            window=window[:60],
            department=by.department,
            ordered_by=by,
            file_name=name[-200:],
            file_path=kept.path,
        )
        after = {"matter": matter.code, "file": kept.sha256}
        audit.record("checks.job", job, by=by, after=after, unit_id=job.department_id)
    return job


def cancel(job: CheckJob, *, by: User) -> CheckJob:
    """Stop a file; what was answered stays answered. Who ordered it. Conflict when it has ended."""
    with acting(by):
        row = CheckJob.objects.select_for_update().get(pk=job.pk)
        if row.ordered_by_id != by.pk:
            raise Forbidden("checks.job-owner", "只有提交人可以取消。")
        row.state, row.finished_at = next_state(JobState(row.state), "cancel").value, timezone.now()
        row.save(update_fields=["state", "finished_at"])
        audit.record("checks.job_cancelled", row, by=by, after={"position": row.position}, unit_id=row.department_id)
    return row


def run(pk: int) -> CheckJob:
    """Check a file from where it stands, in stretches: a stretch and the place in the file are one transaction, so that a killed worker loses
    a stretch at most and no row is asked twice. Of two workers at one file the one that finds the place moved on leaves.

    A row that cannot be asked is counted and told in the result. What the file itself refuses ends the job as failed, with the reason.
    """
    job = _started(pk)
    if job is None:
        return CheckJob.objects.get(pk=pk)
    try:
        asked = list(questions_of(job))
    except DomainError as refusal:
        return _ended(job, "fail", why=refusal.text)
    CheckJob.objects.filter(pk=pk).update(total=len(asked))
    for at in range(job.position, len(asked), AT_ONCE):
        if not _stretch(pk, at, asked[at : at + AT_ONCE]):
            return CheckJob.objects.get(pk=pk)
    return _ended(job, "finish")


def questions_of(job: CheckJob) -> Iterator[Question]:
    """The questions of its file, always the same in the same order."""
    with of_kept_files():
        data = vault.read(job.file_path)
    return read_subjects(data, job.file_name, case_number=job.case_number, limits=Limits.of_task())


def _started(pk: int) -> CheckJob | None:
    """The job as under way, or None when there is nothing to do; given up after MOST_TRIES without a step forward."""
    with transaction.atomic():
        row = CheckJob.objects.select_for_update(skip_locked=True).filter(pk=pk, state__in=OPEN).first()
        if row is None:
            return None
        row.state, row.tries = next_state(JobState(row.state), "start").value, row.tries + 1
        row.save(update_fields=["state", "tries"])
    if row.tries > MOST_TRIES:
        _ended(row, "fail", why="多次中断，没有进展。")
        return None
    return row


def _stretch(pk: int, at: int, stretch: Sequence[Question]) -> bool:
    """Ask a stretch and move on; False when the job was cancelled, or another worker has gone on with it."""
    with transaction.atomic():
        row = CheckJob.objects.select_for_update().select_related("matter", "department", "ordered_by").get(pk=pk)
        if row.state != JobState.RUNNING or row.position != at:
            return False
        today = timezone.localdate()
        good = [each for each in stretch if not any(against(cleaned(each), today=today))]
        setting = Setting(
            row.ordered_by, row.department.name, row.matter.code, row.purpose, Channel.WORKBOOK, row.window, row.pk
        )
        if good:
            note_many(good, setting)
        row.position += len(stretch)
        row.wrong += len(stretch) - len(good)
        row.tries = 0
        row.save(update_fields=["position", "wrong", "tries"])
    return True


def _ended(job: CheckJob, verb: str, *, why: str = "") -> CheckJob:
    with acting(job.ordered_by):
        row = CheckJob.objects.select_for_update().get(pk=job.pk)
        row.state, row.why, row.finished_at = next_state(JobState(row.state), verb).value, why[:300], timezone.now()
        row.save(update_fields=["state", "why", "finished_at"])
        after = {"state": row.state, "position": row.position, "wrong": row.wrong}
        audit.record("checks.job_ended", row, by=job.ordered_by, after=after, unit_id=row.department_id)
    return row

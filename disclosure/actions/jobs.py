"""Verbs on many that a worker carries out: ordered, held for a while when they publish, run in steps, stopped.

The truth is in PostgreSQL: a restart, a lost message or a killed worker loses nothing, the sweep takes up what is left.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Refused
from disclosure.actions.base import required
from disclosure.actions.bulk import Outcome
from disclosure.actions.review import approve_many, submit_many
from disclosure.models import BulkJob, Disclosure
from disclosure.rules.bulk import BulkState, held_until, next_bulk_state

logger = logging.getLogger(__name__)
Verb = BulkJob.Verb
PERMISSIONS = {Verb.SUBMIT: "disclosure.submit", Verb.APPROVE: "disclosure.review"}
STEP = 20
"""Items of one transaction: a text that takes long holds no more rows than these."""
MOST_TRIES = 5
INTERRUPTED = "系统处理时连续中断，已停止办理，尚未处理的事项没有变动。请联系系统管理员。"


def order(versions: Mapping[int, int], verb: str, *, by: User) -> BulkJob:
    """Order a verb for many items; `versions` are those that the person had before him, by item.

    Who: as for the single verb, each item is asked again when its turn comes. A publication of more than `BULK_HOLD_ABOVE` items is held
    for `BULK_HOLD_MINUTES`, never past midnight. Refused without items, Conflict when one of them is ordered already.
    """
    what = Verb(verb)
    with acting(by):
        policy.require(by, PERMISSIONS[what])
        if by.department is None or not versions:
            raise Refused("bulk.none", "没有可以办理的事项。")
        ids = sorted(versions)
        list(Disclosure.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
        if BulkJob.objects.open().filter(items__overlap=ids).exists():
            raise Conflict("bulk.ordered", "所选事项中有正在批量办理的。", mend="请等待办结，或者先停止该批。")
        until = None
        if what is Verb.APPROVE and len(ids) > settings.BULK_HOLD_ABOVE:
            until = held_until(timezone.localtime(), settings.BULK_HOLD_MINUTES)
        job = BulkJob.objects.create(
            verb=what,
            department=by.department,
            ordered_by=by,
            items=ids,
            versions=[versions[pk] for pk in ids],
            state=BulkState.HELD if until else BulkState.WAITING,
            held_until=until,
            ordered_at=timezone.now(),
        )
        audit.record(
            "disclosure.bulk.order",
            by=by,
            members=ids,
            unit_id=job.department_id,
            detail={"job": job.pk, "verb": job.get_verb_display(), "held_until": until},
        )
    return job


def stop(job: BulkJob, *, by: User, reason: str) -> BulkJob:
    """Stop what is held or under way; what was done stays done. Who: reviewers of the department, the credit office.

    Refused without a reason, Conflict when it is over.
    """
    with acting(by):
        row = BulkJob.objects.select_for_update().get(pk=job.pk)
        policy.require(by, "disclosure.bulk.stop", row.department_id)
        state = next_bulk_state(row.state, "stop")
        row.stopped_why = required(reason, "disclosure.reason", "停止的原因")[:300]
        row.state, row.stopped_by, row.finished_at = state, by, timezone.now()
        row.save(update_fields=["state", "stopped_by", "stopped_why", "finished_at"])
        audit.record(
            "disclosure.bulk.stop",
            by=by,
            members=row.items[row.position :],
            reason=row.stopped_why,
            unit_id=row.department_id,
            detail={"job": row.pk},
        )
    return row


def release_held() -> list[int]:
    """The sweep: what was held long enough is to be run; the keys of all jobs that a worker may take up."""
    with transaction.atomic():
        due = BulkJob.objects.held().filter(held_until__lte=timezone.now()).select_for_update(skip_locked=True)
        for job in due:
            job.state = next_bulk_state(job.state, "release")
            job.save(update_fields=["state"])
    return list(BulkJob.objects.to_run().order_by("pk").values_list("pk", flat=True)[:50])


def run(job_id: int) -> None:
    """Bring one job to its end, step by step; a second worker returns at once. What one item is refused for stops no other."""
    while _begin(job_id):
        with transaction.atomic():
            job = (
                BulkJob.objects.to_run()
                .select_for_update(of=("self",), skip_locked=True)
                .select_related("ordered_by__department")
                .filter(pk=job_id)
                .first()
            )
            if job is None or not _step(job):
                return


def _begin(job_id: int) -> bool:
    """Count a try before it begins: a job that ends its worker every time is given up. False when there is nothing to do."""
    job = BulkJob.objects.to_run().filter(pk=job_id).first()
    if job is None:
        return False
    if job.tries >= MOST_TRIES:
        given_up = BulkJob.objects.to_run().filter(pk=job_id)
        given_up.update(state=BulkState.STOPPED, stopped_why=INTERRUPTED, finished_at=timezone.now())
        logger.error("bulk job %s given up after %s tries", job_id, job.tries)
        return False
    BulkJob.objects.filter(pk=job_id).update(tries=F("tries") + 1)
    return True


def _step(job: BulkJob) -> bool:
    """The next items of a job, inside the caller's transaction; whether more are left."""
    until = job.position + STEP
    job.state = next_bulk_state(job.state, "run")
    job.outcomes = [
        *job.outcomes,
        *_carry_out(job, job.items[job.position : until], job.versions[job.position : until]),
    ]
    job.position, job.tries = min(until, job.total), 0
    if job.position >= job.total:
        job.state, job.finished_at = next_bulk_state(job.state, "finish"), timezone.now()
    job.save(update_fields=["state", "outcomes", "position", "tries", "finished_at"])
    return job.state == BulkState.RUNNING


def _carry_out(job: BulkJob, ids: Sequence[int], versions: Sequence[int]) -> list[dict[str, Any]]:
    seen = dict(zip(ids, versions, strict=True))
    act = submit_many if job.verb == Verb.SUBMIT else approve_many
    told = {outcome.disclosure.pk: told_of(outcome) for outcome in act(ids, by=job.ordered_by, seen=seen)}
    return [told.get(pk, {"id": pk, "ok": False, "lines": [["该事项已不存在。", ""]]}) for pk in ids]


def told_of(outcome: Outcome) -> dict[str, Any]:
    """An outcome as it is kept: its item, whether it was done, and what stood against it with how to mend it."""
    error = outcome.error
    lines: list[list[str]] = []
    if error is not None:
        lines = [[error.text, "" if error.findings else error.mend]]
        lines += [[finding.text, finding.mend] for finding in error.findings]
    return {"id": outcome.disclosure.pk, "ok": outcome.ok, "lines": lines}

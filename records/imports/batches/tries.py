"""How often a batch was begun without getting any further: one that ends its worker every time is given up.

A worker that is killed cannot say so, therefore a try is counted before it begins, in a transaction of its own, and the count starts
anew whenever the batch gets further than ever before. So a long file that is interrupted by a restart now and then is never
given up, and one that takes its worker (or the database server) down at the same place every time is, after `MOST` tries.
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.gate.refusals import Interrupted
from credit_platform.pg import execute
from credit_platform.web.requests import of_the_machine
from records.actions import reported
from records.models import ImportBatch

logger = logging.getLogger(__name__)

MOST = 5
_INTERRUPTED = "读取文件的程序被系统中断"
State = ImportBatch.State
RUNNING = (State.QUEUED, State.READING, State.APPLYING)
GIVEN_UP = (
    "系统处理该文件时连续 {tries} 次中断（{why}），已停止处理，没有数据入库。"
    "请联系系统管理员；排除原因后重新上传同一文件即可，不会重复入库。"
)


class CancelledMeanwhile(Exception):  # noqa: N818 - a signal, not an error
    """Somebody cancelled the batch while it was read."""


def begin(batch: ImportBatch) -> bool:
    """Count one more try; False when there were enough, and the batch is given up."""
    tries = int(batch.progress.get("tries", 0))
    if tries >= MOST:
        give_up(batch, "工作进程在处理中被终止")
        return False
    _note(batch, tries + 1)
    return True


def further(progress: dict[str, Any], *, last: bool) -> dict[str, Any]:
    """The progress of a checkpoint, with the count started anew when the batch was never here before."""
    reached = int(progress["read"]) + last
    if reached <= int(progress.get("furthest", -1)):
        return progress
    return {**progress, "furthest": reached, "tries": 1}


def reached(batch: ImportBatch) -> int:
    """How many rows were read at the most, in all tries; -1 before the first."""
    return int(batch.progress.get("furthest", -1))


def carried_over(progress: dict[str, Any]) -> dict[str, Any]:
    """What a fresh start of the reading keeps of the progress."""
    return {name: progress[name] for name in ("tries", "furthest") if name in progress}


def broke(batch_id: int, error: Exception) -> None:
    """A try ended with an error. What the surroundings did (database away, disk full) is no fault of the file and is not counted."""
    batch = ImportBatch.objects.get(pk=batch_id)
    tries = int(batch.progress.get("tries", 1))
    if of_the_machine(error):
        _note(batch, max(tries - 1, 0))
    elif tries >= MOST:
        give_up(batch, _INTERRUPTED if isinstance(error, Interrupted) else f"程序错误 {type(error).__name__}")


def overran(batch_id: int, before: int) -> None:
    """A try took longer than a task may. When it got further than where the batch stood `before`, the next goes on from there; else
    there is no use."""
    batch = ImportBatch.objects.get(pk=batch_id)
    if reached(batch) == before:
        give_up(batch, "超过单次处理的时限仍没有进展")


def give_up(batch: ImportBatch, why: str) -> None:
    """Close a batch that cannot be processed, with the reason for people; nothing of it is in the ledger."""
    tries = int(batch.progress.get("tries", 0))
    with acting(SYSTEM):
        row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if row.state not in RUNNING:
            return
        row.state, row.refusal = State.FAILED, GIVEN_UP.format(tries=tries, why=why)
        row.finished_at = row.heartbeat_at = timezone.now()
        row.save(update_fields=["state", "refusal", "finished_at", "heartbeat_at"])
        reported.forget(row.pk)
        audit.record("records.import.fail", row, by=SYSTEM, reason=row.refusal, unit_id=row.department_id)
    logger.error("import %s given up after %s tries: %s", batch.pk, tries, why)


def _note(batch: ImportBatch, tries: int) -> None:
    with transaction.atomic():
        execute(
            f"""UPDATE {ImportBatch._meta.db_table} SET progress = progress || jsonb_build_object('tries', %s::int), heartbeat_at = now()
            WHERE id = %s""",  # noqa: S608 - own table name
            [tries, batch.pk],
        )
    batch.progress["tries"] = tries

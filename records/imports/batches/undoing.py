"""A large batch is taken back by a worker: asked for by a person, carried out in that person's name, taken up again when a worker died over it."""

from __future__ import annotations

import logging

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, DomainError, Refused
from records.imports.batches.engine import alone
from records.imports.batches.undo import Undoing, undo_batch
from records.models import ImportBatch, ImportEffect

logger = logging.getLogger(__name__)
State = ImportBatch.State
AT_ONCE = 2_000
"""So many records are taken back in the request itself: a second or two."""
MOST_TRIES = 5
BROKE = "系统处理撤回时连续中断，没有撤回，数据没有变动。请联系系统管理员。"


def take_back(batch: ImportBatch, *, by: User, reason: str) -> Undoing | None:
    """Take a finished batch back: a small one at once, with what was done as the answer; a large one as an order to a worker (None).

    Who may, and errors: as `undo_batch`; what only the worker can find (nothing is left to take back) is told on the batch's page.
    """
    if ImportEffect.objects.filter(batch=batch).count() <= AT_ONCE:
        return undo_batch(batch, by=by, reason=reason)
    if not reason.strip():
        raise Refused("import.undo-reason", "请填写撤回原因。")
    with acting(by):
        row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        policy.require(by, "records.import", row.department)
        if row.state != State.DONE or row.simulate:
            raise Conflict("import.not-done", "只有已完成的正式导入可以撤回。", mend="请刷新页面查看批次状态。")
        row.state, row.heartbeat_at = State.UNDOING, timezone.now()
        row.progress = {**row.progress, "undo_asked": {"by": by.pk, "reason": reason.strip(), "tries": 0}}
        row.progress.pop("undo_refused", None)
        row.save(update_fields=["state", "heartbeat_at", "progress"])
        audit.record("records.import.undo_asked", row, by=by, reason=reason.strip(), unit_id=row.department_id)
    return None


def run(batch_id: int) -> None:
    """Carry out what was asked; a second worker returns at once. What stands against it is kept for the batch's page."""
    with alone(batch_id) as mine:
        batch = ImportBatch.objects.get(pk=batch_id)
        if not mine or batch.state != State.UNDOING:
            return
        asked = batch.progress["undo_asked"]
        if asked["tries"] >= MOST_TRIES:
            logger.error("undo of import %s given up after %s tries", batch_id, asked["tries"])
            _put_back(batch, BROKE)
            return
        _write(batch, undo_asked=asked | {"tries": asked["tries"] + 1})
        try:
            undo_batch(batch, by=User.objects.get(pk=asked["by"]), reason=asked["reason"])
        except DomainError as refusal:
            _put_back(batch, f"{refusal.text}{refusal.mend}")


def _put_back(batch: ImportBatch, why: str) -> None:
    ImportBatch.objects.filter(pk=batch.pk, state=State.UNDOING).update(state=State.DONE)
    _write(batch, undo_refused=why)


def _write(batch: ImportBatch, **told: object) -> None:
    batch.progress = {**batch.progress, **told}
    ImportBatch.objects.filter(pk=batch.pk).update(progress=batch.progress, heartbeat_at=timezone.now())

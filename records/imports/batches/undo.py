"""Taking a batch back: what it created is hidden, what it changed gets its former content, what moved on since is named and kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, Level, Refused
from credit_platform.pg import execute, query
from records import doors, followers
from records.actions import reported
from records.actions.naming import follow_document
from records.imports.batches.undo_names import former_subjects, put_back
from records.imports.reading import findings
from records.imports.reading.findings import PlacedFinding
from records.ledger_rules import one_per_subject
from records.models import CreditRecord, ImportBatch, ImportEffect
from records.standards import registry
from records.standards.row import RowKeys

State = ImportBatch.State
CHANGED = "此后已被修改或再次导入，予以保留。"
REVOKED = "该信息已被撤销，予以保留。"
GONE = "该信息已随其他批次撤回。"
_RESTORED = "standard, authority_id, authority_name, title, document_number, decided_on, valid_from, valid_until, content, content_hash, warnings"
_MEMBERS_KEPT = 1_000


@dataclass(slots=True)
class Undoing:
    """What an undo would do, or did: ids to hide, ids to restore, and the kept ones each with its Chinese reason."""

    hidden: list[int] = field(default_factory=list)
    restored: list[int] = field(default_factory=list)
    kept: dict[int, str] = field(default_factory=dict)


def preview(batch: ImportBatch) -> Undoing:
    """What taking the batch back would do now; changes nothing."""
    return _plan(list(_effects(batch)))


def undo_batch(batch: ImportBatch, *, by: Actor, reason: str) -> Undoing:
    """Take a finished batch back in one transaction; the batch is then UNDONE and can be imported again.

    Who may: `records.import` of the department. Kept and named as findings of the batch: records changed or revoked since, and those
    for which a follower names a reason (published already). Raises Conflict when the batch is not finished or was a simulation,
    Refused without a reason, or when nothing of it can be taken back.
    """
    if not reason.strip():
        raise Refused("import.undo-reason", "请填写撤回原因。")
    with acting(by):
        row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        policy.require(by, "records.import", row.department)
        if row.state not in (State.DONE, State.UNDOING) or row.simulate:
            raise Conflict("import.not-done", "只有已完成的正式导入可以撤回。", mend="请刷新页面查看批次状态。")
        _lock(row)
        plan = _plan(list(_effects(row)))
        door = doors.of(_kind_of(row.standard))
        if not plan.hidden and not plan.restored and door is None:
            raise _nothing_left()
        former = former_subjects(plan.hidden + plan.restored, row.finished_at or timezone.now())
        _restore(row)
        _hide(plan.hidden)
        put_back(former)
        _follow_back(row, plan)
        for follower in followers.followers():
            if plan.hidden:
                follower.undone(plan.hidden, by=by)
            if plan.restored:
                follower.changed(plan.restored, by=by)
        if door is not None and not door.take_back(row.pk, by=by) and not (plan.hidden or plan.restored):
            raise _nothing_left()
        _close(row, plan, reason, by)
    return plan


def _kind_of(standard: str) -> str:
    """The kind of a declared standard; "" of a local item."""
    return {each.code: each.kind for each in registry.all()}.get(standard, "")


def _nothing_left() -> Refused:
    mend = "各条记录此后均已变更、公示或撤销。"
    return Refused("import.nothing-to-undo", "本批次没有可以撤回的记录。", mend=mend)


def _effects(batch: ImportBatch) -> Any:
    rows = ImportEffect.objects.filter(batch=batch).order_by("record_id")
    return rows.values_list("record_id", "what", "version", "record__version", "record__status")


def _plan(effects: list[tuple[int, str, int, int, str]]) -> Undoing:
    plan = Undoing()
    candidates: dict[int, str] = {}
    for record_id, what, version, current, status in effects:
        if status == "revoked":
            plan.kept[record_id] = REVOKED
        elif status == "undone":
            plan.kept[record_id] = GONE
        elif version != current:
            plan.kept[record_id] = CHANGED
        else:
            candidates[record_id] = what
    hide = [pk for pk, what in candidates.items() if what != ImportEffect.What.UPDATED]
    reasons = _reasons(hide)
    plan.kept |= reasons
    plan.hidden = [pk for pk in hide if pk not in reasons]
    plan.restored = [pk for pk, what in candidates.items() if what == ImportEffect.What.UPDATED]
    return plan


def _reasons(ids: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for follower in followers.followers():
        found |= follower.may_undo(ids)
    return found


def _lock(batch: ImportBatch) -> None:
    query(
        "SELECT r.id FROM records_creditrecord r JOIN records_importeffect e ON e.record_id = r.id WHERE e.batch_id = %s "
        "ORDER BY r.id FOR UPDATE OF r",
        [batch.pk],
    )


def _restore(batch: ImportBatch) -> None:
    """Former content of changed and revived records, from the history that the trigger keeps."""
    columns = ", ".join(f"{name} = f.{name}" for name in _RESTORED.split(", "))
    chosen = ", ".join(
        f"(jsonb_populate_record(NULL::records_creditrecord, h.old)).{name}" for name in _RESTORED.split(", ")
    )
    execute(
        f"""UPDATE records_creditrecord r SET {columns}, version = r.version + 1, updated_at = now()
        FROM (SELECT DISTINCT ON (e.record_id) e.record_id, e.version, {chosen}
              FROM records_importeffect e JOIN audit_history h
                ON h.table_name = 'records_creditrecord' AND h.row_pk = e.record_id::text AND (h.old ->> 'version')::int = e.version - 1
              WHERE e.batch_id = %s AND e.what = 'u' ORDER BY e.record_id, h.id DESC) f
        WHERE r.id = f.record_id AND r.version = f.version AND r.status = 'active'""",  # noqa: S608 - names of our own columns
        [batch.pk],
    )


def _hide(ids: list[int]) -> None:
    """RECORD_MOVES: active → undone."""
    for start in range(0, len(ids), 10_000):
        execute(
            "UPDATE records_creditrecord SET status = 'undone', version = version + 1, updated_at = now() "
            "WHERE id = ANY(%s) AND status = 'active'",
            [ids[start : start + 10_000]],
        )


def _follow_back(batch: ImportBatch, plan: Undoing) -> None:
    """Registration data rule the name of a subject: with the former data comes the former name."""
    records = CreditRecord.objects.filter(pk__in=plan.restored).select_related("subject")
    for record in records.iterator(chunk_size=500):
        if not one_per_subject(record.kind):
            return
        keys = RowKeys(subject_name=record.title, decided_on=record.subject.registered_on)
        follow_document(record.subject, keys, registration=True, content=record.content)


def _close(batch: ImportBatch, plan: Undoing, reason: str, by: Actor) -> None:
    counts = {"hidden": len(plan.hidden), "restored": len(plan.restored), "kept": len(plan.kept)}
    findings.keep(batch.pk, _named(plan.kept))
    reported.forget(batch.pk)
    batch.state = State.UNDONE
    batch.progress = {
        **batch.progress,
        "undo": {**counts, "reason": reason, "by": by.actor_name, "at": findings.now_iso()},
    }
    batch.finished_at = timezone.now()
    batch.save(update_fields=["state", "progress", "finished_at"])
    audit.record(
        "records.import.undo",
        batch,
        by=by,
        after=counts,
        reason=reason,
        unit_id=batch.department_id,
        members=(plan.hidden + plan.restored)[:_MEMBERS_KEPT],
    )


def named(kept: Mapping[int, str], most: int = 0) -> list[tuple[str, str]]:
    """The kept records by document number or title, each with its reason; `most` 0 = all."""
    chosen = list(kept)[:most] if most else list(kept)
    records = CreditRecord.objects.filter(pk__in=chosen).values_list("pk", "document_number", "title")
    names = {pk: number or title for pk, number, title in records}
    return [(names.get(pk, str(pk)), kept[pk]) for pk in chosen]


def _named(kept: Mapping[int, str]) -> list[PlacedFinding]:
    return [
        PlacedFinding(finding=Finding("undo.kept", Level.WARNING, why, value=name), label="撤回时保留")
        for name, why in named(kept)
    ]

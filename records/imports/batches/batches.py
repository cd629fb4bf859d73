"""The verbs of a batch: receive a file, map its headers, cancel. Undo stands in `undo`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from credit_platform import vault
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import Department, User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict
from credit_platform.gate.guard import MAX_FILE
from credit_platform.gate.refusals import of_kept_files, refuse
from records.actions import reported
from records.identifiers.personal import removed
from records.imports.batches.engine import RUNNING
from records.imports.ledger import stage
from records.imports.reading.plan import EVERY, header_key
from records.models import CatalogueItem, HeaderMapping, ImportBatch
from records.queries.catalogue import entry_for
from records.standards.declaration import Standard
from records.standards.units import UNITS

State = ImportBatch.State
_FILE_LOCK = 0x494D46
FOLDER = "imports"


class AlreadyRunning(Conflict):
    """The same file is being imported right now; `batch_id` is the run to look at."""

    def __init__(self, batch_id: int) -> None:
        super().__init__(
            "import.running",
            f"同一文件正在导入（批次 {batch_id}），请等待其完成。",
            mend="请打开该批次查看进度。",
        )
        self.batch_id = batch_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a file is to be taken: `simulate` checks everything and enters nothing; `all_or_nothing` enters all
    rows of the file or none; `blanks` says whether an empty cell deletes; `unit` (元 or 万元) is that of amounts
    whose column names none. `parcel`: files that were sent in one go share it."""

    standard: str
    department: Department
    item: CatalogueItem | None = None
    simulate: bool = False
    all_or_nothing: bool = False
    blanks: str = ImportBatch.Blanks.KEEP
    unit: str = ""
    channel: str = ImportBatch.Channel.DESK
    parcel: UUID | None = None


def receive(pieces: Iterable[bytes], name: str, options: Options, *, by: Actor) -> ImportBatch:
    """Store an uploaded file and open its batch, in state QUEUED; nothing is read yet.

    Who may: `records.import` of the department. Raises Forbidden; Refused when the catalogue in force does not hold the item (with
    its code) or the file is too large; AlreadyRunning (409, `batch_id`) while the same file is under way for the same standard.
    """
    policy.require(by, "records.import", options.department)
    entry_for(options.standard, item=options.item, department=options.department, on=timezone.localdate())
    with of_kept_files():
        stored = vault.store(pieces, folder=FOLDER, most=MAX_FILE)
    try:
        with acting(by):
            return _open(stored, name, options, by)
    except BaseException:
        vault.remove(stored.path)
        raise


def _open(stored: vault.Stored, name: str, options: Options, by: Actor) -> ImportBatch:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_FILE_LOCK, stored.sha256])
    running = ImportBatch.objects.filter(
        sha256=stored.sha256,
        department=options.department,
        standard=options.standard,
        state__in=(*RUNNING, State.MAPPING),
    ).first()
    if running is not None:
        raise AlreadyRunning(running.pk)
    batch = ImportBatch.objects.create(
        department=options.department,
        standard=options.standard,
        item=options.item,
        channel=options.channel,
        uploaded_by=by if isinstance(by, User) else None,
        uploaded_by_name=by.actor_name[:200],
        file_name=removed(PurePath(name.replace("\\", "/").replace("\x00", "")).name)[:200],
        file_path=stored.path,
        file_size=stored.size,
        sha256=stored.sha256,
        all_or_nothing=options.all_or_nothing,
        simulate=options.simulate,
        blanks=options.blanks,
        units={EVERY: options.unit} if options.unit else {},
        parcel=options.parcel,
        received_at=timezone.now(),
        heartbeat_at=timezone.now(),
    )
    audit.record(
        "records.import.receive",
        batch,
        by=by,
        unit_id=options.department.pk,
        detail={"file": batch.file_name, "sha256": batch.sha256, "size": batch.file_size, "simulate": batch.simulate}
        | ({"blanks": batch.blanks} if batch.blanks != ImportBatch.Blanks.KEEP else {}),
    )
    return batch


def repeat_for_real(batch: ImportBatch, *, by: Actor) -> ImportBatch:
    """A batch for real of the file of a simulation, with its choices. Conflict when it was none, or the file is gone."""
    if not batch.simulate or batch.state != State.DONE:
        raise Conflict("import.not-simulated", "只有已完成的模拟导入可以转为正式导入。")
    return _again(batch, by, simulate=False, blanks=batch.blanks)


def simulate_clearing(batch: ImportBatch, *, by: Actor) -> ImportBatch:
    """A simulation of the same file in which blank means deleted: it counts by field what would be emptied, and names the rows.

    Nothing is emptied before somebody has seen that and enters the simulation for real (`repeat_for_real`). Conflict when the batch is
    not finished, cleared already, or its file is gone.
    """
    if batch.state != State.DONE or batch.blanks == ImportBatch.Blanks.CLEAR or not batch.file_path:
        raise Conflict(
            "import.not-done", "只有已完成的文件导入可以按“留空即删除”模拟。", mend="请刷新页面查看批次状态。"
        )
    return _again(batch, by, simulate=True, blanks=ImportBatch.Blanks.CLEAR)


def change_kind(batch: ImportBatch, standard: str, item: CatalogueItem, *, by: Actor) -> ImportBatch:
    """The same file as another kind of information, which its header says it is. Conflict when that was not the reason of the refusal."""
    if batch.state != State.REFUSED or standard != batch.progress.get("other"):
        raise Conflict("import.not-other-kind", "该批次不是因选错种类而未入库的。", mend="请重新选择导入内容上传。")
    options = Options(
        standard=standard,
        department=batch.department,
        item=item,
        all_or_nothing=batch.all_or_nothing,
        channel=batch.channel,
        simulate=batch.simulate,
        blanks=batch.blanks,
    )
    return _of_same_file(batch, options, by)


def _again(batch: ImportBatch, by: Actor, *, simulate: bool, blanks: str) -> ImportBatch:
    options = Options(
        standard=batch.standard,
        department=batch.department,
        item=batch.item,
        all_or_nothing=batch.all_or_nothing,
        channel=batch.channel,
        simulate=simulate,
        blanks=blanks,
    )
    made = _of_same_file(batch, options, by)
    if batch.mapping or batch.units:
        ImportBatch.objects.filter(pk=made.pk).update(mapping=batch.mapping, units=batch.units)
    return made


def _of_same_file(batch: ImportBatch, options: Options, by: Actor) -> ImportBatch:
    policy.require(by, "records.import", batch.department)
    with of_kept_files():
        data = vault.read(batch.file_path)
    return receive([data], batch.file_name, options, by=by)


def map_headers(
    batch: ImportBatch,
    answers: Mapping[str, str],
    standard: Standard,
    *,
    by: Actor,
    units: Mapping[str, str] | None = None,
) -> ImportBatch:
    """Explain unknown headers (header → field code, "" = leave out) and the units of amounts (header → 元 or 万元), remember that for the
    department, and queue the batch.

    Conflict when the batch does not wait for it; Refused when two columns were given the same field.
    """
    given = {header_key(header): code for header, code in answers.items()}
    said = {header_key(header): unit for header, unit in (units or {}).items() if unit in UNITS}
    chosen = [code for code in given.values() if code]
    if len(set(chosen)) != len(chosen):
        raise refuse("mapping", "有两列对应了同一个字段。", "每个字段只能对应一列。")
    if any(not standard.has(code) for code in chosen):
        raise refuse("mapping", "选择的字段不属于本数据标准。")
    with acting(by):
        row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        policy.require(by, "records.import", row.department)
        if row.state != State.MAPPING:
            raise Conflict("import.not-mapping", "该批次已不在等待对应表头。", mend="请刷新页面。")
        for header, code in given.items():
            HeaderMapping.objects.update_or_create(
                department_id=row.department_id,
                standard=row.standard,
                header=header,
                defaults={
                    "field": code,
                    "mapped_by": by if isinstance(by, User) else None,
                    "mapped_at": timezone.now(),
                },
            )
        _remember_units(row, said, by)
        row.mapping, row.units = row.mapping | given, row.units | said
        row.state, row.progress, row.heartbeat_at = State.QUEUED, {}, timezone.now()
        row.save(update_fields=["mapping", "units", "state", "progress", "heartbeat_at"])
        audit.record("records.import.map", row, by=by, after=given | said, unit_id=row.department_id)
    return row


def _remember_units(row: ImportBatch, said: Mapping[str, str], by: Actor) -> None:
    codes = {str(each["header"]): str(each["code"]) for each in row.progress.get("units", [])}
    author = by if isinstance(by, User) else None
    for header, unit in said.items():
        HeaderMapping.objects.update_or_create(
            department_id=row.department_id,
            standard=row.standard,
            header=header,
            defaults={"field": codes.get(header, ""), "unit": unit, "mapped_by": author, "mapped_at": timezone.now()},
        )


def cancel(batch: ImportBatch, *, by: Actor) -> ImportBatch:
    """Stop a batch that is not yet being entered. Conflict when it is, or is over."""
    with acting(by):
        try:
            with transaction.atomic():
                row = ImportBatch.objects.select_for_update(nowait=True).get(pk=batch.pk)
        except Exception as error:
            raise Conflict("import.entering", "正在入库，不能取消。", mend="完成后可以撤回整个批次。") from error
        policy.require(by, "records.import", row.department)
        if row.state not in (State.MAPPING, State.QUEUED, State.READING):
            raise Conflict("import.over", "该批次已经结束或正在入库，不能取消。", mend="请刷新页面查看结果。")
        row.state, row.finished_at = State.CANCELLED, timezone.now()
        row.save(update_fields=["state", "finished_at"])
        stage.drop(row.pk)
        reported.forget(row.pk)
        audit.record("records.import.cancel", row, by=by, unit_id=row.department_id)
    return row

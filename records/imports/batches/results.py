"""What people get back: findings grouped, the workbook of bad rows, the receipt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.web.export import Column
from records.imports.ledger.closing import labels_of
from records.imports.reading.checking import open_row
from records.models import CatalogueEntry, CatalogueItem, ImportBatch, ImportFinding
from records.queries.catalogue import LOCAL, entries_for, standard_for
from records.standards import registry, template
from records.standards.apart import RULES
from records.standards.declaration import Standard

RECEIPT = (
    Column("工作表", "sheet"),
    Column("行号", lambda row: row.row or "文件"),
    Column("列", "column"),
    Column("字段", lambda row: row.label or row.field),
    Column("填写值", "value", 30),
    Column("级别", lambda row: row.get_level_display()),
    Column("问题", "text", 50),
    Column("如何修改", "mend", 40),
    Column("规则", "rule"),
)


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of finding: how often, where first, and in whose words."""

    level: str
    rule: str
    field: str
    label: str
    text: str
    mend: str
    rows: int
    first: int


def standard_of_batch(batch: ImportBatch) -> Standard:
    """The standard of a batch, by its code, or by its local item in the latest edition of the catalogue that has it."""
    if batch.standard in {each.code for each in registry.all()}:
        return registry.get(batch.standard)
    entries = (
        CatalogueEntry.objects.filter(standard=LOCAL).select_related("item", "version").order_by("-version__valid_from")
    )
    item: CatalogueItem | None = batch.item
    entry = entries.filter(item=item).first() if item else entries.first()
    if entry is None:
        raise KeyError(batch.standard)
    return standard_for(entry)


def batches_of(user: User) -> QuerySet[ImportBatch]:
    """The batches that a person may look at: of the own department, or all for the credit office."""
    rows = ImportBatch.objects.select_related("department", "item")
    if "credit_office" in user.roles:
        return rows
    return rows.filter(department_id=user.department_id or 0)


def groups(batch: ImportBatch) -> list[Group]:
    """Findings by rule and field, errors first, the most frequent first."""
    found = (
        ImportFinding.objects.filter(batch=batch)
        .values("level", "rule", "field", "label")
        .annotate(text=Min("text"), mend=Min("mend"), rows=Count("id"), first=Min("row"))
        .order_by("level", "-rows", "rule")
    )
    return [Group(**row) for row in found]


def other_kinds(batch: ImportBatch) -> list[CatalogueEntry]:
    """Under which items of the catalogue of today the department may import a file that follows another standard than the chosen one."""
    other = batch.progress.get("other")
    if batch.state != ImportBatch.State.REFUSED or other not in {each.code for each in registry.all()}:
        return []
    wanted = registry.get(other)
    entries = entries_for(batch.department, timezone.localdate())
    return [entry for entry in entries if entry.standard in (wanted.code, wanted.accepted_as)]


def left_out(batch: ImportBatch) -> list[tuple[str, int]]:
    """Field by field, how many records hold what the file leaves out: kept, or emptied where blank means deleted."""
    counts = batch.progress.get("left_out") or {}
    labels = labels_of(standard_of_batch(batch)) if counts else {}
    return sorted(
        ((labels[code], count) for code, count in counts.items() if code in labels), key=lambda each: -each[1]
    )


def error_workbook(batch: ImportBatch, *, by: Actor) -> bytes:
    """The refused rows in the template of the standard, each with its reasons: to be mended and sent again.

    They hold what the department sent, personal numbers too, so the department alone gets them and it is audited.
    """
    policy.require(by, "records.import", batch.department)
    with acting(by):
        audit.record(
            "records.import.rejects", batch, by=by, unit_id=batch.department_id, detail={"rows": batch.rejected}
        )
    reasons = _reasons(batch)
    rows, texts = [], []
    for reject in batch.rejects.order_by("id").iterator(chunk_size=2000):
        rows.append(open_row(reject))
        texts.append(reasons.get((reject.sheet, reject.row), ""))
    return template.build_error_workbook(standard_of_batch(batch), rows, texts, timezone.localdate())


def receipt_rows(batch: ImportBatch) -> Iterator[ImportFinding]:
    """All findings in the order of the file, for the receipt (回执)."""
    return batch.findings.order_by("row", "id").iterator(chunk_size=2000)


def receipt_name(batch: ImportBatch) -> str:
    """The name of the receipt: that of the file with _回执."""
    stem = batch.file_name.rsplit(".", 1)[0] or f"批次{batch.pk}"
    return f"{stem}_回执"


def _reasons(batch: ImportBatch) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for each in (
        batch.findings.filter(Q(level="error") | Q(rule__startswith=RULES), row__gt=0)
        .order_by("id")
        .iterator(chunk_size=2000)
    ):
        found[each.sheet, each.row].append(each.text + each.mend)
    return {
        place: " ".join(f"{number}. {text}" for number, text in enumerate(texts, 1)) for place, texts in found.items()
    }

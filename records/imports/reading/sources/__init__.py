"""A file opened against a standard: what it holds, what is unclear about its columns, and its rows one by one."""

from __future__ import annotations

from credit_platform.errors import Refused
from credit_platform.gate.kinds import Kind
from credit_platform.gate.refusals import FileRefused, refuse
from credit_platform.gate.table import Table
from records.imports.reading.plan import Known
from records.imports.reading.sources.base import Row, Source
from records.imports.reading.sources.objects import JsonRow, JsonSource
from records.imports.reading.sources.tables import OtherKind, TableRow, TableSource
from records.models import CatalogueEntry, HeaderMapping, ImportBatch
from records.queries.catalogue import LOCAL, standard_for
from records.standards import registry
from records.standards.declaration import Standard

__all__ = [
    "JsonRow",
    "JsonSource",
    "OtherKind",
    "Row",
    "Source",
    "TableRow",
    "TableSource",
    "known",
    "nothing_in_it",
    "open_source",
    "standard_of",
]


def standard_of(code: str, entry: CatalogueEntry) -> Standard:
    """The standard a file is read by: the declared one (old layouts too), or the list of fields of a local item. Refused when the item
    is filled in another standard."""
    if entry.standard == LOCAL or code not in {each.code for each in registry.all()}:
        return standard_for(entry)
    declared = registry.get(code)
    if entry.standard not in (declared.code, declared.accepted_as):
        raise Refused(
            "catalogue.other-standard",
            f"目录事项 {entry.item.code} 不使用数据标准“{declared.name}”。",
            mend=f"请按“{standard_for(entry).name}”报送，或核对目录事项。",
        )
    return declared


def open_source(table: Table, standard: Standard, batch: ImportBatch) -> Source:
    """Look at a file for a batch, with what its department mapped by hand before. FileRefused when it cannot be read."""
    if table.kind is Kind.JSON:
        return JsonSource(table, standard)
    return TableSource(table, standard, known(batch))


def known(batch: ImportBatch) -> Known:
    """What the department once said about headers and units, and what was said for this batch."""
    rows = HeaderMapping.objects.filter(department_id=batch.department_id, standard=batch.standard)
    fields = dict(rows.values_list("header", "field")) | dict(batch.mapping)
    units = dict(rows.exclude(unit="").values_list("header", "unit")) | dict(batch.units)
    return Known(fields, units)


def nothing_in_it() -> FileRefused:
    """The refusal of a table without data rows."""
    return refuse("no-rows", "文件里没有数据行。", "请在表头下面填写数据后重新上传。")

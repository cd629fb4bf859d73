"""The door to which the importer brings the rows of published lists (`records.doors`)."""

from __future__ import annotations

from credit_platform import pg
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.errors import Refused
from records.imports.ledger.apply import Outcome, Target
from sanctions.filed import rules
from sanctions.filed.actions.taking import Taking
from sanctions.filed.models import FiledPublication, FiledRow
from sanctions.filed.rules import RowState

S = RowState


class FiledDoor:
    """The door of the kind `list-filed`."""

    takes_pushes = False

    def enter(self, target: Target, *, by: Actor) -> Outcome:
        """Take the staged rows in. Refused as a whole without a confirmed publication of the standard in the department."""
        return Taking(target, publication_of(target), by).go()

    def take_back(self, batch_id: int, *, by: Actor) -> int:
        """What the batch brought first and nobody has built on: rows that wait, and rows whose entry was taken back with the batch."""
        rows = FiledRow.objects.filter(first_batch=batch_id).exclude(state__in=[S.UNDONE.value, S.ENDED.value])
        gone = rows.filter(record__isnull=True) | rows.filter(record__status="undone")
        ids = list(gone.values_list("pk", flat=True))
        pg.update_rows(
            "sanctions_filedrow", [("id", "bigint"), ("state", "text")], [(pk, S.UNDONE.value) for pk in ids]
        )
        if ids:
            audit.record(
                "sanctions.filed.undo", by=by, members=ids[:1000], detail={"batch": batch_id, "rows": len(ids)}
            )
        return len(ids)


def publication_of(target: Target) -> FiledPublication:
    """The confirmed publication whose files a department sends in a standard, locked."""
    found = FiledPublication.objects.taking(target.department, target.standard.code).select_for_update().first()
    if found is None:
        raise Refused(
            "filed.publication",
            f"没有已确认的“{target.standard.name}”，文件不能接收。",
            mend="请先在“公布名单”中登记公布机关、文书号和公布日期，由另一人确认后再导入。",
            article=rules.ARTICLE,
        )
    return found

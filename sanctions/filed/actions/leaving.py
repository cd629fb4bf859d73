"""What a full list no longer names: a person looks at the source, and either the entry ends or the missing line was a mistake."""

from __future__ import annotations

from django.utils import timezone

from credit_platform.accounts.models import User
from credit_platform.errors import Conflict, refuse, required
from sanctions.filed.actions.publications import DECIDE, HANDLE
from sanctions.filed.actions.rows import allowed, row_step
from sanctions.filed.models import FiledRow
from sanctions.lists.actions import Ending, end
from sanctions.lists.models import ListEntry
from sanctions.lists.rules import Way


def release(row: FiledRow, *, document: str, reason: str, by: User, version: str | None = None) -> FiledRow:
    """The source has taken the subject off its list: the entry ends today, with the source's document.

    Reviewers of the department, from ENTERED and REVIEW, for rows that a full list left out. Refused without document or reason.
    """
    on = timezone.localdate()
    with row_step(row, "release", DECIDE, by=by, version=version) as at:
        allowed(at.row, "release")
        _left_out(at.row)
        refuse(
            [
                *required(
                    document, "document", "请填写来源单位移出的文书号或者公告标题。", rule="filed.document", most=128
                ),
                *required(reason, "reason", "请写明核实的情况。", rule="filed.reason", most=300),
            ]
        )
        entry = ListEntry.objects.filter(record=at.row.record, ended_on__isnull=True).first()
        if entry is not None:
            ending = Ending(way=Way.SOURCE, on=max(on, entry.entered_on), document=document.strip(), why=reason.strip())
            end(entry, ending, by=by)
        at.reason, at.row.missing_since, at.row.why = reason.strip(), None, ""
        at.detail = {"document": document.strip()}
    return at.row


def keep(row: FiledRow, *, reason: str, by: User, version: str | None = None) -> FiledRow:
    """The subject is still on the source's list, its line was missing by mistake: the row stands as it did.

    Clerks and reviewers of the department. Refused without a reason; Conflict when the row is not one that was left out.
    """
    with row_step(row, "", HANDLE, by=by, version=version) as at:
        _left_out(at.row)
        refuse(required(reason, "reason", "请写明核实的情况。", rule="filed.reason", most=300))
        at.reason, at.row.missing_since = reason.strip(), None
    return at.row


def _left_out(row: FiledRow) -> None:
    if row.missing_since is None:
        raise Conflict("filed.not-left-out", "该条目仍在来源名单中，不需要办理。", mend="请刷新页面查看最新状态。")

"""A complaint, or a report of a violation, that somebody brings to the desk: one row through the very door of files and interfaces."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import Department, User
from credit_platform.errors import Finding, Level, Refused, at_field
from records.actions.entry import refused
from records.identifiers import docnumber
from records.imports.batches.push import RowOutcome, push_rows
from records.models import ImportBatch
from records.queries.context import row_context
from records.standards.compile import Validator
from supervision.complaints.models import Complaint, ViolationReport
from supervision.complaints.standard import COMPLAINTS, NUMBER

PERMISSION = "records.import"


def enter(raw: Mapping[str, str], *, by: User, department: Department, key: str) -> Complaint | ViolationReport:
    """Take in one 投诉 or 举报 as it was typed, or bring one on that is known by its number; what it has become of.

    `raw`: field code of the standard → as typed; `key`: one for each form that was opened, so that a second click takes nothing in twice.
    Who: `records.import` of the department. Refused with everything that stands against the row, before anything of it is kept; and for a
    number that another department has brought. Source: 市场监督管理投诉举报处理暂行办法 (总局令第20号) arts. 3, 14.
    """
    policy.require(by, PERMISSION, department)
    result = Validator(COMPLAINTS).validate_row(raw, row_context(timezone.localdate()))
    if not result.ok:
        raise refused(result)
    typed = {code: value for code, value in raw.items() if value}
    sent = push_rows(COMPLAINTS.code, [typed], by=by, department=department, key=key, channel=ImportBatch.Channel.DESK)
    if not sent.rows[0].ok:
        found = _findings(sent.rows[0])
        raise Refused(found[0].rule, found[0].text, mend=found[0].mend, findings=found)
    number = docnumber.key(raw[NUMBER])
    report = ViolationReport.objects.filter(number_key=number).first()
    return report or Complaint.objects.get(number_key=number)


def _findings(row: RowOutcome) -> list[Finding]:
    """The errors of an answer to a push, as findings again."""
    return [
        at_field(each["rule"], each["field"], each["text"], mend=each["mend"], article=each["article"])
        for each in row.findings
        if each["level"] == Level.ERROR
    ]

"""The result of a visit as a record of the ledger: XZJC, one for each authority and visit (`act-inspection`)."""

from __future__ import annotations

from casework.actions.outcomes import enter_outcome
from credit_platform.accounts.models import User
from records.models import CreditRecord
from supervision.inspections.visits.models import FollowUp, VisitCase, VisitItem
from supervision.inspections.visits.rules.follow_ups import OUTCOME_LABELS, Outcome
from supervision.inspections.visits.rules.results import PROBLEMS, RESULT_LABELS, Result

STANDARD = "act-inspection"
BASIS = "《政府信息公开条例》第二十条"


def enter_result(row: VisitCase, *, by: User, again: bool = False) -> CreditRecord:
    """Enter the reviewed result under its document and the day of the review; `again` corrects it with what followed.

    Names of inspectors stay inside."""
    case = row.case
    items = list(row.items.select_related("item"))
    team = [each for each in (row.first_inspector, row.second_inspector) if each]
    roles = {
        "document_name": "检查结果告知书",
        "document_number": case.document_number,
        "decided_on": case.decided_on.isoformat() if case.decided_on else "",
        "title": "、".join(each.item.name for each in items)[:200],
        "content": _content(items),
        "visibility": "社会公开",
    }
    given = {
        "JC_YJ": BASIS,
        "JC_RWBH": row.object.task.number if row.object else "",
        "JC_JCLX": row.kind_label,
        "JC_JCSX": "；".join(each.item.name for each in items),
        "JC_JCRY": "、".join(each.name for each in team),
        "JC_ZFZH": "、".join(each.card_number for each in team),
        "JC_JCRQ": row.ended_on.isoformat() if row.ended_on else "",
        "JC_JG_LX": RESULT_LABELS[Result(row.result)],
        "JC_CL": _handled(row, Outcome.LISTED, Outcome.FILED, Outcome.TRANSFERRED, Outcome.DROPPED),
        "JC_FCJG": _handled(row, Outcome.CORRECTED, Outcome.UNCORRECTED),
        "JC_BMLH": "是" if row.object and row.object.task.parts.count() > 1 else "否",
    }
    return enter_outcome(
        STANDARD, subject=row.subject, department=case.department, given=given, roles=roles, by=by, again=again
    )


def _content(items: list[VisitItem]) -> str:
    lines = (
        f"{each.item.name}：{RESULT_LABELS[each.as_result]}{f'（{each.finding}）' if each.as_result in PROBLEMS else ''}"
        for each in items
    )
    return "；".join(lines)[:4000]


def _handled(row: VisitCase, *outcomes: Outcome) -> str:
    ended: list[FollowUp] = list(row.follow_ups.filter(outcome__in=[each.value for each in outcomes]))
    return "；".join(
        f"{OUTCOME_LABELS[Outcome(each.outcome)]}{f'（{each.document}）' if each.document else ''}" for each in ended
    )

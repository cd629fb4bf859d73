"""A subject takes its own file home: at a window, after it asked for itself (个人信息保护法 art. 45)."""

from __future__ import annotations

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Forbidden
from lookups.actions.asking import ASK, answered
from lookups.models import Query
from lookups.queries.copies import Line, copy_of
from lookups.queries.sheet import WHOLE, sheet_of
from lookups.queries.visits import open_query
from lookups.rules.questions import Authority
from records.queries import canonical


def hand_copy(query: Query, *, by: User) -> list[Line]:
    """The whole file of who asked for itself; its number of results and the handing over are written down before it is handed out.

    Who: the clerk who asked, within the half hour of the query. Forbidden else, and for whoever asked under an authorisation or a duty: a
    copy is the subject's alone.
    """
    policy.require(by, ASK)
    row = open_query(query.number, by)
    if row is None or row.subject is None or row.authority != Authority.OWN:
        raise Forbidden("lookups.copy", "信息副本只交给本人（本单位）。", mend="请先以“本人（本单位）申请”登记查询。")
    today = timezone.localdate()
    sheet = sheet_of(row, canonical(row.subject), today, WHOLE)
    lines = copy_of(row, sheet, today)
    answered(row, sheet.results)
    with acting(by):
        audit.record("lookups.copy", row, by=by, detail={"lines": len(lines)}, unit_id=by.department_id)
    return lines

"""询问理由: who was looked at asks why. The question stands in the auditors' queue, and their answer goes back to who asked."""

from __future__ import annotations

from django.utils import timezone

from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, refuse, required
from lookups.models import Finding, Query
from lookups.queries.telling import told_of
from lookups.rules.reviewing import Ground
from records.models import Subject
from records.queries import merged_with

ASK_WHY = "lookups.ask_why"


def ask_why(query: Query, *, text: str, by: CompanyAccount) -> Finding:
    """The company asks why it was looked at (个人信息保护法 art. 44, by analogy). Who: the account of that very subject.

    Refused without words; Forbidden for a query of somebody else, or one that is not told yet; Conflict when it was asked before.
    """
    return _asked(query, canonical_subject(by), text, by)


def ask_why_for(query: Query, visitor: Query, *, text: str, by: User) -> Finding:
    """The same for a visitor at the window, whose own query `visitor` proved who he is. Who: window, credit office."""
    if visitor.subject is None or not Query.objects.open_to(by, timezone.now()).filter(pk=visitor.pk).exists():
        raise Forbidden("lookups.visitor", "请先为来访人登记查询。")
    return _asked(query, visitor.subject, text, by)


def _asked(query: Query, subject: Subject, text: str, by: CompanyAccount | User) -> Finding:
    refuse(required(text, "text", "请写明需要说明的问题。", rule="lookups.text", most=500))
    with acting(by):
        policy.require(by, ASK_WHY)
        if not told_of(merged_with(subject), timezone.localdate()).filter(pk=query.pk).exists():
            raise Forbidden("lookups.other-subject", "只能询问查询本单位（本人）信息的理由。")
        Query.objects.select_for_update().get(pk=query.pk)
        if query.findings.filter(ground=Ground.ASKED.value).exists():
            raise Conflict("lookups.asked", "这次查询已经询问过理由。")
        row = Finding.objects.create(query=query, ground=Ground.ASKED.value, question=text.strip())
        audit.record(ASK_WHY, row, by=by, after={"query": query.number}, unit_id=query.department_id)
    return row

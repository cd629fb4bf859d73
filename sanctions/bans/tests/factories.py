"""Bans, one factory a state."""

from __future__ import annotations

from datetime import date

from casework.models import Case
from casework.rules.attachments import AttachedFile
from credit_platform.accounts.models import User
from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory
from records.tests.factories import SubjectFactory
from sanctions.bans import actions
from sanctions.bans.actions import Banned
from sanctions.bans.rules import Scope
from sanctions.measures.tests.factories import FieldFactory

TODAY = date(2026, 11, 23)
PDF = AttachedFile("处罚决定书.pdf", b"%PDF-1.4 tested")


def banned(**more) -> Banned:
    """Two years out of government procurement."""
    given = {
        "scope": Scope.MARKET,
        "fields": ["procurement"],
        "words": "二年内禁止参加政府采购活动。",
        "basis": "《政府采购法》第七十七条",
        "document_number": "示财罚〔2026〕1号",
        "decided_on": date(2026, 11, 2),
        "starts_on": date(2026, 11, 3),
        "until": date(2028, 11, 2),
    }
    return Banned(**given | more)


def registered(told: Banned | None = None, by: User | None = None, **more) -> Case:
    FieldFactory()
    department = more.pop("department", None) or DepartmentFactory()
    by = by or ClerkFactory(department=department)
    subject = more.pop("subject", None) or SubjectFactory()
    return actions.register(
        subject, told or banned(), department=department, by=by, proof=more.pop("proof", [PDF]), **more
    )


def take(case: Case, verb: str, by: User | None = None, **more) -> Case:
    """Carry a case one step on, by a reviewer of its department."""
    by = by or ReviewerFactory(department=case.department)
    if verb == "refuse":
        return actions.refuse_ban(case, **{"reason": "与决定书不符。", "by": by} | more)
    if verb == "lift":
        return actions.lift(case, **{"document": "示财撤〔2026〕1号", "reason": "处罚决定已撤销。", "by": by} | more)
    return actions.confirm(case, by=by, **more)


def case_in(state: str, case: Case | None = None) -> Case:
    """A ban in a state."""
    case = case or registered()
    for verb in {"registered": (), "standing": ("confirm",), "lifted": ("confirm", "lift"), "refused": ("refuse",)}[
        state
    ]:
        case = take(case, verb)
    return case

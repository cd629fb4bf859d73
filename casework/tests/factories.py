"""Cases of the toy procedure, one factory a state: each brought there by its real steps."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from casework.models import Case
from casework.rules.attachments import AttachedFile
from casework.tests.toy import procedure as toy
from companies.tests.factories import ActiveFactory
from credit_platform.accounts.models import Department, User
from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory
from records.models import CatalogueEntry
from records.tests import factories as ledger

TODAY = date(2026, 11, 23)
PDF = AttachedFile("回证.pdf", b"%PDF-1.4 tested")
WAYS = {
    "begun": (),
    "told": ("notify",),
    "open": ("notify", "serve"),
    "heard": ("notify", "serve", "hear"),
    "done": ("notify", "serve", "hear", "decide"),
    "dropped": ("dismiss",),
}


def catalogue() -> None:
    """The item that the toy's outcome is entered under."""
    ledger.CatalogueEntryFactory(
        item=ledger.CatalogueItemFactory(code="XZQR", name="行政确认"),
        standard="act-confirmation",
        publication=CatalogueEntry.Publication.ON_ENTRY,
    )


def begun(department: Department | None = None, by: User | None = None, **more) -> Case:
    department = department or DepartmentFactory()
    by = by or ClerkFactory(department=department)
    subject = more.pop("subject", None) or ledger.SubjectFactory()
    return toy.begin(subject, department=department, facts="经查属实。", by=by, **more)


def take(case: Case, verb: str, by: User | None = None, **more) -> Case:
    """Carry a case one step on, by the person whom it falls to."""
    handler = case.drafted_by or ClerkFactory(department=case.department)
    given = {
        "notify": lambda: {"by": handler, "notice": "告知事实、依据和权利。"},
        "serve": lambda: {"by": handler, "how": "直接送达", "proof": [PDF], "on": timezone.localdate()},
        "hear": lambda: {"by": handler, "statement": "已经改正。", "on": timezone.localdate()},
        "respond": lambda: {"by": ActiveFactory(subject=case.subject), "statement": "已经改正。"},
        "decide": lambda: {
            "by": ReviewerFactory(department=case.department),
            "document_number": f"示提决〔2026〕{case.pk}号",
            "reasons": "事实清楚。",
            "considered": "不予采纳。",
        },
        "dismiss": lambda: {"by": ReviewerFactory(department=case.department), "reason": "核实无此事。"},
    }[verb]() | more
    if by is not None:
        given["by"] = by
    return getattr(toy, verb)(case, **given)


def case_in(state: str, **more) -> Case:
    case = begun(**more)
    for verb in WAYS[state]:
        case = take(case, verb)
    return case

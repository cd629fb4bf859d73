"""Cases of correction for tests: brought to a state by their real steps; everything made up."""

from __future__ import annotations

from datetime import date, timedelta

from casework.models import Case
from casework.rules.attachments import AttachedFile
from companies.tests.factories import ActiveFactory
from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory
from credit_platform.workdays.queries import calendar
from records.models import CreditRecord
from records.tests.factories import CreditRecordFactory
from sanctions.corrections import actions

BEGUN = date(2026, 9, 1)
PDF = AttachedFile("签字.pdf", b"%PDF-1.4\n%%EOF\n")
FACTS, DEMANDS = "销售的三批食品没有进货查验记录。", "补齐进货查验制度和记录；到店复查。"
WAYS = {
    "drafted": (),
    "ordered": ("order",),
    "served": ("order", "serve"),
    "corrected": ("order", "serve", "pass"),
    "failing": ("order", "serve", "fail"),
    "invited": ("order", "serve", "fail", "invite"),
    "interviewed": ("order", "serve", "fail", "invite", "interview"),
    "settled": ("order", "serve", "fail", "invite", "interview", "settle"),
    "unsettled": ("order", "serve", "fail", "invite", "interview", "persist"),
    "dismissed": ("dismiss",),
    "annulled": ("order", "serve", "fail", "invite", "interview", "annul"),
}


def finding(**more) -> CreditRecord:
    """A penalty that a department brought."""
    department = more.pop("department", None) or DepartmentFactory()
    given = {
        "kind": "penalty",
        "source_department": department,
        "title": "未按规定进货查验",
        "decided_on": date(2026, 8, 3),
    }
    return CreditRecordFactory(**given | more)


def drafted(record: CreditRecord | None = None, **more) -> Case:
    """A case that a clerk has begun."""
    record = record or finding(**more)
    by = ClerkFactory(department=record.source_department)
    return actions.open_correction(record, facts=FACTS, demands=DEMANDS, by=by, on=BEGUN)


def take(case: Case, verb: str, *, by=None, on: date | None = None) -> Case:
    """One real step, by a reviewer of the department, on the first day on which it may be."""
    case.refresh_from_db()
    case = Case.objects.select_related("department", "subject").get(pk=case.pk)
    by = by or ReviewerFactory(department=case.department)
    on = on or case.moved_on
    if verb == "order":
        return actions.order(case, notice="请在期限内整改。", days=5, order_number="示改〔2026〕1号", by=by, on=on)
    if verb == "serve":
        return actions.serve(case, how="直接送达", on=on, proof=[PDF], by=by)
    if verb == "respond":
        account = ActiveFactory(subject=case.subject)
        return actions.respond(case, statement="已补齐记录。", by=account)
    if verb in ("pass", "settle"):
        act = actions.passed if verb == "pass" else actions.settle
        return act(case, recheck="到店复查，记录齐全。", by=by, on=on)
    if verb == "fail":
        until = case.hearing.until if hasattr(case, "hearing") and case.hearing.until else on
        return actions.failed(case, recheck="到店复查，仍无记录。", by=by, on=max(on, until + timedelta(days=1)))
    if verb == "persist":
        promised = case.own.promised_by or on
        return actions.persist(case, recheck="仍无记录，移送认定。", by=by, on=max(on, promised + timedelta(days=1)))
    if verb == "invite":
        talk_on = calendar().due_on(on, 3)
        given = {"document_number": f"示约〔2026〕{case.pk}号", "talk_on": talk_on, "talk_at": "示例局会议室"}
        return actions.invite(case, by=by, on=on, **given)
    if verb == "interview":
        return _talk(case, by, max(on, case.own.talk_on or on))
    if verb == "absent":
        return actions.absent(case, reason="未到场，电话无人接听。", by=by, on=max(on, case.own.talk_on or on))
    act = actions.dismiss if verb == "dismiss" else actions.annul
    return act(case, reason="认定有误。", by=by, on=on)


def _talk(case: Case, by, on: date) -> Case:
    return actions.interview(
        case, attended="法定代表人赵某某", minutes="问：为何没有整改？答：将补齐。", promise="补齐进货查验记录。", days=5, on=on,
        by=by, attachments=[PDF],
    )  # fmt: skip


def case_in(state: str, **more) -> Case:
    """A case in a state."""
    case = drafted(**more)
    for verb in WAYS[state]:
        case = take(case, verb)
    return case

"""Objections of the demonstration city, in the states that its pages must show; through the real actions on the settable clock."""

from __future__ import annotations

from datetime import date
from itertools import cycle

from django.utils import timezone

from casework import disputes
from casework.models import Case
from casework.rules.attachments import AttachedFile
from casework.rules.clocks import late_since
from casework.rules.disputes import About
from companies.models import CompanyAccount
from credit_platform.accounts.models import User
from credit_platform.demo import clock
from credit_platform.workdays.queries import calendar
from disclosure.models import Disclosure
from objections import actions
from objections.models import ITEM
from objections.rules.outcomes import Outcome, Verified

PROOF = AttachedFile("说明材料.pdf", b"%PDF-1.4\n% made up for the demonstration\n%%EOF\n")
CLAIMS = (
    ("决定书写的事由与公示内容不一致。", "附决定书复印件，请核对。", ("accept", "forward", "answer", "decide")),
    ("当事人已经更名。", "附登记机关的变更通知书。", ("accept", "forward", "answer")),
    ("处罚内容多写了一项。", "附决定书复印件。", ("accept", "forward")),
    ("公示的日期有误。", "附送达回证。", ("ask",)),
    ("公示的内容与原件不符。", "请核实。", ()),
)


def load_objections(today: date) -> int:
    """Five objections to penalties of the market bureau, taken in at the window or filed by the company; how many."""
    bureau = User.objects.get(username="scjgj_lr").department
    rows = Disclosure.objects.of_department(bureau.pk if bureau else None)
    items = list(rows.filter(state="published", kind="penalty").order_by("-published_on", "-pk")[: len(CLAIMS)])
    for item, (claimed, grounds, verbs) in zip(cycle(items), CLAIMS, strict=False):
        _one(item, claimed, grounds, verbs, today)
    return len(CLAIMS)


def _one(item: Disclosure, claimed: str, grounds: str, verbs: tuple[str, ...], today: date) -> None:
    steps = len(verbs) + 1
    days = [late_since(calendar(), today, back) for back in range(steps, 0, -1)]
    window = User.objects.get(username="ckry")
    account = CompanyAccount.objects.active().filter(subject=item.subject).first()
    with clock.at(max(days[0], item.published_on or days[0]), 9, 20):
        disputed = disputes.find(ITEM, item.public_id, timezone.localdate())
        assert disputed is not None, item
        case = actions.file(
            disputed,
            about=About.CONTENT,
            field=sorted(item.shown)[0],
            claimed=claimed,
            grounds=grounds,
            evidence=[PROOF],
            by=account or window,
        )
    for day, verb in zip(days[1:], verbs, strict=True):
        with clock.at(max(day, item.published_on or day), 10, 10):
            case = _step(case, verb)


def _step(case: Case, verb: str) -> Case:
    office, second = User.objects.get(username="xyb"), User.objects.get(username="xyb2")
    clerk = User.objects.get(username="scjgj_lr")
    if verb == "accept":
        return actions.accept(case, by=office)
    if verb == "forward":
        return actions.forward(case, by=office)
    if verb == "ask":
        return actions.ask(case, papers="请提供决定书原件。", by=office)
    if verb == "answer":
        return actions.answer(case, finding=Verified.RIGHT, text="经调阅案卷，公示内容与决定书一致。", by=clerk)
    return actions.decide(case, outcome=Outcome.UPHELD, answer="经核实，公示内容与决定书一致，予以维持。", by=second)

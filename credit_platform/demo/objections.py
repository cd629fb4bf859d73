"""Objections of the demonstration city, in the states that its pages must show; through the real actions on the settable clock."""

from __future__ import annotations

from datetime import date, timedelta
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
from credit_platform.web.once import version_of
from credit_platform.workdays.queries import calendar
from disclosure.models import Disclosure
from objections import actions
from objections.models import ITEM, Objection
from objections.rules.claims import Capacity, Outsider
from objections.rules.contests import ContestKind
from objections.rules.outcomes import Outcome, Verified
from records.actions.changes import edit

PROOF = AttachedFile("说明材料.pdf", b"%PDF-1.4\n% made up for the demonstration\n%%EOF\n")
CLAIMS = (
    ("决定书写的事由与公示内容不一致。", "附决定书复印件，请核对。", ("accept", "forward", "answer", "decide")),
    ("当事人已经更名。", "附登记机关的变更通知书。", ("accept", "forward", "answer")),
    ("处罚内容多写了一项。", "附决定书复印件。", ("accept", "forward")),
    ("公示的日期有误。", "附送达回证。", ("ask",)),
    ("公示的内容与原件不符。", "请核实。", ()),
)


def load_objections(today: date) -> int:
    """Objections to penalties of the market bureau: taken in at the window, filed by the company, lodged without an account; how many."""
    bureau = User.objects.get(username="scjgj_lr").department
    rows = Disclosure.objects.of_department(bureau.pk if bureau else None)
    items = list(rows.filter(state="published", kind="penalty").order_by("-published_on", "-pk")[: len(CLAIMS)])
    for item, (claimed, grounds, verbs) in zip(cycle(items), CLAIMS, strict=False):
        _one(item, claimed, grounds, verbs, today)
    others = list(rows.filter(state="published", kind="penalty", marks=[]).order_by("-published_on", "-pk")[:3])
    for item, build in zip(cycle(others or items), (_unclear, _corrected, _lodged_and_contested), strict=False):
        build(item, today)
    return Objection.objects.count()


def _unclear(item: Disclosure, today: date) -> None:
    """What nobody could verify: both sides' words stand on its page."""
    case = _brought_to_answer(item, today, "违法行为发生的地点有误。", Verified.UNCLEAR, "案卷没有记载，无法核实。")
    second = User.objects.get(username="xyb2")
    with clock.at(today, 8, 40):
        note = "信息提供单位的案卷没有记载违法行为发生的地点，未能核实。"
        answer = "案卷没有记载，未能核实，双方的说法一并公示。"
        actions.decide(case, outcome=Outcome.UNCLEAR, answer=answer, public_note=note, by=second)


def _corrected(item: Disclosure, today: date) -> None:
    """A wrong value that the bureau has corrected: the page tells what was said before."""
    case = _brought_to_answer(item, today, "处罚内容漏写了缴款方式。", Verified.WRONG, "经查确有遗漏，记录已补正。")
    clerk, second = User.objects.get(username="scjgj_lr"), User.objects.get(username="xyb2")
    record = Disclosure.objects.select_related("record").get(pk=item.pk).record
    with clock.at(today, 8, 45):
        content = dict(record.content) | {"CF_NR": f"{record.content['CF_NR']}（缴至指定账户）"}
        edit(record, content, by=clerk, version=version_of(record))
        actions.decide(case, outcome=Outcome.CORRECTED, answer="经核实确有遗漏，已更正。", by=second)


def _brought_to_answer(item: Disclosure, today: date, claimed: str, finding: Verified, text: str) -> Case:
    case = _one(item, claimed, "附决定书复印件。", ("accept", "forward"), today)
    with clock.at(today, 8, 30):
        return actions.answer(case, finding=finding, text=text, by=User.objects.get(username="scjgj_lr"))


def _lodged_and_contested(item: Disclosure, today: date) -> None:
    """Somebody without an account whose papers are to be looked at, and a lawsuit about the same decision."""
    with clock.at(today, 8, 50):
        disputed = disputes.find(ITEM, item.public_id, today)
        assert disputed is not None, item
        who = Outsider("赵某某", "13800000000", Capacity.AGENT)
        claimed, grounds = "公示期应当早已届满。", "附送达回证。"
        actions.lodge(disputed, who=who, about=About.PERIOD, claimed=claimed, grounds=grounds, papers=[PROOF])
        clerk = User.objects.get(username="scjgj_lr")
        begun_on = max(item.decided_on, today - timedelta(days=5))
        body, number = "哈尔滨示例区人民法院", "（2026）黑示行初1号"
        actions.enter_contest(item, kind=ContestKind.LAWSUIT, body=body, number=number, begun_on=begun_on, by=clerk)


def _one(item: Disclosure, claimed: str, grounds: str, verbs: tuple[str, ...], today: date) -> Case:
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
    return case


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

"""Repairs of the demonstration city, in the states that its pages must show; through the real actions on the settable clock."""

from __future__ import annotations

from datetime import date, timedelta

from casework.models import Case
from casework.rules.attachments import AttachedFile
from casework.rules.clocks import late_since
from credit_platform.accounts.models import User
from credit_platform.demo import clock
from credit_platform.workdays.queries import calendar
from disclosure.models import Disclosure
from repair import actions
from repair.actions import Application
from repair.rules.handling import Ruling, Word
from repair.rules.procedure import Finding, Way

PROOF = AttachedFile("缴款凭证.pdf", b"%PDF-1.4\n% made up for the demonstration\n%%EOF\n")
LETTER = AttachedFile("信用承诺书.pdf", b"%PDF-1.4\n% made up for the demonstration, signed\n%%EOF\n")
TO_REVIEW = ("accept", "verify", "review")
COURSES: tuple[tuple[Way, tuple[str, ...]], ...] = (
    (Way.ORDINARY, (*TO_REVIEW, "grant")),
    (Way.ORDINARY, TO_REVIEW),
    (Way.ORDINARY, ("accept", "verify")),
    (Way.ORDINARY, ("accept",)),
    (Way.ORDINARY, ("ask",)),
    (Way.ORDINARY, ()),
    (Way.BANKRUPTCY, (*TO_REVIEW, "shield")),
    (Way.ORDINARY, ("accept", "unmet", "review", "reject")),
)
LONGEST = max(len(verbs) for _, verbs in COURSES) + 1


def load_repairs(today: date) -> int:
    """Repairs of penalties of the market bureau, taken in at the window; how many."""
    bureau = User.objects.get(username="scjgj_lr").department
    since = late_since(calendar(), today, LONGEST)
    rows = Disclosure.objects.visible_on(today).filter(kind="penalty", earliest_repair_on__lte=since, marks=[])
    rows = rows.of_department(bureau.pk if bureau else None)
    items = list(rows.filter(ends_on__gt=today + timedelta(days=30)).order_by("published_on", "pk")[: len(COURSES)])
    for item, (way, verbs) in zip(items, COURSES, strict=False):
        _one(item, way, verbs, today)
    return len(items)


def _one(item: Disclosure, way: Way, verbs: tuple[str, ...], today: date) -> None:
    days = [late_since(calendar(), today, back) for back in range(len(verbs) + 1, 0, -1)]
    ruling = Ruling(
        court="哈尔滨市中级人民法院",
        number="（2026）黑01破示1号",
        on=days[0],
        administrator="示例破产清算有限公司",
        plan_until=today + timedelta(days=365),
    )
    said = Application(
        way=way,
        performed_on=None if way is Way.BANKRUPTCY else item.decided_on,
        told="罚款已缴清，违法行为已经纠正。",
        ruling=ruling if way is Way.BANKRUPTCY else None,
    )
    with clock.at(days[0], 9, 40):
        by = User.objects.get(username="ckry")
        case = actions.apply(item, said, proof=[PROOF], paper=[LETTER], by=by)
    for day, verb in zip(days[1:], verbs, strict=True):
        with clock.at(day, 10, 30):
            case = _step(case, verb)


def _step(case: Case, verb: str) -> Case:
    office, second = User.objects.get(username="xyb"), User.objects.get(username="xyb2")
    clerk = User.objects.get(username="scjgj_lr")
    if verb == "ask":
        return actions.ask(case, papers="整改验收意见原件。", by=office)
    if verb in ("verify", "unmet"):
        met = verb == "verify"
        text = "已核对缴款凭证和整改情况。" if met else "罚款尚未缴清，整改未验收。"
        day = case.own.said_performed_on if met else None
        return actions.verify(
            case, Word(finding=Finding.MET if met else Finding.UNMET, text=text, performed_on=day), by=clerk
        )
    if verb == "review":
        return actions.review(case, opinion="材料齐全，承诺书符合要求，按核实结论办理。", by=office)
    if verb == "reject":
        return actions.reject(case, answer="义务没有全部履行。", by=second)
    done: Case = getattr(actions, verb)(case, by=office if verb == "accept" else second)
    return done

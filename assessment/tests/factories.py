"""Schemes, months, sheets, tasks and articles in their states, brought there by their real steps; everything made up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from assessment import base_data
from assessment.articles import actions as articles
from assessment.plan import actions as tasks
from assessment.plan.models import EvidenceCase, SpotCheckCase, Task, TaskAssignment
from assessment.plan.rules import SPOT_CHECK, Due
from assessment.sheets.actions import adjusting, circulars, contesting, freezing, schemes
from assessment.sheets.models import Month, Number, SchemeCase, Sheet
from assessment.sheets.rules.indicators import INDICATORS
from casework.actions.opening import open_case
from casework.models import Case
from casework.rules.attachments import AttachedFile
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import (
    ClerkFactory,
    CreditOfficeFactory,
    DepartmentFactory,
    ReviewerFactory,
)
from credit_platform.audit.context import acting
from disclosure.tests.factories import DisclosureFactory, PublishedFactory, severe_penalty

TODAY = date(2026, 11, 23)
OCTOBER, FROZEN_ON = date(2026, 10, 1), date(2026, 11, 16)
"""Five working days after FROZEN_ON is TODAY."""
AFTER = date(2026, 11, 24)
POINTS = {code: each.points for code, each in INDICATORS.items()}
PDF = AttachedFile("证明.pdf", b"%PDF-1.4\n%%EOF\n")
OFFICE = "xyb-test"


def office():
    """Somebody new of the credit office."""
    return CreditOfficeFactory(department=DepartmentFactory(code=OFFICE, name="示例市信用办"))


def terms(**more) -> schemes.Terms:
    given = {"name": "2026年考核方案", "basis": "示考〔2026〕1号", "valid_from": OCTOBER}
    return schemes.Terms(**given | more)


# Schemes

SCHEME_WAYS = {
    "drafted": (),
    "proposed": ("propose",),
    "adopted": ("propose", "adopt"),
    "discarded": ("discard",),
}


def scheme_in(state: str, **more) -> Case:
    case = schemes.draw_up(terms(**more), POINTS, by=office(), on=date(2026, 10, 2))
    for verb in SCHEME_WAYS[state]:
        case = take_scheme(case, verb)
    return case


def take_scheme(case: Case, verb: str, *, by=None, **more) -> Case:
    given = {"by": by or office(), "on": case.moved_on}
    if verb == "revise":
        given |= {"terms": terms(), "points": POINTS}
    elif verb in ("send_back", "discard"):
        given["reason"] = "权重需要调整。"
    return getattr(schemes, verb)(Case.objects.get(pk=case.pk), **given | more)


def adopted() -> SchemeCase:
    """The scheme in force, made once."""
    return SchemeCase.objects.in_force(OCTOBER) or scheme_in("adopted").own


# Months and sheets


def decision(department, *, in_time: bool = True, due_on=date(2026, 10, 20), arrived_on=date(2026, 10, 12)):
    """A penalty of a department whose seven working days ended in October."""
    record = severe_penalty(source_department=department, decided_on=date(2026, 10, 9))
    made = PublishedFactory if in_time else DisclosureFactory
    more = {"published_on": date(2026, 10, 15)} if in_time else {}
    return made(record=record, due_on=due_on, arrived_on=arrived_on, **more)


def frozen_month(*departments, met: int = 3, missed: int = 1) -> Month:
    """October, frozen: each of the departments has so many decisions published in time, and so many not."""
    adopted()
    for department in departments or (DepartmentFactory(),):
        for _ in range(met):
            decision(department)
        for _ in range(missed):
            decision(department, in_time=False)
    return freezing.freeze_month(OCTOBER, by=SYSTEM, on=FROZEN_ON)


def number_of(month: Month, indicator: str = "timeliness", department=None) -> Number:
    """A number of a sheet of a month, of its current version."""
    sheets = Sheet.objects.current().filter(month=month)
    sheet = sheets.get(department=department) if department else sheets.first()
    return sheet.numbers.get(indicator=indicator)


# Contests

CONTEST_WAYS = {"lodged": (), "corrected": ("correct",), "rejected": ("reject",), "withdrawn": ("withdraw",)}


def lodged(number: Number | None = None, *, by=None, **more) -> Case:
    if number is None:
        month = Month.objects.first() or frozen_month(*(DepartmentFactory() for _ in range(3)), met=1, missed=4)
        # Each case contests a number of its own.
        open_ones = Number.objects.filter(contests__is_open=True)
        rows = Number.objects.filter(sheet__in=Sheet.objects.current().filter(month=month)).exclude(pk__in=open_ones)
        number = next(row for row in rows.order_by("pk") if row.missed)
    given = {"refs": number.missed[:1], "text": "当日平台停机，已按期提交。"}
    return contesting.lodge(number, by=by or ClerkFactory(department=number.sheet.department), **given | more)


def contest_in(state: str, **more) -> Case:
    case = lodged(**more)
    for verb in CONTEST_WAYS[state]:
        case = take_contest(case, verb)
    return case


def take_contest(case: Case, verb: str, *, by=None, **more) -> Case:
    case = Case.objects.get(pk=case.pk)
    given = {"reason": "经核对平台日志，申诉成立。"}
    if verb == "correct":
        given["upheld"] = case.own.refs
    who = ClerkFactory(department=case.department) if verb == "withdraw" else office()
    return getattr(contesting, verb)(case, by=by or who, on=TODAY, **given | more)


# Adjustments

ADJUSTMENT_WAYS = {"entered": (), "confirmed": ("confirm",), "rejected": ("reject",)}


def adjustment_in(state: str, *, month=None, department=None, **more) -> Case:
    month = month or Month.objects.first() or frozen_month()
    department = department or month.sheets.first().department
    given = {"ground": "concealed", "points": Decimal(2), "text": "一条处罚没有报送。", "document": "示核〔2026〕1号"}
    case = adjusting.enter(month, department, by=office(), on=TODAY, **given | more)
    for verb in ADJUSTMENT_WAYS[state]:
        case = take_adjustment(case, verb)
    return case


def take_adjustment(case: Case, verb: str, *, by=None, **more) -> Case:
    given = {"reason": "事实不清。"} if verb == "reject" else {}
    return getattr(adjusting, verb)(Case.objects.get(pk=case.pk), by=by or office(), on=TODAY, **given | more)


# Circulars

CIRCULAR_WAYS = {"drafted": (), "issued": ("issue",), "cancelled": ("cancel",)}


def circular_in(state: str, *, month: Month | None = None, **more) -> Case:
    month = month or Month.objects.first() or frozen_month()
    former = month.circulars.filter(case__state="issued").order_by("-pk").first()
    for waiting in month.circulars.filter(case__state="drafted"):
        take_circular(waiting.case, "cancel")
    given = {"title": "2026年10月考核通报", "text": "现将考核情况通报如下。", "corrects": former}
    case = circulars.write(month, by=office(), on=TODAY, **given | more)
    for verb in CIRCULAR_WAYS[state]:
        case = take_circular(case, verb)
    return case


def take_circular(case: Case, verb: str, *, by=None, **more) -> Case:
    """Issued on the day after the window to contest: the clock of the test stands there for the step."""
    given = {"by": by or office(), "on": case.moved_on}
    if verb == "revise":
        given |= {"title": "2026年10月考核通报", "text": "现将考核情况通报如下，请对照整改。"}
    elif verb == "cancel":
        given["reason"] = "文字有误。"
    return getattr(circulars, verb)(Case.objects.get(pk=case.pk), **given | more)


# Tasks


def plan() -> None:
    """The 42 tasks."""
    base_data.load()


def assigned(department=None, number: str = "14", **more) -> TaskAssignment:
    """A task of the plan given to a department; with `due` and `due_on` of its own."""
    plan()
    given = {"valid_from": date(2026, 9, 1), "by": office()}
    (row,) = tasks.assign(Task.objects.get(number=number), [department or DepartmentFactory()], **given | more)
    return row


EVIDENCE_WAYS = {
    "submitted": (),
    "returned": ("send_back",),
    "accepted": ("accept",),
    "withdrawn": ("withdraw",),
}


def evidence_in(state: str, *, assignment: TaskAssignment | None = None, by=None, **more) -> Case:
    row = assignment or assigned(due=Due.ONCE, due_on=date(2026, 10, 31))
    given = {"text": "已经印发工作制度。", "done_on": date(2026, 10, 30), "for_due": row.due_on, "papers": [PDF]}
    case = tasks.submit(row, by=by or ClerkFactory(department=row.department), on=TODAY, **given | more)
    for verb in EVIDENCE_WAYS[state]:
        case = take_evidence(case, verb)
    return case


def take_evidence(case: Case, verb: str, *, by=None, **more) -> Case:
    case = Case.objects.get(pk=case.pk)
    given = {}
    if verb == "resubmit":
        given = {"text": "已经补充证明材料。", "done_on": date(2026, 10, 30), "papers": [PDF]}
    elif verb in ("send_back", "withdraw"):
        given["reason"] = "请补充印发的文件。"
    theirs = verb in ("resubmit", "withdraw")
    who = ReviewerFactory(department=case.department) if theirs else office()
    return getattr(tasks, verb)(case, by=by or who, on=TODAY, **given | more)


CHECK_WAYS = {"drawn": (), "inspected": ("inspect",), "settled": ("inspect", "confirm")}


def spot_check_in(state: str, *, evidence: EvidenceCase | None = None, **more) -> Case:
    row = evidence or evidence_in("accepted").own
    with acting(SYSTEM):
        own = {"evidence": row, "draw": None}
        case = open_case(SPOT_CHECK, subject=None, department=row.case.department, by=SYSTEM, on=TODAY, own=own)
    for verb in CHECK_WAYS[state]:
        case = take_check(case, verb, **(more if verb == "inspect" else {}))
    return case


def take_check(case: Case, verb: str, *, by=None, **more) -> Case:
    given = {}
    if verb == "inspect":
        given = {"result": "untrue", "finding": "文件没有印发。"}
    elif verb == "deny":
        given = {"reason": "请到单位核对原件。"}
    return getattr(tasks, verb)(Case.objects.get(pk=case.pk), by=by or office(), on=TODAY, **given | more)


def checked() -> SpotCheckCase:
    return spot_check_in("settled").own


# Articles

ARTICLE_WAYS = {
    "drafted": (),
    "proposed": ("propose",),
    "published": ("propose", "publish"),
    "withdrawn": ("propose", "publish", "withdraw"),
    "discarded": ("discard",),
}
TEXT = "第一段。\n\n## 怎样修复\n- 到[信用修复](/repair/)提出\n- 不收费"


def article_in(state: str, *, by=None, **more) -> Case:
    given = {"kind": "explanation", "title": "信用修复怎么办", "source": "", "text": TEXT}
    case = articles.write(by=by or office(), on=TODAY, **given | more)
    for verb in ARTICLE_WAYS[state]:
        case = take_article(case, verb)
    return case


def take_article(case: Case, verb: str, *, by=None, **more) -> Case:
    given = {"by": by or office(), "on": TODAY}
    if verb == "revise":
        given |= {"kind": "explanation", "title": "信用修复怎么办", "source": "", "text": TEXT}
    elif verb in ("send_back", "discard", "withdraw"):
        given["reason"] = "政策已经调整。"
    return getattr(articles, verb)(Case.objects.get(pk=case.pk), **given | more)

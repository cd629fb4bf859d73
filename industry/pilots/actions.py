"""The verbs of a pilot: proposed by a unit, agreed to by another, measured with evidence, summed up, spread or ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from casework.actions import open_case, verbs
from casework.actions.attachments import attach
from casework.actions.hearing import close as end_case
from casework.actions.hearing import scanned
from casework.actions.step import step
from casework.models import Case
from casework.rules.attachments import AttachedFile
from credit_platform.accounts import policy
from credit_platform.accounts.models import Department, User
from credit_platform.audit.context import acting
from credit_platform.errors import at_field, refuse, required
from industry.pilots import rules
from industry.pilots.models import Indicator, Measurement, PilotCase
from industry.pilots.rules import PILOT


def propose(
    *,
    title: str,
    theme: str,
    plan: str,
    indicators: str,
    safeguards: str = "",
    starts_on: date,
    ends_on: date,
    department: Department,
    by: User,
    on: date | None = None,
) -> Case:
    """Propose a pilot of one's unit with indicators, one a line (“指标,单位,基线值,目标值”). Refused with everything that is missing, Forbidden."""
    with acting(by):
        policy.require(by, rules.HANDLE, department)
        planned, wrong = rules.read_indicators(indicators)
        refuse([
            *rules.against_plan(title, plan, theme, safeguards, (starts_on, ends_on)),
            *wrong,
            *scanned(title=title, plan=plan, safeguards=safeguards),
        ])  # fmt: skip
        own = {
            "title": title.strip(),
            "theme": theme,
            "plan": plan.strip(),
            "safeguards": safeguards.strip(),
            "starts_on": starts_on,
            "ends_on": ends_on,
        }
        case = open_case(PILOT, subject=None, department=department, by=by, on=on, own=own)
        pilot = PilotCase.objects.get(pk=case.pk)
        for each in planned:
            Indicator.objects.create(
                pilot=pilot, name=each.name, unit=each.unit, baseline=each.baseline, target=each.target
            )
        return case


def agree(case: Case, *, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The credit office agrees: the pilot runs and is public. Never who proposed it."""
    with step(PILOT, case, "agree", by=by, on=on, version=version) as at:
        at.refuse([])
    return at.case


deny = partial(verbs.close, PILOT, "deny", "请写明不予同意的理由。")
terminate = partial(verbs.close, PILOT, "terminate", "请写明终止的原因。")


def measure(
    case: Case,
    *,
    indicator: Indicator,
    value: Decimal,
    evidence: Sequence[AttachedFile],
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """Enter a value of an indicator with its evidence; it is never written over. Refused for another pilot's indicator and without a file."""
    with step(PILOT, case, "measure", by=by, on=on, version=version) as at:
        wrong = (
            []
            if indicator.pilot_id == at.case.pk
            else [at_field("pilots.indicator", "indicator", "不是本试点的指标。")]
        )
        if len(evidence) != 1:
            wrong.append(at_field("pilots.evidence", "evidence", "请上传一份证明材料。"))
        at.refuse(wrong)
        (file,) = attach(at.case, evidence, role="evidence", by=by)
        Measurement.objects.create(indicator=indicator, on=at.on, value=value, evidence=file, entered_by=by)
    return at.case


def summarise(case: Case, *, lesson: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """What came of it and what others may learn, for everybody to read. Refused without words and without a single measured value."""
    with step(PILOT, case, "summarise", by=by, on=on, version=version) as at:
        measured = Measurement.objects.filter(indicator__pilot=at.own).exists()
        at.refuse([
            *required(lesson, "lesson", "请填写经验总结。", rule="pilots.lesson", most=5000),
            *([] if measured else [at_field("pilots.unmeasured", "lesson", "还没有登记指标值，不能总结。")]),
            *scanned(lesson=lesson),
        ])  # fmt: skip
        at.own.lesson = lesson.strip()
    return at.case


def spread(case: Case, *, spreading: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """What was tried out is done elsewhere too: where and how. Refused without words."""
    with step(PILOT, case, "spread", by=by, on=on, version=version) as at:
        words = required(spreading, "spreading", "请写明推广安排。", rule="pilots.spreading", most=2000)
        at.refuse([*words, *scanned(spreading=spreading)])
        at.own.spreading = spreading.strip()
        end_case(at, reason="已推广。")
    return at.case

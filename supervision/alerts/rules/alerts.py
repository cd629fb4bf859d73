"""An alert and the verification of a record as cases: states, steps, reasons of the end. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum

from casework.rules.procedures import Procedure, Step, Work
from credit_platform.errors import Finding, at_field, required
from supervision.alerts.rules import ARTICLE

VIEW, HANDLE, SWEEP, VERIFY = "alerts.view", "alerts.handle", "alerts.sweep", "alerts.verify"
VERIFY_DAYS = 10
"""Working days in which a provider verifies a record (default, parameter of the clocks)."""


class AlertState(StrEnum):
    """Where an alert stands."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    HANDLING = "handling"
    CLOSED = "closed"
    CLEARED = "cleared"


class Verdict(StrEnum):
    """What came of an alert."""

    TRUE = "true"
    FALSE = "false"
    DUPLICATE = "duplicate"
    WRONG = "wrong"
    LAPSED = "lapsed"


class Measure(StrEnum):
    """What was done about a true one."""

    REMIND = "remind"
    INTERVIEW = "interview"
    INSPECT = "inspect"
    REFER = "refer"
    WATCH = "watch"


class Severity(StrEnum):
    """How much a rule's alerts weigh; the order in which a budget is spent."""

    NOTE = "note"
    CONCERN = "concern"
    WARNING = "warning"


VERDICT_LABELS = {
    Verdict.TRUE: "属实已处置",
    Verdict.FALSE: "误报",
    Verdict.DUPLICATE: "已知重复",
    Verdict.WRONG: "信息有误",
    Verdict.LAPSED: "依据已消失",
}
SAID = (Verdict.TRUE, Verdict.FALSE, Verdict.DUPLICATE, Verdict.WRONG)
"""What a person may say; the last one is the platform's."""
UNTIL_NEWS = (Verdict.FALSE, Verdict.WRONG)
"""After these only a new fact raises the rule's alert about the same subject again."""
MEASURE_LABELS = {
    Measure.REMIND: "提示",
    Measure.INTERVIEW: "约谈",
    Measure.INSPECT: "抽查",
    Measure.REFER: "立案移送",
    Measure.WATCH: "纳入重点关注",
}
WITH_DOCUMENT = (Measure.REFER, Measure.WATCH)
"""What leaves a document elsewhere, whose number is told."""
SEVERITY_LABELS = {Severity.NOTE: "提示", Severity.CONCERN: "关注", Severity.WARNING: "预警"}
SEVERITY_TONES = {Severity.NOTE: "info", Severity.CONCERN: "warn", Severity.WARNING: "serious"}
WEIGHT = {Severity.WARNING: 0, Severity.CONCERN: 1, Severity.NOTE: 2}

S = AlertState
MOVES: dict[tuple[str, str], str] = {
    (S.OPEN, "acknowledge"): S.ACKNOWLEDGED,
    (S.ACKNOWLEDGED, "handle"): S.HANDLING,
    (S.HANDLING, "interview"): S.HANDLING,
    (S.HANDLING, "inspect"): S.HANDLING,
    (S.ACKNOWLEDGED, "close"): S.CLOSED,
    (S.HANDLING, "close"): S.CLOSED,
    (S.OPEN, "clear"): S.CLEARED,
    (S.ACKNOWLEDGED, "clear"): S.CLEARED,
    (S.CLEARED, "reopen"): S.OPEN,
    **{(state, "lapse"): S.CLOSED for state in (S.OPEN, S.ACKNOWLEDGED, S.HANDLING)},
}
ALERT = Procedure(
    slug="alert",
    label="信用预警",
    audit="alerts.alert",
    own="alerts.AlertCase",
    number="预警〔{year}〕{n:06d}号",
    article=ARTICLE,
    begins=S.OPEN,
    labels={
        S.OPEN: "待签收",
        S.ACKNOWLEDGED: "已签收",
        S.HANDLING: "处置中",
        S.CLOSED: "已办结",
        S.CLEARED: "情形已消失",
    },
    tones={
        S.OPEN: "serious",
        S.ACKNOWLEDGED: "warn",
        S.HANDLING: "info",
        S.CLOSED: "neutral",
        S.CLEARED: "neutral",
    },
    moves=MOVES,
    closed=frozenset({S.CLOSED, S.CLEARED}),
    view=VIEW,
    steps=(
        Step("acknowledge", "签收", HANDLE, "签收后在办理时限内核实处置。预警只是线索，不是对主体的结论。", "已签收。"),
        Step("handle", "开始处置", HANDLE, "写明打算怎样核实、由谁核实。", "已开始处置。"),
        Step(
            "interview",
            "责令整改、约谈",
            HANDLE,
            "就依据信息中本单位提供的一条提出责令整改；逾期未整改的，依程序约谈。",
            "已提出整改，请由另一名审核员签发。",
        ),
        Step(
            "inspect",
            "计划外检查",
            HANDLE,
            "按“非现场监管发现线索”在抽查之外检查，只能检查本单位已公布清单内的事项，仍须审批、通知。",
            "已建立检查，请在“检查”中办理审批和通知。",
        ),
        Step("close", "办结", HANDLE, "写明核实情况和结论。误报过多的规则会自动停用，请如实选择。", "已办结。"),
        Step("clear", "情形消失", SWEEP),
        Step("reopen", "情形再现", SWEEP),
        Step("lapse", "依据消失", SWEEP),
    ),
    works=(
        Work("信用预警，待签收", S.OPEN, "acknowledge", 60),
        Work("信用预警，已签收待处置", S.ACKNOWLEDGED, "handle", 61),
        Work("信用预警，处置中", S.HANDLING, "close", 62),
    ),
)


class VerificationState(StrEnum):
    """Where the verification of a record stands."""

    ASKED = "asked"
    CORRECTED = "corrected"
    UPHELD = "upheld"


V = VerificationState
VERIFICATION = Procedure(
    slug="record-check",
    label="信息核实更正",
    audit="alerts.verification",
    own="alerts.VerificationCase",
    number="核实〔{year}〕{n:06d}号",
    article="哈政办规〔2020〕12号第35项",
    begins=V.ASKED,
    labels={V.ASKED: "待核实", V.CORRECTED: "已更正", V.UPHELD: "核实无误"},
    tones={V.ASKED: "warn", V.CORRECTED: "good", V.UPHELD: "neutral"},
    moves={(V.ASKED, "correct"): V.CORRECTED, (V.ASKED, "uphold"): V.UPHELD},
    closed=frozenset({V.CORRECTED, V.UPHELD}),
    view=VIEW,
    steps=(
        Step("correct", "已更正", VERIFY, "先在信用记录中更正或者撤销，再登记更正情况。", "已登记更正。"),
        Step("uphold", "核实无误", VERIFY, "写明核对了哪些原始材料，为什么无需更正。", "已登记核实结果。"),
    ),
    works=(Work("预警处置中发现有误的信息，待核实", V.ASKED, "correct", 63),),
)


def against_close(
    verdict: Verdict, measure: str, *, document: str, begun: Collection[Measure], wrong: bool, remarks: str
) -> Iterable[Finding]:
    """What stands against the end of an alert: no words, a true one without a measure, a measure without its document, an interview or an
    inspection that was not begun from here (`begun`), a wrong record that nobody named."""
    yield from required(remarks, "reason", "请写明核实情况。", rule="alert.reason", most=500)
    if verdict not in SAID:
        yield at_field("alert.verdict", "verdict", "请从列出的结论中选择。")
    if verdict == Verdict.TRUE and not measure:
        yield at_field("alert.measure", "measure", "属实的预警，请选择处置方式。", article=ARTICLE)
    if verdict != Verdict.TRUE and measure:
        yield at_field(
            "alert.measure", "measure", "只有属实的预警才登记处置方式。", mend="请不选处置方式，或者改选结论。"
        )
    if measure in WITH_DOCUMENT and not document.strip():
        yield at_field("alert.document", "document", "请填写立案移送或者列入决定的文书号。")
    if measure == Measure.INTERVIEW and Measure.INTERVIEW not in begun:
        yield at_field("alert.interview", "measure", "还没有提出整改、约谈。", mend="请先办理“责令整改、约谈”一步。")
    if measure == Measure.INSPECT and not document.strip() and Measure.INSPECT not in begun:
        words = "还没有建立检查。"
        yield at_field(
            "alert.inspection", "measure", words, mend="请先办理“计划外检查”一步，或者填写已有检查的文书号。"
        )
    if (verdict == Verdict.WRONG) != wrong:
        words = "请选择有误的信息。" if verdict == Verdict.WRONG else "只有结论为信息有误时才选择有误的信息。"
        yield at_field("alert.wrong", "wrong", words)


def is_quiet(*, verdict: str, is_news: bool, days_since: int, cooldown_days: int) -> bool:
    """Whether a rule stays silent about a subject whose last alert a person has ended: until a new fact; after 误报 and 信息有误 for as long as it
    takes, else for `cooldown_days` calendar days at most. What lapsed by itself silences nothing."""
    if is_news or verdict in ("", Verdict.LAPSED):
        return False
    return verdict in UNTIL_NEWS or days_since < cooldown_days


def is_mostly_wrong(verdicts: Collection[str], *, share: int, least: int) -> bool:
    """Whether more than `share` per cent of at least `least` alerts that people have closed were 误报. What lapsed is no verdict."""
    judged = [each for each in verdicts if each and each != Verdict.LAPSED]
    false = sum(each == Verdict.FALSE for each in judged)
    return len(judged) >= least and false * 100 > share * len(judged)

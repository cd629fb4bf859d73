"""The procedures around the sheet: a scheme is adopted, a number contested, points added or taken, a circular issued
(哈政办规〔2020〕12号组织实施第4项). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from assessment.sheets.rules.indicators import INDICATORS
from casework.rules.procedures import Procedure, Step, Work
from credit_platform.errors import Finding, at_field, required

ARTICLE = "哈政办规〔2020〕12号组织实施第4项"
VIEW, DRAW_UP, ADOPT, FREEZE, CONTEST, ANSWER, ADJUST, CONFIRM, WRITE, ISSUE = (
    "assessment.view",
    "assessment.schemes.draw",
    "assessment.schemes.adopt",
    "assessment.freeze",
    "assessment.contest",
    "assessment.answer",
    "assessment.adjust",
    "assessment.adjust.confirm",
    "assessment.circulars.write",
    "assessment.circulars.issue",
)
ANSWER_DAYS = 5
"""Working days to answer a contested number (parameter of the platform; the window to contest is a column of the scheme)."""


class SchemeState(StrEnum):
    """Where a scheme stands. Which adopted one is in force, its day decides."""

    DRAFTED = "drafted"
    PROPOSED = "proposed"
    ADOPTED = "adopted"
    DISCARDED = "discarded"


S = SchemeState
SCHEME = Procedure(
    slug="assessment-scheme",
    label="考核方案",
    audit="assessment.scheme",
    own="assessment.SchemeCase",
    number="考核方案〔{year}〕{n:02d}号",
    article=ARTICLE,
    begins=S.DRAFTED,
    labels={S.DRAFTED: "拟定中", S.PROPOSED: "待审定", S.ADOPTED: "已审定", S.DISCARDED: "已放弃"},
    tones={S.DRAFTED: "info", S.PROPOSED: "warn", S.ADOPTED: "good", S.DISCARDED: "neutral"},
    moves={
        (S.DRAFTED, "revise"): S.DRAFTED,
        (S.DRAFTED, "propose"): S.PROPOSED,
        (S.PROPOSED, "send_back"): S.DRAFTED,
        (S.PROPOSED, "adopt"): S.ADOPTED,
        (S.DRAFTED, "discard"): S.DISCARDED,
    },
    closed=frozenset({S.ADOPTED, S.DISCARDED}),
    view=VIEW,
    steps=(
        Step("revise", "修改", DRAW_UP, "逐项填写权重。权重为 0 的指标不列入考核。", "已修改。"),
        Step("propose", "提交审定", DRAW_UP, "提交后由另一人审定。", "已提交，请由另一人审定。"),
        Step(
            "adopt",
            "审定",
            ADOPT,
            "核对依据、权重和施行日期。自施行日期所在月份起适用，已经冻结的月份不变。",
            "已审定。",
            second_person=True,
            serious=True,
        ),
        Step("send_back", "退回", ADOPT, "写明需要调整的内容。", "已退回。", second_person=True),
        Step("discard", "放弃", DRAW_UP, "写明放弃的原因。", "已放弃。", serious=True),
    ),
    works=(Work("考核方案，待审定", S.PROPOSED, "adopt", 84),),
)


class ContestState(StrEnum):
    """Where a contest of a number stands."""

    LODGED = "lodged"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


C = ContestState
CONTEST_PROCEDURE = Procedure(
    slug="contest",
    label="考核数字申诉",
    audit="assessment.contest",
    own="assessment.ContestCase",
    number="考诉〔{year}〕{n:05d}号",
    article=ARTICLE,
    begins=C.LODGED,
    labels={C.LODGED: "待答复", C.CORRECTED: "已更正", C.REJECTED: "维持原数字", C.WITHDRAWN: "已撤回"},
    tones={C.LODGED: "warn", C.CORRECTED: "good", C.REJECTED: "neutral", C.WITHDRAWN: "neutral"},
    moves={
        (C.LODGED, "correct"): C.CORRECTED,
        (C.LODGED, "reject"): C.REJECTED,
        (C.LODGED, "withdraw"): C.WITHDRAWN,
    },
    closed=frozenset({C.CORRECTED, C.REJECTED, C.WITHDRAWN}),
    view=VIEW,
    steps=(
        Step(
            "correct",
            "更正数字",
            ANSWER,
            "勾选申诉成立的事项。成立的改计为完成，考核表随即重算；原来的考核表保留备查。",
            "已更正，考核表已重算。",
            second_person=True,
        ),
        Step("reject", "维持原数字", ANSWER, "写明维持的理由。", "已答复。", second_person=True),
        Step("withdraw", "撤回申诉", CONTEST, "写明撤回的原因。", "已撤回。", serious=True),
    ),
    works=(Work("考核数字申诉，待答复", C.LODGED, "correct", 85),),
)


class AdjustmentState(StrEnum):
    """Where an adjustment stands."""

    ENTERED = "entered"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class Ground(StrEnum):
    """Why points are taken or added."""

    CONCEALED = "concealed"
    PERSONAL = "personal"
    WRONG_REPAIR = "wrong_repair"
    INNOVATION = "innovation"


GROUND_LABELS = {
    Ground.CONCEALED: "瞒报（扣分）",
    Ground.PERSONAL: "违规公示个人信息（扣分）",
    Ground.WRONG_REPAIR: "错误修复（扣分）",
    Ground.INNOVATION: "创新经验（加分）",
}
BONUSES = frozenset({Ground.INNOVATION})
A = AdjustmentState
ADJUSTMENT = Procedure(
    slug="adjustment",
    label="考核加减分",
    audit="assessment.adjustment",
    own="assessment.AdjustmentCase",
    number="考调〔{year}〕{n:05d}号",
    article=ARTICLE,
    begins=A.ENTERED,
    labels={A.ENTERED: "待确认", A.CONFIRMED: "已确认", A.REJECTED: "不予确认"},
    tones={A.ENTERED: "warn", A.CONFIRMED: "info", A.REJECTED: "neutral"},
    moves={(A.ENTERED, "confirm"): A.CONFIRMED, (A.ENTERED, "reject"): A.REJECTED},
    closed=frozenset({A.CONFIRMED, A.REJECTED}),
    view=VIEW,
    steps=(
        Step(
            "confirm",
            "确认",
            CONFIRM,
            "核对事由、文书和分值。确认后计入当月考核。",
            "已确认。",
            second_person=True,
            serious=True,
        ),
        Step("reject", "不予确认", CONFIRM, "写明理由。", "已登记。", second_person=True),
    ),
    works=(Work("考核加减分，待确认", A.ENTERED, "confirm", 86),),
)


class CircularState(StrEnum):
    """Where a circular stands."""

    DRAFTED = "drafted"
    ISSUED = "issued"
    CANCELLED = "cancelled"


R = CircularState
CIRCULAR = Procedure(
    slug="circular",
    label="考核通报",
    audit="assessment.circular",
    own="assessment.CircularCase",
    number="信用通报〔{year}〕{n:02d}号",
    article=ARTICLE,
    begins=R.DRAFTED,
    labels={R.DRAFTED: "待签发", R.ISSUED: "已印发", R.CANCELLED: "已取消"},
    tones={R.DRAFTED: "warn", R.ISSUED: "good", R.CANCELLED: "neutral"},
    moves={
        (R.DRAFTED, "revise"): R.DRAFTED,
        (R.DRAFTED, "issue"): R.ISSUED,
        (R.DRAFTED, "cancel"): R.CANCELLED,
    },
    closed=frozenset({R.ISSUED, R.CANCELLED}),
    view=ISSUE,
    steps=(
        Step("revise", "修改", WRITE, "只修改文字，数字取自考核表。", "已修改。"),
        Step(
            "issue",
            "签发",
            ISSUE,
            "签发后数字不再变动，文件加盖电子签章并发给各单位；有错误的另发更正通报。",
            "已签发。",
            second_person=True,
            serious=True,
        ),
        Step("cancel", "取消", WRITE, "写明取消的原因。", "已取消。", serious=True),
    ),
    works=(Work("考核通报，待签发", R.DRAFTED, "issue", 87),),
)


def against_scheme(
    name: str, basis: str, points: Mapping[str, Decimal], *, valid_from: date, newest: date | None
) -> Iterable[Finding]:
    """What stands against a scheme: no name or basis, points that are no hundred, unknown indicators, a day that is no first of a month or lies
    in or before a month that is frozen already (`newest`: its first day)."""
    yield from required(name, "name", "请填写名称。", rule="scheme.name", most=100)
    yield from required(basis, "basis", "请填写依据。", rule="scheme.basis", most=200)
    if strange := sorted(set(points) - set(INDICATORS)):
        yield at_field("scheme.unknown", "", f"没有这些指标：{'、'.join(strange)}。")
    for code, given in points.items():
        if given < 0:
            yield at_field("scheme.negative", code, "权重不得为负数。")
    total = sum(points.values(), Decimal(0))
    if total != 100:
        words = f"权重合计应为 100，现为{total.normalize():f}。"
        yield at_field("scheme.total", "", words, mend="请调整各项权重。", article=ARTICLE)
    if valid_from.day != 1:
        yield at_field("scheme.first", "valid_from", "施行日期应为某月1日，一个月只适用一个方案。")
    elif newest is not None and valid_from <= newest:
        words = f"{newest:%Y年%-m月}的考核数字已经冻结，方案不能溯及已冻结的月份。"
        yield at_field("scheme.retroactive", "valid_from", words, mend="请填写以后月份的1日。")


def against_contest(refs: Iterable[str], missed: Iterable[str], text: str) -> Iterable[Finding]:
    """What stands against a contest: no row named, rows that the number does not count as missed, no reasons."""
    named = set(refs)
    if not named:
        yield at_field("contest.rows", "refs", "请勾选有异议的事项。")
    elif named - set(missed):
        yield at_field("contest.strange", "refs", "勾选的事项不在未完成的事项中，请刷新页面后重新选择。")
    yield from required(text, "text", "请写明申诉的事实和理由。", rule="contest.text", most=2000)


def against_adjustment(ground: str, points: Decimal, text: str, document: str) -> Iterable[Finding]:
    """What stands against an adjustment: no points, no reasons, no document that it rests on."""
    if ground not in set(Ground):
        yield at_field("adjustment.ground", "ground", "请选择事由。")
    if not 0 < points <= 10:
        yield at_field("adjustment.points", "points", "分值应大于 0，不超过 10 分。")
    yield from required(text, "text", "请写明事实。", rule="adjustment.text", most=1000)
    yield from required(document, "document", "请填写认定文书号。", rule="adjustment.document", most=128)

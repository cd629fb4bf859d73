"""What a repair is: its states and steps, in the words of people (令第36号; 国办发〔2025〕22号). Pure."""

from __future__ import annotations

from enum import StrEnum

from casework.rules import steps
from casework.rules.procedures import Ladder, Procedure, Step, Work

ARTICLE = "国家发展改革委令第36号、国办发〔2025〕22号"
APPLY, SPEAK, ACCEPT, VERIFY, REVIEW, DECIDE, UNDO, RESPOND, END = (
    "repair.apply",
    "repair.speak",
    "repair.accept",
    "repair.verify",
    "repair.review",
    "repair.decide",
    "repair.undo",
    "repair.respond",
    "repair.end",
)


class State(StrEnum):
    """Where a repair stands."""

    APPLIED = "applied"
    ASKED = "asked"
    ACCEPTED = "accepted"
    VERIFIED = "verified"
    REVIEWED = "reviewed"
    SHIELDED = "shielded"
    GRANTED = "granted"
    REJECTED = "rejected"
    REFUSED = "refused"
    RETRACTED = "retracted"
    LAPSED = "lapsed"
    NOTIFIED = "notified"
    SERVED = "served"
    UNDONE = "undone"
    ENDED = "ended"


S = State
MOVES: dict[tuple[str, str], str] = {
    (S.APPLIED, "accept"): S.ACCEPTED,
    (S.APPLIED, "ask"): S.ASKED,
    (S.ASKED, "supply"): S.APPLIED,
    (S.ACCEPTED, "verify"): S.VERIFIED,
    (S.ACCEPTED, "extend"): S.ACCEPTED,
    (S.VERIFIED, "review"): S.REVIEWED,
    (S.REVIEWED, "grant"): S.GRANTED,
    (S.REVIEWED, "reject"): S.REJECTED,
    (S.REVIEWED, "shield"): S.SHIELDED,
    (S.SHIELDED, "complete"): S.GRANTED,
    (S.SHIELDED, "follow"): S.SHIELDED,
    (S.SHIELDED, "free"): S.SHIELDED,
    (S.SHIELDED, "lapse"): S.LAPSED,
    (S.APPLIED, "refuse"): S.REFUSED,
    (S.ASKED, "refuse"): S.REFUSED,
    **{(state, "retract"): S.RETRACTED for state in (S.APPLIED, S.ASKED, S.ACCEPTED, S.VERIFIED)},
    (S.GRANTED, "notify"): S.NOTIFIED,
    (S.NOTIFIED, "serve"): S.SERVED,
    (S.SERVED, "hear"): S.SERVED,
    (S.SERVED, "respond"): S.SERVED,
    (S.SERVED, "undo"): S.UNDONE,
    (S.NOTIFIED, "clear"): S.GRANTED,
    (S.SERVED, "clear"): S.GRANTED,
    **{(state, "end"): S.ENDED for state in (S.APPLIED, S.ASKED, S.ACCEPTED, S.VERIFIED, S.REVIEWED, S.SHIELDED)},
}


ENDS = tuple(state for (state, verb) in MOVES if verb == "end")
"""States that end when the item itself does."""


class Way(StrEnum):
    """Why somebody asks: its duties are performed, or a court has approved the plan of its bankruptcy."""

    ORDINARY = "ordinary"
    BANKRUPTCY = "bankruptcy"


class Finding(StrEnum):
    """What the authority found whose item it is."""

    MET = "met"
    UNMET = "unmet"


class Ground(StrEnum):
    """Why a repair may be undone (令第36号)."""

    PAPERS = "papers"
    FALSE = "false"
    BROKEN = "broken"


WAY_LABELS = {Way.ORDINARY: "纠正失信行为、履行义务后修复", Way.BANKRUPTCY: "破产重整、和解"}
FINDING_LABELS = {Finding.MET: "已纠正失信行为、义务全部履行", Finding.UNMET: "尚未纠正或者没有全部履行"}
GROUND_LABELS = {
    Ground.PAPERS: "提供虚假材料",
    Ground.FALSE: "承诺严重不实",
    Ground.BROKEN: "故意不履行承诺",
}

REPAIR = Procedure(
    slug="repair",
    label="信用修复",
    audit="repair",
    own="repair.RepairCase",
    number="信修〔{year}〕{n:06d}号",
    article=ARTICLE,
    begins=S.APPLIED,
    labels={
        S.APPLIED: "已提交",
        S.ASKED: "待补正",
        S.ACCEPTED: "核实中",
        S.VERIFIED: "待初审",
        S.REVIEWED: "待决定",
        S.SHIELDED: "临时屏蔽",
        S.GRANTED: "准予修复",
        S.REJECTED: "不予修复",
        S.REFUSED: "不予受理",
        S.RETRACTED: "已撤回",
        S.LAPSED: "屏蔽终止",
        S.NOTIFIED: "拟撤销修复，已告知",
        S.SERVED: "拟撤销修复，陈述申辩",
        S.UNDONE: "修复已撤销",
        S.ENDED: "终止办理",
    },
    tones={
        S.APPLIED: "info",
        S.ASKED: "warn",
        S.ACCEPTED: "info",
        S.VERIFIED: "info",
        S.REVIEWED: "info",
        S.SHIELDED: "warn",
        S.GRANTED: "good",
        S.REJECTED: "neutral",
        S.REFUSED: "neutral",
        S.RETRACTED: "neutral",
        S.LAPSED: "neutral",
        S.NOTIFIED: "warn",
        S.SERVED: "warn",
        S.UNDONE: "serious",
        S.ENDED: "neutral",
    },
    moves=MOVES,
    closed=frozenset({S.GRANTED, S.REJECTED, S.REFUSED, S.RETRACTED, S.LAPSED, S.UNDONE, S.ENDED}),
    view="repair.view",
    first_locks=("disclosure",),
    shown_to_subject=frozenset(S),
    respond="respond",
    ladder=Ladder(before=(2, 1), head=1, office=2),
    steps=(
        Step(
            "accept",
            "受理",
            ACCEPT,
            "材料齐全、属于受理范围的，应当受理。受理后即转认定单位核实。",
            "已受理，已转认定单位核实。",
        ),
        Step(
            "ask",
            "要求补正",
            ACCEPT,
            "一次性告知需要补正的全部材料，只能要求一次；等待补正的时间不计入期限。",
            "已通知补正。",
        ),
        Step("supply", "补正材料", SPEAK, "登记申请人补正的材料，期限自次日起继续计算。", "已登记补正。"),
        Step(
            "refuse",
            "不予受理",
            ACCEPT,
            "写明理由，告知最早可申请的日期或者缺少的条件。",
            "已结案：不予受理。",
            serious=True,
        ),
        Step(
            "verify",
            "核实反馈",
            VERIFY,
            "核实失信行为是否纠正、义务是否全部履行。确认符合条件的，写明履行完毕的日期。",
            "已反馈，待初审。",
        ),
        Step(
            "extend",
            "延长办理期限",
            VERIFY,
            "情况复杂或者需要核实的，须在期限届满之前决定并告知申请人。只能延长一次。",
            "已延长并告知。",
        ),
        Step(
            "review", "初审", REVIEW, "核对条件、材料和承诺书，提出意见；由另一人作出决定。", "已初审，待另一人决定。"
        ),
        Step(
            "grant",
            "准予修复",
            DECIDE,
            "由提出、核实、初审以外的人决定。决定后立即停止公示和共享，解除有关措施。",
            "已准予修复，公示已停止。",
            second_person=True,
        ),
        Step(
            "reject",
            "不予修复",
            DECIDE,
            "写明理由，告知最早可再申请的日期或者缺少的条件和救济途径。",
            "已决定不予修复并告知。",
            second_person=True,
            serious=True,
        ),
        Step(
            "shield",
            "临时屏蔽",
            DECIDE,
            "依据法院批准重整计划或者认可和解协议的裁定，临时停止公示；妨碍计划执行的措施逐项解除。",
            "已临时屏蔽。",
            second_person=True,
        ),
        Step("follow", "登记回访", DECIDE, "登记重整计划、和解协议的执行情况。", "已登记回访。"),
        Step(
            "free",
            "解除一项措施",
            DECIDE,
            "妨碍重整计划、和解协议执行的措施，逐项通知执行单位解除。",
            "已通知执行单位解除。",
        ),
        Step(
            "complete",
            "执行完毕，准予修复",
            DECIDE,
            "依据法院确认执行完毕的裁定修复；由作出临时屏蔽以外的人决定。",
            "已准予修复。",
            second_person=True,
        ),
        Step(
            "lapse",
            "终止屏蔽",
            DECIDE,
            "计划没有执行或者不能执行的，恢复公示；由作出临时屏蔽以外的人决定。",
            "已终止屏蔽，恢复公示。",
            second_person=True,
            serious=True,
        ),
        Step("retract", "撤回申请", SPEAK, "决定以前可以撤回，不影响以后再申请。", "已撤回。"),
        Step(
            "notify",
            "告知拟撤销修复",
            UNDO,
            "发现提供虚假材料、承诺不实或者故意不履行承诺的，告知事实、依据和拟作出的处理。",
            "已告知，请送达。",
            serious=True,
        ),
        Step("serve", "登记送达", UNDO, "陈述申辩期限自送达次日起计算。", "已登记送达。"),
        *steps.hearing(UNDO, RESPOND),
        Step("end", "终止办理", END),
        Step(
            "undo",
            "撤销修复",
            UNDO,
            "由告知人以外的人决定。恢复公示至原截止日，按规定期限不再受理该主体的修复申请。",
            "已撤销修复。",
            second_person=True,
            serious=True,
            after_hearing=True,
        ),
        Step("clear", "不撤销", UNDO, "经核实不存在撤销情形的，维持修复。", "已结案：维持修复。", second_person=True),
    ),
    works=(
        Work("信用修复待受理", S.APPLIED, "accept", 31),
        Work("信用修复待核实", S.ACCEPTED, "verify", 32),
        Work("信用修复待初审", S.VERIFIED, "review", 33),
        Work("信用修复待决定", S.REVIEWED, "grant", 34),
        Work("临时屏蔽待回访", S.SHIELDED, "follow", 35),
        Work("拟撤销修复，待决定", S.SERVED, "undo", 36),
    ),
)

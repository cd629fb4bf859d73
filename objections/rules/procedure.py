"""What an objection is: its states, its moves and its steps. Pure."""

from __future__ import annotations

from enum import StrEnum

from casework.rules.procedures import Ladder, Procedure, Step, Work

ARTICLE = "哈政办规〔2020〕12号第35项、国办发〔2025〕22号"
FILE, LODGE, SPEAK, CONFIRM, ACCEPT, VERIFY, DECIDE, LAPSE = (
    "objections.file",
    "objections.lodge",
    "objections.speak",
    "objections.confirm",
    "objections.accept",
    "objections.verify",
    "objections.decide",
    "objections.lapse",
)
LONGEST = 2000
APPEAL_WITHIN = 15
"""Working days after the answer in which it may be taken to the credit office (parameter of the platform; no text names one)."""
SETTLE_WITHIN = 15
"""Working days for the credit office to answer an appeal (parameter of the platform)."""
LAPSE_AFTER = 30
"""Calendar days within which whoever lodged an objection without an account must be confirmed, as for an account itself (parameter of the city)."""


class State(StrEnum):
    """Where an objection stands."""

    LODGED = "lodged"
    FILED = "filed"
    ASKED = "asked"
    ACCEPTED = "accepted"
    FORWARDED = "forwarded"
    ANSWERED = "answered"
    DECIDED = "decided"
    REFUSED = "refused"
    RETRACTED = "retracted"
    LAPSED = "lapsed"
    APPEALED = "appealed"
    SETTLED = "settled"


S = State
LIVE = (S.FILED, S.ASKED, S.ACCEPTED, S.FORWARDED, S.ANSWERED)
MOVES: dict[tuple[str, str], str] = {
    (S.FILED, "accept"): S.ACCEPTED,
    (S.FILED, "ask"): S.ASKED,
    (S.ASKED, "supply"): S.FILED,
    (S.ACCEPTED, "forward"): S.FORWARDED,
    (S.FORWARDED, "answer"): S.ANSWERED,
    (S.FORWARDED, "extend"): S.FORWARDED,
    (S.ANSWERED, "decide"): S.DECIDED,
    (S.FILED, "refuse"): S.REFUSED,
    (S.ASKED, "refuse"): S.REFUSED,
    (S.LODGED, "confirm"): S.FILED,
    (S.LODGED, "summon"): S.LODGED,
    (S.LODGED, "refuse"): S.REFUSED,
    (S.LODGED, "lapse"): S.LAPSED,
    **{(state, "add"): state for state in (*LIVE, S.APPEALED)},
    **{(state, "retract"): S.RETRACTED for state in (S.LODGED, *LIVE)},
    (S.DECIDED, "appeal"): S.APPEALED,
    (S.APPEALED, "settle"): S.SETTLED,
}


OBJECTION = Procedure(
    slug="objection",
    label="异议处理",
    audit="objections",
    own="objections.Objection",
    number="异议〔{year}〕{n:06d}号",
    article=ARTICLE,
    begins=S.FILED,
    labels={
        S.LODGED: "待确认身份",
        S.FILED: "已提交",
        S.ASKED: "待补正",
        S.ACCEPTED: "已受理",
        S.FORWARDED: "核实中",
        S.ANSWERED: "已核实",
        S.DECIDED: "已答复",
        S.REFUSED: "不予受理",
        S.RETRACTED: "已撤回",
        S.LAPSED: "逾期未确认身份",
        S.APPEALED: "复核中",
        S.SETTLED: "已复核",
    },
    tones={
        S.LODGED: "warn",
        S.FILED: "info",
        S.ASKED: "warn",
        S.ACCEPTED: "info",
        S.FORWARDED: "info",
        S.ANSWERED: "info",
        S.DECIDED: "good",
        S.REFUSED: "neutral",
        S.RETRACTED: "neutral",
        S.LAPSED: "neutral",
        S.APPEALED: "warn",
        S.SETTLED: "good",
    },
    moves=MOVES,
    closed=frozenset({S.DECIDED, S.REFUSED, S.RETRACTED, S.LAPSED, S.SETTLED}),
    view="objections.view",
    first_locks=("disclosure",),
    shown_to_subject=frozenset(S),
    outside="objection:follow",
    ladder=Ladder(before=(2, 1), head=1, office=2),
    steps=(
        Step(
            "confirm",
            "确认身份",
            CONFIRM,
            "核对主体资格证明、经办人身份证件和授权。确认后当日标注“异议处理中”，期限自确认之日起计算。",
            "已确认身份，异议已提交。",
        ),
        Step("summon", "通知到窗口核验", ACCEPT, "上传的材料不能证明身份或者授权的，通知到窗口核验。", "已通知。"),
        Step("lapse", "逾期未确认身份", LAPSE),
        Step("accept", "受理", ACCEPT, "材料齐全、属于受理范围的，应当受理。", "已受理，请转办。"),
        Step(
            "ask",
            "要求补正",
            ACCEPT,
            "一次性告知需要补正的全部材料，只能要求一次；等待补正的时间不计入期限。",
            "已通知补正。",
        ),
        Step("supply", "补正材料", SPEAK, "登记异议人补正的材料，期限自次日起继续计算。", "已登记补正。"),
        Step("add", "补充证据", SPEAK, "登记异议人补充的证据，不影响期限。", "已登记证据。"),
        Step("refuse", "不予受理", ACCEPT, "写明理由和救济途径。", "已结案：不予受理。", serious=True),
        Step("forward", "转办", ACCEPT, "转信息提供单位核实。", "已转办。"),
        Step(
            "answer", "核实反馈", VERIFY, "核实后写明结论和依据；确有错误的，先更正记录。", "已反馈，待市信用办答复。"
        ),
        Step("extend", "延长核实期限", VERIFY, "须在期限届满之前决定，并告知异议人。只能延长一次。", "已延长并告知。"),
        Step(
            "decide",
            "答复",
            DECIDE,
            "由受理人以外的人答复，写明理由和救济途径；更正、停止公示、撤回即时生效。",
            "已答复。",
            second_person=True,
        ),
        Step("retract", "撤回异议", SPEAK, "撤回后公示信息上的标注同时取消。", "已撤回。"),
        Step("appeal", "申请复核", SPEAK, "对答复不服的，可以申请复核一次。", "已提交复核申请。"),
        Step(
            "settle",
            "复核答复",
            DECIDE,
            "由受理人、答复人以外的人复核，结论为最终答复。",
            "已复核。",
            second_person=True,
        ),
    ),
    works=(
        Work("异议身份待确认", S.LODGED, "confirm", 40),
        Work("异议待受理", S.FILED, "accept", 41),
        Work("异议待转办", S.ACCEPTED, "forward", 42),
        Work("异议待核实", S.FORWARDED, "answer", 43),
        Work("异议待答复", S.ANSWERED, "decide", 44),
        Work("异议复核", S.APPEALED, "settle", 45),
    ),
)

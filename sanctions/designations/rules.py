"""A listing is never one person's act and never a surprise: states, steps, and what must hold before each (国办发〔2020〕49号). Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.rules import steps
from casework.rules.hearing import RESPONSE_DAYS
from casework.rules.procedures import Procedure, Step, Work
from credit_platform.errors import Finding, at_field, required
from credit_platform.workdays.rules.days import chinese

ARTICLE = "国办发〔2020〕49号"
REPAIR_ARTICLE = "国办发〔2025〕22号"
HANDLE, DECIDE, RESPOND = (
    "sanctions.designation.handle",
    "sanctions.designation.decide",
    "sanctions.designation.respond",
)
DELIVER_WITHIN = 5
"""Working days in which a decision is served: the seven days of 行政处罚法 art. 61 (parameter)."""


class State(StrEnum):
    """Where a case stands."""

    PROPOSED = "proposed"
    NOTIFIED = "notified"
    SERVED = "served"
    DETERMINED = "determined"
    DECIDED = "decided"
    DELIVERED = "delivered"
    DISMISSED = "dismissed"


class Post(StrEnum):
    """What somebody was in a firm when it acted (哈政办规〔2020〕12号 no. 27)."""

    REPRESENTATIVE = "representative"
    HEAD = "head"
    CONTROLLER = "controller"
    RESPONSIBLE = "responsible"


POST_LABELS = {
    Post.REPRESENTATIVE: "法定代表人",
    Post.HEAD: "主要负责人",
    Post.CONTROLLER: "实际控制人",
    Post.RESPONSIBLE: "直接责任人员",
}
MOVES: dict[tuple[str, str], str] = {
    (State.PROPOSED, "notify"): State.NOTIFIED,
    (State.NOTIFIED, "serve"): State.SERVED,
    (State.SERVED, "hear"): State.SERVED,
    (State.SERVED, "respond"): State.SERVED,
    (State.SERVED, "determine"): State.DETERMINED,
    (State.DETERMINED, "decide"): State.DECIDED,
    (State.DECIDED, "deliver"): State.DELIVERED,
    (State.PROPOSED, "dismiss"): State.DISMISSED,
    (State.NOTIFIED, "dismiss"): State.DISMISSED,
    (State.SERVED, "dismiss"): State.DISMISSED,
    (State.DETERMINED, "dismiss"): State.DISMISSED,
}

DESIGNATION = Procedure(
    slug="designation",
    label="名单认定",
    audit="sanctions.designation",
    own="sanctions.DesignationCase",
    number="认定〔{year}〕{n:06d}号",
    article=ARTICLE,
    begins=State.PROPOSED,
    labels={
        State.PROPOSED: "拟列入",
        State.NOTIFIED: "已告知",
        State.SERVED: "陈述申辩",
        State.DETERMINED: "已认定",
        State.DECIDED: "已列入，待送达",
        State.DELIVERED: "已列入",
        State.DISMISSED: "不予列入",
    },
    tones={
        State.PROPOSED: "info",
        State.NOTIFIED: "info",
        State.SERVED: "info",
        State.DETERMINED: "warn",
        State.DECIDED: "serious",
        State.DELIVERED: "serious",
        State.DISMISSED: "neutral",
    },
    moves=MOVES,
    closed=frozenset({State.DELIVERED, State.DISMISSED}),
    view="sanctions.view",
    shown_to_subject=frozenset({State.SERVED, State.DETERMINED, State.DECIDED, State.DELIVERED}),
    respond="respond",
    steps=(
        Step(
            "notify",
            "告知",
            HANDLE,
            "告知当事人列入的事由、依据、拟采取的措施和期限，以及陈述申辩的权利。决定不得超出这里告知的范围。",
            "已告知，请在送达后登记。",
        ),
        steps.serving(HANDLE),
        steps.determining(DECIDE),
        *steps.hearing(HANDLE, RESPOND),
        Step(
            "decide",
            "决定列入",
            DECIDE,
            "决定作出后立即入库，并按名单规定公示；《信用修复告知书》与决定书同时制发，一并送达。",
            "已决定列入，请将决定书和信用修复告知书一并送达。",
            second_person=True,
            serious=True,
        ),
        Step("deliver", "登记决定送达", HANDLE, "决定书和信用修复告知书一并送达后，登记送达方式和日期，上传回证。", "已登记，案件办结。"),
        steps.dismissing(DECIDE, "不予列入", "不符合列入情形"),
    ),
    works=(
        Work("拟列入名单，待告知", State.PROPOSED, "notify", 40),
        Work("列入告知，待送达", State.NOTIFIED, "serve", 41),
        Work("列入名单的陈述申辩已结束，待认定", State.SERVED, "determine", 42),
        Work("已认定，待决定列入", State.DETERMINED, "decide", 43),
        Work("列入决定和信用修复告知书，待送达", State.DECIDED, "deliver", 44),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What begins a case: list, whether it holds, facts, basis, day of the conduct, months (None: the list's)."""

    list_name: str
    list_in_force: bool
    list_months: int | None
    facts: str
    basis: str
    conduct_on: date
    months: int | None
    on: date


def may_open(given: Proposal) -> Iterable[Finding]:
    """What stands against a case: a list out of force, no facts, no basis, a conduct that lies in the future, a term longer than the list's."""
    yield from against_list(given.list_name, given.list_in_force)
    yield from required(given.facts, "facts", "请写明列入的事由（事实和证据）。", rule="designation.facts", most=2000)
    yield from required(
        given.basis, "basis", "请写明列入的依据（条款和适用的情形）。", rule="designation.basis", most=1000
    )
    if given.conduct_on > given.on:
        yield at_field("designation.conduct", "conduct_on", "行为发生日期不得晚于今天。")
    if given.months is not None and given.list_months is not None and given.months > given.list_months:
        words = f"期限不得超过名单规定的{given.list_months}个月。"
        yield at_field("designation.months", "months", words, article=ARTICLE)


def against_list(name: str, in_force: bool) -> Iterable[Finding]:
    """A list that does not hold takes nobody."""
    if not in_force:
        words = f"名单“{name}”没有施行，不得列入任何主体。"
        yield at_field("list.in-force", "credit_list", words, article=ARTICLE, mend="请核对名单的施行日期。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The post of a person: what, from when, until when (None: still held)."""

    post: Post
    since: date
    until: date | None
    conduct_on: date


def may_name(held: Held, *, lists_responsible: bool, part: str) -> Iterable[Finding]:
    """What stands against naming a person: a list that names none, no conduct of its own, a post that it did not hold on the day of the conduct.

    保障农民工工资支付条例 art. 48; 哈政办规〔2020〕12号 no. 27: by decision, as of the time of the conduct.
    """
    if not lists_responsible:
        yield at_field("designation.persons", "post", "该名单没有规定一并列入责任人员。", article=ARTICLE)
    yield from required(part, "part", "请写明该人员对失信行为负有的责任。", rule="designation.part", most=1000)
    if held.until is not None and held.until < held.since:
        yield at_field("designation.post", "until", "任职截止日期早于起始日期。")
    if held.conduct_on < held.since or (held.until is not None and held.conduct_on > held.until):
        words = f"行为发生于{chinese(held.conduct_on)}，该人员当时不任{POST_LABELS[held.post]}，不得列为责任人员。"
        yield at_field("designation.not-then", "since", words, article="哈政办规〔2020〕12号第27项")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A decision as the rules see it: measures taken and announced by code, months decided and announced, the texts that go with it."""

    list_name: str
    list_in_force: bool
    measures: Collection[str]
    announced: Collection[str]
    months: int | None
    announced_months: int | None
    exit_conditions: str
    remedies: str
    repair_number: str
    repair_notice: str
    firm_listed: bool = True


def may_decide(given: Outcome) -> Iterable[Finding]:
    """What stands against a decision: a list out of force, what was not announced, no way out, no remedies, no notice on repair, a person
    whose firm is not listed (国办发〔2020〕49号; 国办发〔2025〕22号: 两书同达)."""
    yield from against_list(given.list_name, given.list_in_force)
    if strange := sorted(set(given.measures) - set(given.announced)):
        words = f"措施{'、'.join(strange)}没有告知过当事人，不能采取。"
        yield at_field("designation.not-told", "measures", words, article="《行政处罚法》第四十四条")
    if given.announced_months is not None and (given.months or 0) > given.announced_months:
        yield at_field("designation.months", "months", f"期限不得超过告知的{given.announced_months}个月。")
    yield from required(
        given.exit_conditions, "exit_conditions", "请写明移出条件和程序。", rule="designation.exit", most=1000
    )
    yield from required(given.remedies, "remedies", "请写明救济途径。", rule="designation.remedies", most=1000)
    for text, name in ((given.repair_number, "repair_number"), (given.repair_notice, "repair_notice")):
        if not text.strip():
            words = "决定书应当与信用修复告知书同时制发、一并送达：请填写告知书的文号和内容。"
            yield at_field("designation.repair-notice", name, words, article=REPAIR_ARTICLE)
    if not given.firm_listed:
        yield at_field(
            "designation.firm-first", "document_number", "所在单位尚未列入名单，不能先列入责任人员。", article=ARTICLE
        )


def notice_text(
    *,
    subject: str,
    person: bool,
    list_name: str,
    authority: str,
    facts: str,
    basis: str,
    measures: Iterable[str],
    term: str,
    published: bool,
    days: int = RESPONSE_DAYS,
) -> str:
    """The draft of the prior notice: facts, ground, what is intended and for how long, and the rights (事由、依据、权利)."""
    you = "你" if person else "你单位"
    listed = "；".join(measures) or "共享有关信息"
    shown = "列入后依法向社会公示。" if published else "列入信息仅在国家机关之间共享，不对外公示。"
    return (
        f"{subject}：\n"
        f"经查，{you}存在下列情形，本机关拟将{you}列入“{list_name}”：\n{facts.strip()}\n"
        f"依据：{basis.strip()}。\n"
        f"拟采取的管理措施：{listed}。\n"
        f"期限：{term}。{shown}\n"
        f"{you}有权自收到本告知书次日起{days}个工作日内向{authority}陈述、申辩，并提出证据；陈述、申辩意见将予核实，"
        "是否采纳及理由在决定中一并答复。逾期未陈述、申辩的，视为放弃该权利。"
    )


def term_words(months: int | None, start: str) -> str:
    """The term as people read it."""
    return f"自{start}起{months}个月" if months else "至符合移出条件时止"


def remedies_text(authority: str) -> str:
    """The remedies of a decision, as proposed to whoever decides."""
    return f"不服本决定的，可以自收到之日起60日内依法申请行政复议，或者6个月内依法提起行政诉讼；也可以向{authority}提出异议。"


def repair_notice_text(
    *, subject: str, person: bool, list_name: str, document: str, authority: str, conditions: str, months: int | None
) -> str:
    """The notice on repair (信用修复告知书) as proposed: when, under which conditions, where and with what it may be asked for."""
    you = "你" if person else "你单位"
    until = (
        f"列入期限为{months}个月，期满自动移出，不需要申请。"
        if months
        else "本名单不设固定期限，符合条件的可以申请移出。"
    )
    return (
        f"{subject}：\n"
        f"本机关以{document}将{you}列入“{list_name}”。{you}依法享有信用修复的权利：\n"
        f"一、{until}\n"
        f"二、提前移出的条件和程序：{conditions.strip()}\n"
        "三、申请材料：履行义务、纠正失信行为的证明材料和信用承诺书。承诺材料真实有效，并愿意承担违背承诺的责任。\n"
        "四、申请途径：在“信用中国”网站或者本平台在线申请，也可以到各级政务服务大厅信用窗口提交；三个工作日内受理，"
        "自申请之日起一般在十个工作日内答复。信用修复不收取任何费用。\n"
        f"五、移出后，{authority}和本平台停止公示和共享，解除有关措施。"
    )

"""专项治理: states and steps, what a query over the ledger must say, what may become of a target, how a month is counted
(哈政办规〔2020〕12号 no. 21; 中央文明委〔2018〕4号). Pure."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from casework.rules.procedures import Procedure, Step, Work
from credit_platform.errors import Finding, at_field, required

ARTICLE = "哈政办规〔2020〕12号第21项"
VIEW, HANDLE, APPROVE, WITHDRAW = "campaigns.view", "campaigns.handle", "campaigns.approve", "campaigns.withdraw"
KINDS = ("penalty", "list-entry", "list-abnormal", "commitment-breach")
"""Kinds of records that say that something is to be put right."""
MOST = 50_000
"""Subjects of one target list (parameter of the platform): a wider query is no target."""


class CampaignState(StrEnum):
    """Where a campaign stands."""

    DRAFTED = "drafted"
    FROZEN = "frozen"
    RUNNING = "running"
    CLOSED = "closed"
    CANCELLED = "cancelled"


S = CampaignState
MOVES: dict[tuple[str, str], str] = {
    (S.DRAFTED, "freeze"): S.FROZEN,
    (S.FROZEN, "deny"): S.DRAFTED,
    (S.FROZEN, "approve"): S.RUNNING,
    (S.RUNNING, "close"): S.CLOSED,
    **{(state, "cancel"): S.CANCELLED for state in (S.DRAFTED, S.FROZEN)},
}
CAMPAIGN = Procedure(
    slug="campaign",
    label="专项治理",
    audit="campaigns",
    own="campaigns.CampaignCase",
    number="专治〔{year}〕{n:04d}号",
    article=ARTICLE,
    begins=S.DRAFTED,
    labels={
        S.DRAFTED: "拟定中",
        S.FROZEN: "清单待审核",
        S.RUNNING: "治理中",
        S.CLOSED: "已完成",
        S.CANCELLED: "已取消",
    },
    tones={S.DRAFTED: "info", S.FROZEN: "warn", S.RUNNING: "info", S.CLOSED: "good", S.CANCELLED: "neutral"},
    moves=MOVES,
    closed=frozenset({S.CLOSED, S.CANCELLED}),
    view=VIEW,
    steps=(
        Step(
            "freeze",
            "冻结治理清单",
            HANDLE,
            "写明按什么条件从信用记录中取出治理对象。冻结后名单不再变动，由另一名审核员审核。",
            "治理清单已冻结，请由另一名审核员审核。",
        ),
        Step(
            "approve",
            "审核通过",
            APPROVE,
            "核对条件、户数和治理措施。通过后开始治理，治理对象的姓名、名称一律不公开。",
            "已通过，开始治理。",
            second_person=True,
        ),
        Step("deny", "退回", APPROVE, "写明需要调整的内容。原清单保留备查。", "已退回。", second_person=True),
        Step(
            "close",
            "完成治理",
            APPROVE,
            "写明成效和长效机制。各项数字由平台按办理情况计算。",
            "已完成。",
            second_person=True,
        ),
        Step("cancel", "取消", HANDLE, "写明取消的原因。", "已取消。", serious=True),
    ),
    works=(
        Work("专项治理，待冻结清单", S.DRAFTED, "freeze", 66, "info"),
        Work("专项治理清单，待审核", S.FROZEN, "approve", 67),
    ),
)


class Progress(StrEnum):
    """What may become of a target."""

    NOTIFIED = "notified"
    INTERVIEWED = "interviewed"
    CORRECTED = "corrected"
    REPAIRED = "repaired"
    TRANSFERRED = "transferred"


PROGRESS_LABELS = {
    Progress.NOTIFIED: "已告知",
    Progress.INTERVIEWED: "已约谈",
    Progress.CORRECTED: "已整改",
    Progress.REPAIRED: "已修复",
    Progress.TRANSFERRED: "已移送",
}
ENTERED_LABELS = {each: PROGRESS_LABELS[each] for each in (Progress.NOTIFIED, Progress.TRANSFERRED)}
"""What is entered with a paper; the rest the platform knows."""


class ExampleState(StrEnum):
    """Where an example text stands."""

    DRAFT = "draft"
    PUBLIC = "public"
    WITHDRAWN = "withdrawn"


EXAMPLE_LABELS = {ExampleState.DRAFT: "待审核", ExampleState.PUBLIC: "已公开", ExampleState.WITHDRAWN: "已撤下"}
EXAMPLE_MOVES: dict[tuple[ExampleState, str], ExampleState] = {
    (ExampleState.DRAFT, "publish"): ExampleState.PUBLIC,
    (ExampleState.PUBLIC, "withdraw"): ExampleState.WITHDRAWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a target list is taken from: records of one of `kinds`, of one of the catalogue items or of entries on one of the lists (codes), and of
    these only what `department` (code) brought, about subjects registered in `districts`, decided from `since` through `until`."""

    kinds: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    department: str = ""
    districts: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def as_json(self) -> dict[str, Any]:
        """As it is kept with the list; the order in which something was ticked says nothing."""
        given = asdict(self)
        sets = {name: sorted(set(given[name])) for name in ("kinds", "items", "lists", "districts")}
        days = {name: given[name].isoformat() if given[name] else "" for name in ("since", "until")}
        return {**sets, **days, "department": self.department}

    def as_text(self) -> str:
        """The canonical text of the query."""
        return json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Query:
        """The query that was kept as `as_json`."""
        since, until = (date.fromisoformat(kept[name]) if kept[name] else None for name in ("since", "until"))
        sets = {name: tuple(kept[name]) for name in ("kinds", "items", "lists", "districts")}
        return cls(**sets, since=since, until=until, department=str(kept["department"]))


def against_query(query: Query, *, on: date) -> Iterable[Finding]:
    """What stands against a query: nothing asked for, kinds that say nothing of dishonesty, days out of order or in the future."""
    if not (query.kinds or query.items or query.lists):
        yield at_field("campaign.query", "kinds", "请至少选择一种信息、一个目录事项或者一个名单。", article=ARTICLE)
    if strange := sorted(set(query.kinds) - set(KINDS)):
        yield at_field("campaign.kinds", "kinds", f"这些信息种类不能作为治理对象的条件：{'、'.join(strange)}。")
    if query.since and query.until and query.until < query.since:
        yield at_field("campaign.days", "until", "决定日期的截止日不得早于起始日。")
    if query.since and query.since > on:
        yield at_field("campaign.future", "since", "决定日期的起始日不得晚于今天。")


def against_size(size: int) -> Iterable[Finding]:
    """A list of nobody, and one of more than MOST subjects."""
    if not size:
        yield at_field("campaign.empty", "kinds", "没有符合条件的主体。", mend="请放宽条件，或者核对信息是否已经归集。")
    if size > MOST:
        words = f"符合条件的主体超过{MOST:,}户，范围过宽。"
        yield at_field("campaign.wide", "kinds", words, mend="请按单位、地区或者决定日期缩小范围。")


def against_opening(name: str, measures: str, *, starts_on: date, ends_on: date, on: date) -> Iterable[Finding]:
    """A campaign without a name or measures, with days out of order, or that is over before it begins."""
    yield from required(name, "name", "请填写名称。", rule="campaign.name", most=100)
    yield from required(measures, "measures", "请逐行写明治理措施。", rule="campaign.measures", most=3000)
    if ends_on < starts_on:
        yield at_field("campaign.days", "ends_on", "结束日期不得早于开始日期。")
    elif ends_on < on:
        yield at_field("campaign.over", "ends_on", "结束日期不得早于今天。")


def against_entry(progress: str, *, on: date, since: date, today: date, receiver: object) -> Iterable[Finding]:
    """What stands against an entry about a target: what the platform knows itself, a day outside the campaign, a transfer to nobody."""
    if progress not in ENTERED_LABELS:
        yield at_field(
            "campaign.known", "progress", "约谈、整改和修复由平台按办理情况计算，不能登记。", article=ARTICLE
        )
    if not since <= on <= today:
        yield at_field("campaign.day", "on", "日期应在专项治理开始之日与今天之间。")
    if progress == Progress.TRANSFERRED and receiver is None:
        yield at_field("campaign.receiver", "receiver", "移送的，请选择接收单位。")
    if progress == Progress.NOTIFIED and receiver is not None:
        yield at_field("campaign.receiver", "receiver", "告知不需要选择接收单位。")


def against_names(text: str, names: Collection[str]) -> Iterable[Finding]:
    """Whom an example text names: the present and former names, codes and heads of the targets."""
    if any(len(name) > 1 and name in text for name in names):
        words = "案例中出现了治理对象的名称、代码或者负责人姓名。"
        yield at_field(
            "campaign.named", "text", words, mend="请改写为“某公司”“负责人某某”等。", article="国办发〔2020〕49号"
        )


@dataclass(frozen=True, slots=True)
class Month:
    """How many targets came to each progress in one month, and in all to its end."""

    label: str
    counts: Mapping[Progress, int]
    totals: Mapping[Progress, int]

    @property
    def pairs(self) -> list[tuple[str, int]]:
        """Words and numbers of the month, in the order of progress."""
        return [(PROGRESS_LABELS[each], self.counts[each]) for each in Progress]


def months(days: Mapping[Progress, Collection[date]], *, since: date, until: date) -> list[Month]:
    """Month by month from `since` through `until`; `days` are the first day of each target in each progress, those before `since` count as of it."""
    found: list[Month] = []
    totals = dict.fromkeys(Progress, 0)
    year, month = since.year, since.month
    while (year, month) <= (until.year, until.month):
        counts = {
            each: sum((max(day, since).year, max(day, since).month) == (year, month) for day in days.get(each, ()) if day <= until)
            for each in Progress
        }  # fmt: skip
        totals = {each: totals[each] + counts[each] for each in Progress}
        found.append(Month(f"{year}年{month}月", counts, totals))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found

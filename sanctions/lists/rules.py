"""What a list is, when a row may be in force, and how its entries run and end (国办发〔2020〕49号; 令第36号). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from credit_platform.errors import Finding, at_field
from credit_platform.workdays.rules.days import chinese
from disclosure.rules.facts import Facts
from disclosure.rules.periods import PeriodResult, application_on, period_of
from disclosure.rules.values import LIST, ClassRule, RuleSetValue

ARTICLE = "国办发〔2020〕49号"
CONSULTATION_DAYS = 30
"""Calendar days that a new standard is put to the public at least (49号)."""


class Nature(StrEnum):
    """What it means to be on a list."""

    SERIOUS = "serious"
    ABNORMAL = "abnormal"
    RED = "red"
    WATCH = "watch"


class Rank(StrEnum):
    """What a basis weighs (立法法)."""

    LAW = "law"
    REGULATION = "regulation"
    CENTRAL = "central"
    JUDICIAL = "judicial"
    LOCAL = "local"
    RULE = "rule"
    POLICY = "policy"


class Level(StrEnum):
    """The lowest authority that may decide."""

    STATE = "state"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    COURT = "court"


class Start(StrEnum):
    """Where the term runs from."""

    LISTING = "listing"
    PUBLICATION = "publication"


class ExitFrom(StrEnum):
    """Where the months before an early exit run from: where the term does, or the day on which the conduct was corrected."""

    START = "start"
    PERFORMED = "performed"


class Publication(StrEnum):
    """Who may read an entry."""

    PUBLIC = "public"
    SHARED = "shared"


class Persons(StrEnum):
    """How natural persons stand in public: not at all, or with a masked name (never with a number)."""

    NEVER = "never"
    MASKED = "masked"


class Way(StrEnum):
    """How an entry ended."""

    TERM = "term"
    EARLY = "early"
    REPAIR = "repair"
    ANNULLED = "annulled"
    WRONG = "wrong"
    SOURCE = "source"
    DISPLACED = "displaced"
    UNDONE = "undone"


NATURE_LABELS = {
    Nature.SERIOUS: "严重失信主体名单",
    Nature.ABNORMAL: "经营异常名录（状态）",
    Nature.RED: "守信激励名单",
    Nature.WATCH: "重点关注名单",
}
RANK_LABELS = {
    Rank.LAW: "法律",
    Rank.REGULATION: "行政法规",
    Rank.CENTRAL: "党中央、国务院文件",
    Rank.JUDICIAL: "司法解释",
    Rank.LOCAL: "地方性法规",
    Rank.RULE: "部门规章",
    Rank.POLICY: "规范性文件",
}
LEVEL_LABELS = {
    Level.STATE: "国家",
    Level.PROVINCE: "省级以上",
    Level.CITY: "设区的市级以上",
    Level.COUNTY: "县级以上",
    Level.COURT: "人民法院",
}
START_LABELS = {Start.LISTING: "列入之日", Start.PUBLICATION: "公布之日"}
EXIT_FROM_LABELS = {ExitFrom.START: "与期限相同", ExitFrom.PERFORMED: "纠正、履行之日"}
PUBLICATION_LABELS = {Publication.PUBLIC: "社会公开", Publication.SHARED: "政务共享"}
PERSONS_LABELS = {
    Persons.NEVER: "自然人不公示",
    Persons.MASKED: "自然人遮盖姓名后公示",
}
WAY_LABELS = {
    Way.TERM: "期满移出",
    Way.EARLY: "提前移出",
    Way.REPAIR: "信用修复",
    Way.ANNULLED: "决定撤销",
    Way.WRONG: "错误列入更正",
    Way.SOURCE: "来源单位移出",
    Way.DISPLACED: "因列入严重失信主体名单取消",
    Way.UNDONE: "导入已撤回",
}
KIND_OF = {
    Nature.SERIOUS: "list-entry",
    Nature.ABNORMAL: "list-abnormal",
    Nature.RED: "list-red",
    Nature.WATCH: "list-watch",
}
"""The kind of information, and the data standard, of the entries of a list."""
SERIOUS_KIND = KIND_OF[Nature.SERIOUS]
BY_TWO = frozenset({Way.EARLY, Way.REPAIR, Way.ANNULLED, Way.WRONG})
"""Ways that lower what weighs on a subject by somebody's word: never one person's."""
SERIOUS_RANKS = frozenset(Rank) - {Rank.POLICY}
"""What a list of seriously dishonest subjects may rest on (49号: 法律、法规 or a document of the centre; a ministry's rule for the time being)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The dates of a list's rule: how long (months, None = open), from where, when one may leave early (months, None = not early)."""

    name: str
    label: str
    basis: str
    term_months: int | None = None
    term_from: Start = Start.LISTING
    exit_months: int | None = None
    exit_from: ExitFrom = ExitFrom.START
    may_exit: bool = False
    published: bool = True


def class_rule(terms: Terms, *, months: int | None = None) -> ClassRule:
    """The list's rule in the words of the periods, so that entries, their explanation and `explain_periods` are one computation.

    `months` is the term that the decision says where it is another one than the list's (a court's extension, 法释〔2017〕7号).
    """
    return ClassRule(
        kind=SERIOUS_KIND,
        label=terms.label,
        name=terms.name,
        basis=terms.basis,
        min_months=terms.exit_months or None,
        max_months=months or terms.term_months,
        start_kind="publication" if terms.term_from is Start.PUBLICATION else "decision",
        min_from="performed" if terms.exit_from is ExitFrom.PERFORMED else "start",
        published=terms.published,
        repairable=terms.may_exit,
    )


def rule_set(rows: Iterable[Terms], *, since: date) -> RuleSetValue:
    """All lists as one set of rules of the channel of lists: what `manage.py explain_periods` answers from."""
    return RuleSetValue(
        code="LIST",
        name="失信主体名单的期限",
        basis="各名单的认定办法",
        valid_from=since,
        period_start="decision",
        channel=LIST,
        rules=tuple(class_rule(each) for each in rows),
    )


def run(
    terms: Terms,
    *,
    entered_on: date,
    published_on: date | None = None,
    performed_on: date | None = None,
    months: int | None = None,
    attached_until: date | None = None,
) -> PeriodResult:
    """How an entry runs: from when, the last day on the list, the first day on which it may leave early, each explained.

    `months` replaces the list's term where the decision says another; `attached_until` is the last day of a ban that the decision attaches
    (nobody leaves early while it runs). ValueError when the term runs from a publication whose day is not given.
    """
    facts = Facts(
        kind=SERIOUS_KIND,
        subject_kind="legal",
        decided_on=entered_on,
        attached_until=attached_until,
        performed_on=performed_on,
    )
    whole = RuleSetValue(
        code="LIST", name=terms.label, basis=terms.basis, valid_from=date.min, period_start="decision", channel=LIST
    )
    return period_of(whole, class_rule(terms, months=months), facts, published_on=published_on)


def exit_on(period: PeriodResult, *, performed_on: date | None) -> date | None:
    """The first day on which an early exit may be asked for: none while the duty is unperformed."""
    return application_on(period, performed_on=performed_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What a row must say before it may be in force."""

    nature: Nature
    rank: str = ""
    basis: str = ""
    standard_at: str = ""
    consultation_days: int | None = None
    review_due: date | None = None


def against_force(grounds: Grounds) -> Iterable[Finding]:
    """What keeps a row out of force: no rank, no basis, no published standard, too short a consultation, no day of the next evaluation (49号).

    Lists of seriously dishonest subjects rest on more than a document of a department; the others need no consultation.
    """
    if not grounds.basis.strip():
        yield at_field("list.basis", "basis", "请填写名单的设立依据。", article=ARTICLE)
    if not grounds.rank:
        yield at_field("list.rank", "basis_rank", "请选择依据的位阶。", article=ARTICLE)
    if not grounds.standard_at.strip():
        yield at_field("list.standard", "standard_at", "请填写认定标准在何处公布。", article=ARTICLE)
    if grounds.review_due is None:
        yield at_field("list.review", "review_due", "请填写下一次评估认定标准的日期。", article=ARTICLE)
    if grounds.nature is not Nature.SERIOUS:
        return
    if grounds.rank and grounds.rank not in SERIOUS_RANKS:
        words = "严重失信主体名单应依据法律、法规或者党中央、国务院文件设立；规范性文件不足以设立。"
        yield at_field("list.rank", "basis_rank", words, article=ARTICLE)
    if grounds.consultation_days is None or grounds.consultation_days < CONSULTATION_DAYS:
        words = f"认定标准应公开征求意见不少于{CONSULTATION_DAYS}日，请填写征求意见的天数。"
        yield at_field("list.consultation", "consultation_days", words, article=ARTICLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What the rules need to know of an end: the entry's days, how and when it is to end, by which document; `by_ruling`: a court has found that
    the plan of a bankruptcy was carried out."""

    way: Way
    on: date
    today: date
    entered_on: date
    document: str = ""
    why: str = ""
    public_note: str = ""
    first_exit_on: date | None = None
    may_exit: bool = False
    by_ruling: bool = False


def against_ending(leaving: Leaving) -> Iterable[Finding]:
    """What stands against the end of an entry: its day, its document and reason, and for an early exit the list's own rule.

    令第36号 leaves a list its own months: an early exit or a repair is possible from the day that `first_application` finds, and on a list without
    early exit never. A wrong or annulled entry tells the public why (行政处罚法 art. 48).
    """
    if not leaving.entered_on <= leaving.on <= leaving.today:
        yield at_field("entry.day", "on", "移出日期应在列入日期与今天之间。")
    if leaving.way not in BY_TWO:
        return
    if not leaving.document.strip():
        yield at_field("entry.document", "document", "请填写移出（撤销、修复）文书号。", article=ARTICLE)
    if not leaving.why.strip():
        yield at_field("entry.why", "why", "请填写移出原因。")
    if leaving.way in (Way.ANNULLED, Way.WRONG):
        if not leaving.public_note.strip():
            yield at_field("entry.public-note", "public_note", "请填写对外说明。", article="《行政处罚法》第四十八条")
        return
    if leaving.way is Way.REPAIR and leaving.by_ruling:
        return
    if not leaving.may_exit:
        yield at_field("entry.no-exit", "way", "该名单的认定办法没有规定提前移出，期满自动移出。")
    elif leaving.first_exit_on is None or leaving.on < leaving.first_exit_on:
        when = f"，最早为{chinese(leaving.first_exit_on)}" if leaving.first_exit_on else "：尚未登记纠正、履行完毕"
        yield at_field("entry.too-early", "on", f"尚不具备提前移出的条件{when}。")

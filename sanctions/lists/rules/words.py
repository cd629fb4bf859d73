"""What a list, the basis of one and the end of an entry may be called: the values of their columns and how they read. Pure."""

from __future__ import annotations

from enum import StrEnum


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

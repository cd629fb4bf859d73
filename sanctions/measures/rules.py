"""Which measures follow an entry, in which matters and with what force (国办发〔2020〕49号, 全国失信惩戒措施基础清单). Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from credit_platform.errors import Finding, at_field, required
from credit_platform.workdays.rules import add_months

ARTICLE = "国办发〔2020〕49号"
MANAGE = "sanctions.measures.manage"
EVERY_MATTER = "*"
"""Stands for every matter that an approval can ask about."""


class MeasureKind(StrEnum):
    """The three kinds of the base list, and incentives."""

    LIMITING = "limiting"
    MANAGING = "managing"
    AUTONOMOUS = "autonomous"
    REWARDING = "rewarding"


KIND_LABELS = {
    MeasureKind.LIMITING: "依法减损权益或增加义务",
    MeasureKind.MANAGING: "履职中的管理措施",
    MeasureKind.AUTONOMOUS: "其他组织自主实施",
    MeasureKind.REWARDING: "守信激励",
}


class Force(StrEnum):
    """What a hit does to a decision; the order of the members is from the strictest on."""

    MUST = "must"
    WEIGH = "weigh"
    INFORM = "inform"


FORCE_LABELS = {Force.MUST: "应当执行", Force.WEIGH: "作为考量因素", Force.INFORM: "仅供参考"}
FORCE_TONES = {Force.MUST: "serious", Force.WEIGH: "warn", Force.INFORM: "neutral"}


class Verdict(StrEnum):
    """What a check answers, computed from the force of what applies."""

    FORBID = "forbid"
    CAUTION = "caution"
    NOTE = "note"
    NONE = "none"


VERDICT_LABELS = {Verdict.FORBID: "禁止", Verdict.CAUTION: "审慎", Verdict.NOTE: "参考", Verdict.NONE: "无"}
_VERDICTS = {Force.MUST: Verdict.FORBID, Force.WEIGH: Verdict.CAUTION, Force.INFORM: Verdict.NOTE}


class Whom(StrEnum):
    """Whom a measure is for."""

    FIRM = "firm"
    PERSON = "person"
    BOTH = "both"


WHOM_LABELS = {Whom.FIRM: "法人及非法人组织、个体工商户", Whom.PERSON: "责任人员等自然人", Whom.BOTH: "单位和责任人员"}


class Term(StrEnum):
    """How long a measure lasts."""

    ENTRY = "entry"
    MONTHS = "months"
    DECIDED = "decided"
    LIFE = "life"


TERM_LABELS = {Term.ENTRY: "与列入期限相同", Term.MONTHS: "固定期限", Term.DECIDED: "由决定确定", Term.LIFE: "终身"}


class Nature(StrEnum):
    """The natures of lists that a measure may name instead of each list by its code."""

    SERIOUS = "@serious"
    ABNORMAL = "@abnormal"
    RED = "@red"
    WATCH = "@watch"


NATURE_LABELS = {
    Nature.SERIOUS: "各严重失信主体名单",
    Nature.ABNORMAL: "经营（活动）异常名录",
    Nature.RED: "各守信激励名单",
    Nature.WATCH: "重点关注对象名单",
}


class Document(StrEnum):
    """Documents that bring a measure about without a list."""

    PENALTY = "penalty"
    JUDGMENT = "judgment"
    BAN = "ban"
    COURT_ORDER = "court-order"


DOCUMENT_LABELS = {
    Document.PENALTY: "行政处罚决定",
    Document.JUDGMENT: "刑事裁判文书",
    Document.BAN: "市场和行业禁入决定",
    Document.COURT_ORDER: "法院限制消费令等执行文书",
}


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """What the rules need of a line of the list. `lists` holds codes of lists and natures, `matters` codes of fields or `*`."""

    code: str
    name: str
    kind: MeasureKind
    force: Force
    whom: Whom
    term: Term
    lists: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    matters: frozenset[str] = frozenset()
    months_least: int | None = None
    months_most: int | None = None

    @property
    def is_duty(self) -> bool:
        """Whether somebody in the city has to act or to weigh; never for what other organisations do on their own."""
        return self.kind is not MeasureKind.AUTONOMOUS and self.force is not Force.INFORM


def named(list_code: str, nature: str) -> frozenset[str]:
    """The ways in which a measure may name a list: by its code, or by its nature ("serious" → "@serious")."""
    return frozenset({list_code, f"@{nature}"})


def for_whom(whom: Whom, subject_kind: str) -> bool:
    """Whether a measure is for a subject of this kind of the ledger ("person", else an organisation or a sole trader)."""
    return whom is Whom.BOTH or (whom is Whom.PERSON) == (subject_kind == "person")


def applies(measure: MeasureFacts, *, names: Collection[str], matters: Collection[str], subject_kind: str) -> bool:
    """Whether a measure follows an entry on the list of `names` in one matter, which the codes `matters` all stand for."""
    in_matter = EVERY_MATTER in measure.matters or not measure.matters.isdisjoint(matters)
    return not measure.lists.isdisjoint(names) and in_matter and for_whom(measure.whom, subject_kind)


def verdict(measures: Iterable[MeasureFacts]) -> Verdict:
    """The verdict of a check from the force of what applies.

    What other organisations do on their own counts for nothing, so that it never reads as a duty; incentives never turn a verdict.
    """
    forces = {each.force for each in measures if each.kind in (MeasureKind.LIMITING, MeasureKind.MANAGING)}
    return next((_VERDICTS[force] for force in Force if force in forces), Verdict.NONE)


def strictest_first(measures: Iterable[MeasureFacts]) -> list[MeasureFacts]:
    """Must before weigh before inform, what is autonomous last, then by code."""
    order = list(Force)
    return sorted(measures, key=lambda each: (each.kind is MeasureKind.AUTONOMOUS, order.index(each.force), each.code))


def last_day(measure: MeasureFacts, *, taken_on: date, entry_ends_on: date | None, decided: date | None) -> date | None:
    """The last day of a measure that was taken on a day; None = open (with an entry without end, or for life).

    Months count from the day after `taken_on` (民法典 arts. 201, 202). The end of a measure is no act to be done, so it does not roll.
    """
    if measure.term is Term.ENTRY:
        return entry_ends_on
    if measure.term is Term.MONTHS:
        return add_months(taken_on, measure.months_most or 0)
    return decided if measure.term is Term.DECIDED else None


def against_term(measure: MeasureFacts, *, taken_on: date, decided: date | None) -> Iterable[Finding]:
    """What stands against the last day that a decision set: it is missing, or outside the months of the list (both bounds included)."""
    if measure.term is not Term.DECIDED:
        return
    if decided is None:
        yield at_field("measure.until", "until", f"“{measure.name}”的期限由决定确定，请填写截止日期。")
    elif measure.months_least and decided < add_months(taken_on, measure.months_least):
        yield at_field("measure.until", "until", f"“{measure.name}”的期限不少于{measure.months_least}个月。")
    elif measure.months_most and decided > add_months(taken_on, measure.months_most):
        yield at_field("measure.until", "until", f"“{measure.name}”的期限不超过{measure.months_most}个月。")


def goes_with_entry(measure: MeasureFacts) -> bool:
    """Whether a measure ends when the entry ends; one with a term of its own, or for life, goes on until that is over."""
    return measure.term is Term.ENTRY


def against(
    measure: MeasureFacts, *, basis: str, text: str, known_lists: Collection[str], known_matters: Collection[str]
) -> Iterable[Finding]:
    """What stands against a line of the list; every finding at its field."""
    yield from required(basis, "basis", "请填写依据的法律、法规或者党中央、国务院文件。", rule="measure.basis")
    yield from required(text, "legal_text", "请填写法律条文原文。", rule="measure.text")
    if not measure.lists and not measure.documents:
        yield at_field("measure.triggers", "lists", "请写明由哪些名单或文书触发。")
    if not measure.matters:
        yield at_field("measure.matters", "matters", "请写明适用的事项领域；适用于各类事项的写“*”。")
    natures = {nature.value for nature in Nature}
    yield from _strange(measure.lists - natures, known_lists, "lists", "名单")
    yield from _strange(measure.matters - {EVERY_MATTER}, known_matters, "matters", "事项领域")
    yield from _strange(measure.documents, [each.value for each in Document], "documents", "文书种类")
    yield from _against_force(measure)
    yield from _against_months(measure)


def _strange(given: Collection[str], known: Collection[str], field: str, what: str) -> Iterable[Finding]:
    if strange := sorted(set(given) - set(known)):
        yield at_field(
            f"measure.{field}", field, f"没有这样的{what}：{'、'.join(strange)}。", mend=f"请使用{what}的代码。"
        )


def _against_force(measure: MeasureFacts) -> Iterable[Finding]:
    if measure.kind is MeasureKind.AUTONOMOUS and measure.force is not Force.INFORM:
        words = "其他组织自主实施的措施不得作为行政机关的义务，约束力只能是“仅供参考”。"
        yield at_field("measure.autonomous", "force", words, article=ARTICLE)
    rewarding = measure.kind is MeasureKind.REWARDING
    if rewarding and measure.force is Force.MUST:
        yield at_field("measure.rewarding", "force", "激励措施由部门结合实际给予，约束力不能是“应当执行”。")
    red = measure.lists <= {Nature.RED.value} if rewarding else Nature.RED.value not in measure.lists
    if not red:
        yield at_field("measure.red", "lists", "激励措施只由守信激励名单触发，惩戒措施不由其触发。")


def _against_months(measure: MeasureFacts) -> Iterable[Finding]:
    least, most = measure.months_least, measure.months_most
    if measure.term is Term.MONTHS and not most:
        yield at_field("measure.months", "months_most", "固定期限的措施须填写月数。")
    if measure.term in (Term.ENTRY, Term.LIFE) and (least or most):
        yield at_field("measure.months", "months_most", "该期限方式不填月数。")
    if least and most and least > most:
        yield at_field("measure.months", "months_least", "最短月数不得大于最长月数。")


def term_in_words(term: str, least: int | None, most: int | None) -> str:
    """The term as people read it: 固定期限36个月, 由决定确定（12至36个月）."""
    label = TERM_LABELS[Term(term)]
    if term == Term.MONTHS:
        return f"{label}{most}个月"
    if term == Term.DECIDED and (least or most):
        bounds = f"{least}至{most}个月" if least and most else f"最短{least}个月" if least else f"最长{most}个月"
        return f"{label}（{bounds}）"
    return label


def triggers_in_words(lists: Iterable[str], documents: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """What brings a measure about, as people read it; `names` are the names of lists by their codes."""
    natures = {nature.value: label for nature, label in NATURE_LABELS.items()}
    kinds = {kind.value: label for kind, label in DOCUMENT_LABELS.items()}
    return [natures.get(each) or names.get(each, each) for each in lists] + [
        kinds.get(each, each) for each in documents
    ]

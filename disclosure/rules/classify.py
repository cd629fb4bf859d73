"""Which class of a rule set a decision falls into, and whether somebody's word made it lighter.

The kinds of penalty and the thresholds of fines decide; several kinds in one decision: the most serious one (令第58号; trap 25). A
fine that no threshold grades is asked of the authority, never guessed (国办发〔2025〕22号). What the authority says itself (a class, the simple
procedure) is a claim: it grades what the kinds leave open; what the law ties to a class it cannot lower (令第36号; 行政处罚法 art. 51);
where it lowers anything else, `lowered` says so, for then a second person has to confirm it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from credit_platform.errors import Finding, Level
from disclosure.rules.facts import Facts, amount_of
from disclosure.rules.values import CLASS, PROCEDURE, Claim, ClassRule, RuleSetValue, SimpleLimit, Threshold

FINE = "罚款"
STATED, BY_THRESHOLD, BY_KIND = "机关认定", "罚款数额标准", "处罚类别"
LEAST = Decimal("0.000001")
"""The smallest step of an amount (万元): six decimals."""


@dataclass(frozen=True, slots=True)
class Classified:
    """The class, where it comes from, what is missing or contradicts the law; what was said to make it lighter, and the class (at most)
    that it would be `instead`."""

    rule: ClassRule | None
    source: str = ""
    findings: tuple[Finding, ...] = ()
    lowered: Claim | None = None
    instead: ClassRule | None = None


@dataclass(frozen=True, slots=True)
class _Kinds:
    """What the kinds of penalty say by themselves; `known` is the worst class among them where others must be asked for."""

    rule: ClassRule | None
    source: str = ""
    findings: tuple[Finding, ...] = ()
    known: ClassRule | None = None


def classify(
    rule_set: RuleSetValue,
    facts: Facts,
    thresholds: Sequence[Threshold],
    *,
    on: date,
    limits: Sequence[SimpleLimit] = (),
) -> Classified:
    """The class of a decision under a rule set; `on` is the day whose classes and thresholds hold."""
    rules = rule_set.of_kind(facts.kind, on)
    if not rules:
        return Classified(None)
    plain = _by_kinds(rules, facts, thresholds, on)
    stated = next((rule for rule in rules if facts.stated and rule.severity == facts.stated and _in(rule, facts)), None)
    simple = next((rule for rule in rules if rule.procedure and rule.procedure == facts.procedure), None)
    beyond = beyond_simple(facts, limits) if simple is not None else None
    if stated is not None:
        barred = _against_kinds(stated, facts, plain) or (None if stated.published else beyond)
        said = (stated, STATED, Claim(CLASS, f"认定为“{facts.stated}”"))
    elif simple is not None:
        barred, said = beyond, (simple, BY_KIND, Claim(PROCEDURE, f"按{facts.procedure}办理"))
    else:
        return Classified(plain.rule, plain.source, plain.findings)
    if barred is not None:
        return Classified(plain.rule, plain.source, (*plain.findings, barred))
    rule, source, claim = said
    top = max(rules, key=lambda rule: rule.weight())
    return Classified(rule, source, (beyond,) if beyond else (), *_lowered(rule, claim, plain, top, facts))


def step_of(fine: str, thresholds: Sequence[Threshold], limits: Sequence[SimpleLimit] = ()) -> str:
    """The amount in whose place a fine (万元, as a text) stands: of no fine, of 0 and of all borders the highest that it reaches.

    The rules ask of a fine only which thresholds it reaches and which limits it passes, so two fines on one step are of one class
    under every rule set.
    """
    amount = amount_of(fine)
    borders = [*(each.amount_wan for each in thresholds), *(each.amount_wan + LEAST for each in limits)]
    reached = [border for border in borders if amount is not None and border <= amount]
    if reached:
        return str(max(reached))
    return fine if amount is None or amount < 0 else "0"


def beyond_simple(facts: Facts, limits: Sequence[SimpleLimit]) -> Finding | None:
    """Why the decision cannot have been made by the simple procedure; None when it can, or when no row speaks of it."""
    fitting = [each for each in limits if each.holds(facts.subject_kind, facts.decided_on)]
    limit = max(fitting, key=lambda each: (bool(each.subject_kind), each.valid_from), default=None)
    if limit is None:
        return None
    within = facts.fine_wan is None or facts.fine_wan <= limit.amount_wan
    if within and set(facts.kinds) <= limit.penalty_kinds:
        return None
    most = f"{limit.amount_wan * 10_000:.0f}元以下的罚款"
    others = "、".join(kind for kind in sorted(limit.penalty_kinds) if kind != FINE)
    return Finding(
        rule="procedure.beyond-simple",
        level=Level.ERROR,
        text=f"该处罚不能适用简易程序：简易程序只用于{most}{'或者' + others if others else ''}。",
        mend="请核对处罚程序、处罚类别和罚款金额并更正记录；确为普通程序的，按处罚类别认定失信严重程度。",
        field="HRB_CFCX",
        article=limit.basis,
    )


def _lowered(
    rule: ClassRule, claim: Claim, plain: _Kinds, top: ClassRule, facts: Facts
) -> tuple[Claim | None, ClassRule | None]:
    """The claim, when its class is lighter than what the kinds say or keeps what they leave open from the public, with the class
    that holds without it."""
    known = plain.rule or plain.known
    kinds = "、".join(facts.kinds) or "未填"
    if known is not None and known.weight() > rule.weight():
        return replace(claim, text=f"{claim.text}；按处罚类别“{kinds}”属“{known.label}”。"[:300]), known
    if plain.rule is None and not rule.published:
        text = f"{claim.text}，不公示；处罚类别“{kinds}”本身不能判定为不公示。"
        return replace(claim, text=text[:300]), top
    return None, None


def _against_kinds(stated: ClassRule, facts: Facts, plain: _Kinds) -> Finding | None:
    """A class that the regulation itself ties to a kind of penalty (or a large fine) is not for the authority to lower."""
    known = plain.rule or plain.known
    if known is None or not known.fixed or known.weight() <= stated.weight():
        return None
    return Finding(
        rule="severity.barred",
        level=Level.ERROR,
        text=f"失信严重程度不能为“{facts.stated}”：处罚类别“{'、'.join(facts.kinds)}”属“{known.label}”。",
        mend="请核对处罚类别和失信严重程度并更正；处罚类别无误的，按其所属类别办理。",
        field="HRB_YZCD",
        article=known.basis,
    )


def _by_kinds(rules: Sequence[ClassRule], facts: Facts, thresholds: Sequence[Threshold], on: date) -> _Kinds:
    found: list[tuple[ClassRule, str]] = []
    unknown: list[str] = []
    for kind in facts.kinds or ("",):
        graded = _graded(rules, facts, thresholds, on) if kind == FINE else None
        rule = graded or next((rule for rule in rules if _matches(rule, facts, (kind,))), None)
        if rule is None:
            unknown.append(kind)
        else:
            found.append((rule, BY_THRESHOLD if graded else BY_KIND))
    best = max(found, key=lambda pair: pair[0].weight(), default=None)
    top = max(rules, key=lambda rule: rule.weight())
    if best is None or (unknown and best[0].weight() < top.weight()):
        return _Kinds(None, findings=(_ask(unknown),), known=best[0] if best else None)
    return _Kinds(*best)


def _in(rule: ClassRule, facts: Facts) -> bool:
    return not rule.domains or facts.domain in rule.domains


def _matches(rule: ClassRule, facts: Facts, kinds: Sequence[str]) -> bool:
    """Whether the kinds of penalty alone put a decision into a class; that of a procedure is only ever said (see `classify`)."""
    return (not rule.penalty_kinds or bool(rule.penalty_kinds & set(kinds))) and _in(rule, facts) and not rule.procedure


def _graded(rules: Sequence[ClassRule], facts: Facts, thresholds: Sequence[Threshold], on: date) -> ClassRule | None:
    """The class of the highest threshold that the fine reaches."""
    if facts.fine_wan is None:
        return None
    reached = [
        each
        for each in thresholds
        if each.domain in ("", facts.domain)
        and each.subject_kind in ("", facts.subject_kind)
        and each.valid_from <= on
        and (each.valid_until is None or on <= each.valid_until)
        and each.amount_wan <= facts.fine_wan
    ]
    best = max(reached, key=lambda each: (each.amount_wan, bool(each.domain), bool(each.subject_kind)), default=None)
    return next((rule for rule in rules if best and rule.severity == best.severity and _in(rule, facts)), None)


def _ask(kinds: Sequence[str]) -> Finding:
    what = "、".join(kind for kind in kinds if kind) or "处罚类别"
    return Finding(
        rule="severity.missing",
        level=Level.ERROR,
        text=f"请填写失信严重程度：“{what}”不能据现有标准判定属轻微、一般还是严重。",
        mend="由作出决定的机关认定后，在本页填写“失信严重程度”及依据。",
        field="severity",
        article="国办发〔2025〕22号；国家发展改革委令第36号",
    )

"""Which class of a rule set a decision falls into.

Order: what the deciding organ stated; thresholds of fines; the kinds of penalty. Several kinds in one decision: the most serious
one decides (令第58号; trap 25). A fine that no threshold grades is asked of the organ, never guessed (国办发〔2025〕22号).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from credit_platform.errors import Finding, Level
from disclosure.rules.facts import Facts, amount_of
from disclosure.rules.values import ClassRule, RuleSetValue, Threshold

FINE = "罚款"
STATED, BY_THRESHOLD, BY_KIND = "机关认定", "罚款数额标准", "处罚类别"


@dataclass(frozen=True, slots=True)
class Classified:
    """The class, where it comes from, and what is missing when there is none."""

    rule: ClassRule | None
    source: str = ""
    finding: Finding | None = None


def classify(rule_set: RuleSetValue, facts: Facts, thresholds: Sequence[Threshold], *, on: date) -> Classified:
    """The class of a decision under a rule set; `on` is the day whose thresholds hold."""
    rules = rule_set.of_kind(facts.kind)
    if not rules:
        return Classified(None)
    named = [rule for rule in rules if rule.domains and rule.penalty_kinds and _matches(rule, facts, facts.kinds)]
    stated = next((rule for rule in rules if facts.stated and rule.severity == facts.stated), None)
    if stated is not None:
        # A class that the regulation itself ties to a field and a kind of penalty is not for the organ to lower.
        worse = [rule for rule in named if rule.weight() > stated.weight()]
        return Classified(worse[0], BY_KIND) if worse else Classified(stated, STATED)
    return _by_kinds(rules, facts, thresholds, on)


def step_of(fine: str, thresholds: Sequence[Threshold]) -> str:
    """The amount in whose place a fine (万元, as a text) stands: of no fine, of 0 and of the thresholds the highest that it reaches.

    `_graded` asks of a fine only which thresholds it reaches, so two fines on one step are of one class under every rule set.
    """
    amount = amount_of(fine)
    reached = [each.amount_wan for each in thresholds if amount is not None and each.amount_wan <= amount]
    if reached:
        return str(max(reached))
    return fine if amount is None or amount < 0 else "0"


def _by_kinds(rules: Sequence[ClassRule], facts: Facts, thresholds: Sequence[Threshold], on: date) -> Classified:
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
    if unknown and (best is None or best[0].weight() < top.weight()):
        return Classified(None, finding=_ask(unknown))
    return Classified(*best) if best else Classified(None, finding=_ask(unknown))


def _matches(rule: ClassRule, facts: Facts, kinds: Sequence[str]) -> bool:
    return (
        (not rule.penalty_kinds or bool(rule.penalty_kinds & set(kinds)))
        and (not rule.domains or facts.domain in rule.domains)
        and (not rule.procedure or facts.procedure == rule.procedure)
    )


def _graded(rules: Sequence[ClassRule], facts: Facts, thresholds: Sequence[Threshold], on: date) -> ClassRule | None:
    """The class of the highest threshold that the fine reaches; a simple procedure is not graded by amount."""
    if facts.fine_wan is None or any(rule.procedure and rule.procedure == facts.procedure for rule in rules):
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
    return next((rule for rule in rules if best and rule.severity == best.severity), None)


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

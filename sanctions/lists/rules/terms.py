"""How the entries of a list run, reckoned by the rules of periods. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from disclosure.rules.facts import Facts
from disclosure.rules.periods import PeriodResult, application_on, period_of
from disclosure.rules.values import LIST, ClassRule, RuleSetValue
from sanctions.lists.rules.words import SERIOUS_KIND, ExitFrom, Start


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

"""What one person said that keeps an item from the public, or in a lighter class than its kinds of penalty. Pure.

Nothing that weighs on a subject is one person's act, and nothing that spares it either: what follows from the catalogue, the kind of
subject, the kinds of penalty or a period that is over stands by itself; what is said on the row (the class, the simple procedure, the
row's own visibility, that it is not public by law) needs a second person.
"""

from __future__ import annotations

from datetime import date

from disclosure.rules.facts import Facts
from disclosure.rules.periods import PeriodResult
from disclosure.rules.values import CLASS, EXEMPTION, PROCEDURE, Claim
from disclosure.rules.who_is_shown import by_rule, by_the_record

BARRED = {"severity.barred": CLASS, "procedure.beyond-simple": PROCEDURE}
"""Findings that say that the law excludes what was said, and of which kind that was."""


def claim_of(facts: Facts, period: PeriodResult, *, on: date) -> Claim | None:
    """What was said of an item, None when nobody said anything that matters. `period` is its evaluation on the day `on`.

    A claim that the law excludes is `barred`: it has no effect, and is told all the same.
    """
    if by_rule(facts) or (is_over(period, on) and period.lowered is None):
        return None
    said = by_the_record(facts)
    if said:
        return Claim(EXEMPTION, said)
    barred = next((each for each in period.findings if each.rule in BARRED), None)
    if barred is not None:
        return Claim(BARRED[barred.rule], barred.text, barred=True)
    return period.lowered


def is_over(period: PeriodResult, on: date) -> bool:
    """Whether the period has run out: nothing is kept from the public that would not be shown any more."""
    return period.published and period.ends_on is not None and period.ends_on < on and not period.waits

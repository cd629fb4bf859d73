"""What the steps of an objection share: the clock of the next stage under the hard limit, the mark beside the item, the word to who objected."""

from __future__ import annotations

from collections.abc import Iterable

from casework.actions.notices import tell_subject
from casework.actions.step import At
from credit_platform.accounts.actors import Actor, OnBehalf
from credit_platform.workdays.queries import calendar
from disclosure.actions.marking import mark
from disclosure.models import Disclosure
from disclosure.rules.marks import Mark
from objections.models import Objection, Objector
from objections.queries.profiles import last_days, profile_of
from objections.rules.clocks import Stage
from objections.sealed_places import opened_phone

ON_THE_WAY = (Mark.OBJECTION, Mark.UNVERIFIED)


def due(at: At, stage: Stage) -> None:
    """The deadline of the stage that begins today: its working days, and never past the hard limit of the whole.

    A stage that the profile does not name has the days that are left to the hard limit; without one it has no deadline.
    """
    days, own = calendar(), at.own
    named = profile_of(own.profile, own.filed_on).get(stage)
    hard = last_days(own, days).hard_limit
    limits = [named.days] if named else []
    if hard is not None:
        limits.append(max(days.workdays_between(at.on, hard), 0))
    if limits:
        at.due(min(limits))


def marked(
    disclosure: Disclosure, *, put: Iterable[Mark] = (), taken: Iterable[Mark] = (), by: Actor, reason: str
) -> None:
    """Put and take marks in the name of who took the step."""
    mark(disclosure, put=put, taken=taken, by=OnBehalf(by), reason=reason)


def unmarked(own: Objection, *, by: Actor, reason: str, put: Iterable[Mark] = ()) -> None:
    """The objection is over: its marks go, unless another one to the same item is still under way."""
    others = Objection.objects.open().of(own.disclosure).exclude(pk=own.pk).exists()
    marked(own.disclosure, put=put, taken=() if others else ON_THE_WAY, by=by, reason=reason)


def tell(at: At, kind: str, text: str) -> None:
    """Tell who objected, on its page and by the channels."""
    if at.case.subject is not None:
        told = f"{at.case.number}：{text}"
        tell_subject(at.case, kind=kind, text=told, on=at.on, contact=_phone(at.own))


def _phone(own: Objection) -> str:
    who: Objector | None = getattr(own, "objector", None)
    return opened_phone(bytes(who.phone), own.pk) if who else ""

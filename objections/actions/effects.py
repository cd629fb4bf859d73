"""What an outcome does to the public item, inside the step that decides: corrected with its trace, stopped, withdrawn, taken off a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casework.actions import hearing
from casework.actions.step import At
from credit_platform.accounts.models import User
from disclosure.actions.published import correct, end, withdraw
from disclosure.models import Disclosure
from disclosure.queries.public import Line, sheet
from disclosure.rules.marks import Mark
from disclosure.rules.states import State as Shown
from objections.actions.base import marked
from objections.models import Correction
from objections.queries.outcomes import listed_entry
from objections.rules.outcomes import OUTCOME_LABELS, Outcome
from sanctions.lists.actions import Ending
from sanctions.lists.actions import end as take_off
from sanctions.lists.rules import Way

STANDING = (Shown.PUBLISHED, Shown.SUSPENDED)


@dataclass(frozen=True, slots=True)
class Effect:
    """An outcome as it is carried out: `first` of the two people whose word it rests on, what the public is told, and whether what was
    shown before is private."""

    outcome: Outcome
    first: User | None
    public_note: str
    old_is_private: bool


def carry_out(at: At, effect: Effect, *, by: User) -> None:
    """CORRECTED shows what the record says now (a second person confirms it hereby) and leaves a trace; STOPPED ends the item, after its
    correction where the last day is one of the corrected record; WITHDRAWN takes it from the public; DELISTED ends the entry as wrong, with
    the joint measures that hang on it; UPHELD and UNCLEAR leave it. What verbs of other rooms refuse undoes the step."""
    item, outcome = Disclosure.objects.select_related("record").get(pk=at.own.disclosure_id), effect.outcome
    reason = f"{at.case.number}：{OUTCOME_LABELS[outcome]}"
    if outcome is Outcome.CORRECTED:
        _corrected(at, item, reason, effect, by=by)
    elif outcome is Outcome.STOPPED:
        _stopped(at, item, reason, effect, by=by)
    elif outcome is Outcome.WITHDRAWN:
        withdraw(item, by=by, reason=reason, public_note=effect.public_note)
    elif outcome is Outcome.DELISTED:
        _delisted(at, item, reason, effect, by=by)
    if outcome is not Outcome.UNCLEAR and Mark.DISPUTED in item.marks:
        marked(item, taken=(Mark.DISPUTED,), by=by, reason=at.case.number)


def _corrected(at: At, item: Disclosure, reason: str, effect: Effect, *, by: User) -> None:
    before = sheet(item)
    after = sheet(correct(item, by=by, reason=reason, on=at.on, confirm_doubts=True))
    Correction.objects.bulk_create(
        Correction(
            objection=at.own,
            disclosure=item,
            on=at.on,
            code=code,
            label=label,
            old="" if hidden else old,
            new=new,
            is_private=hidden,
        )
        for code, label, old, new in differences(before, after)
        for hidden in [effect.old_is_private or any(hearing.scanned(old=old))]
    )


def differences(before: Iterable[Line], after: Iterable[Line]) -> list[tuple[str, str, str, str]]:
    """The fields in which two sheets differ: code, label, old and new value ("" where a field is not shown)."""
    old, new = {line.code: line for line in before}, {line.code: line for line in after}
    codes = [*old, *(code for code in new if code not in old)]
    return [
        (code, (new.get(code) or old[code]).label, was, now)
        for code in codes
        for was, now in [(old[code].value if code in old else "", new[code].value if code in new else "")]
        if was != now
    ]


def _stopped(at: At, item: Disclosure, reason: str, effect: Effect, *, by: User) -> None:
    if item.needs_correction and item.state in STANDING:
        _corrected(at, item, reason, effect, by=by)
        item.refresh_from_db()
    if item.state in STANDING:
        end(item, by=by, on=at.on)


def _delisted(at: At, item: Disclosure, reason: str, effect: Effect, *, by: User) -> None:
    entry = listed_entry(item, at.on)
    assert entry is not None  # noqa: S101 - the rules have held it
    ending = Ending(
        way=Way.WRONG,
        on=at.on,
        document=at.case.number,
        why=reason,
        asked_by=effect.first,
        public_note=effect.public_note,
    )
    take_off(entry, ending, by=by)

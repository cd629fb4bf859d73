"""An entry ends: its term is over, or a document says so. What lowers it takes two people and a document; the public page follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F
from django.utils import timezone

from casework.actions.outcomes import take_back
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor, OnBehalf
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, refuse
from disclosure.actions.closing import close_many
from disclosure.actions.published import repair
from disclosure.models import Disclosure
from disclosure.rules.facts import LONG_TERM
from disclosure.rules.states import State
from sanctions import followers
from sanctions.lists import rules
from sanctions.lists.actions.reinstating import raise_displaced
from sanctions.lists.models import ListEntry
from sanctions.lists.queries.days import period_of_entry
from sanctions.lists.rules import BY_TWO, Nature, Way

CHUNK = 2000
WHOLE = frozenset({Way.ANNULLED, Way.WRONG})
"""Ways that undo the decision itself: whoever was named with the subject leaves with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How and from which day entries end. `asked_by` is the first of the two people where it takes two; the other carries it out.
    `performed_on`: the day on which the conduct was corrected and every duty performed, for an early exit or a repair. `ruling`: the number of a
    court's ruling that a plan of bankruptcy was carried out, which stands in place of the list's own months."""

    way: Way
    on: date
    document: str = ""
    why: str = ""
    asked_by: User | None = None
    public_note: str = ""
    performed_on: date | None = None
    ruling: str = ""


def end(entry: ListEntry, ending: Ending, *, by: Actor) -> ListEntry:
    """`end_many` for one."""
    return end_many([entry.pk], ending, by=by)[0]


def end_many(entry_ids: Iterable[int], ending: Ending, *, by: Actor) -> list[ListEntry]:
    """End entries from `ending.on` on, that day included, and tell the followers; entries of persons named with a subject whose listing was
    annulled or wrong end with it. The entries that were given, in the order of their keys.

    Reviewers of the department that entered them, the credit office, the platform. Conflict when one has ended already; Forbidden when what
    takes two people is one person's; Refused with all findings (`rules.against_ending`).
    """
    with acting(by):
        asked = _locked(entry_ids)
        for entry in asked:
            policy.require(by, "sanctions.entry.end", entry.record.source_department)
            if entry.ended_on is not None:
                raise Conflict("entry.ended", f"该条目已于{entry.ended_on:%Y-%m-%d}移出。")
            refuse(rules.against_ending(_leaving(entry, ending)))
        _two_people(ending, by)
        named = ListEntry.objects.filter(named_with__in=asked, ended_on__isnull=True) if ending.way in WHOLE else []
        ended = [*asked, *_locked([each.pk for each in named])]
        _write(ended, ending, by)
        _hide(ended, ending, by)
        members = [entry.pk for entry in ended]
        detail = {"way": ending.way, "on": ending.on, "document": ending.document}
        audit.record("sanctions.entry.end", by=by, members=members, reason=ending.why, detail=detail)
        followers.tell_ended(ended, on=ending.on, by=by)
        if ending.way in WHOLE:
            raise_displaced(ended, on=ending.on, by=_platform(by))
    return asked


def end_past_term(on: date | None = None, *, by: Actor = SYSTEM) -> int:
    """The sweep: entries whose last day has passed are off their lists since the day after it; how many. Set-wise, safe to run twice or in
    parallel. The public stopped seeing them at midnight already: dates decide."""
    on, done = on or timezone.localdate(), 0
    while True:
        with acting(by):
            policy.require(by, "sanctions.entry.end")
            found = ListEntry.objects.past_term(on).select_for_update(of=("self",), skip_locked=True)
            entries = list(found.select_related("credit_list", "subject").order_by("ends_on", "pk")[:CHUNK])
            if not entries:
                return done
            ids = [entry.pk for entry in entries]
            ListEntry.objects.filter(pk__in=ids).update(
                ended_on=F("ends_on") + timedelta(days=1), ended_way=Way.TERM.value, updated_at=timezone.now()
            )
            for entry in entries:
                entry.ended_on = entry.ends_on + timedelta(days=1) if entry.ends_on else None
                entry.ended_way = Way.TERM.value
            audit.record("sanctions.entry.end", by=by, members=ids, detail={"way": Way.TERM, "on": on})
            followers.tell_ended(entries, on=on, by=by)
            done += len(ids)


def displace(entries: Sequence[ListEntry], *, by: Actor, on: date) -> int:
    """Red entries of whoever was put on a serious list fall on that day (国发〔2016〕33号); how many. Called by the ledger's follower."""
    serious = {
        each.subject_id: each.document_number
        for each in entries
        if each.credit_list.nature == Nature.SERIOUS and each.stands_on(on)
    }
    red = ListEntry.objects.listed(on).of_nature(Nature.RED).filter(subject_id__in=list(serious))
    falling = list(red.values_list("pk", "subject_id"))
    for pk, subject_id in falling:
        ending = Ending(way=Way.DISPLACED, on=on, document=serious[subject_id], why="列入严重失信主体名单")
        end_many([pk], ending, by=OnBehalf(by))
    return len(falling)


def _locked(entry_ids: Iterable[int]) -> list[ListEntry]:
    rows = ListEntry.objects.filter(pk__in=list(entry_ids)).select_for_update(of=("self",)).order_by("pk")
    return list(rows.select_related("record__source_department", "record__subject", "credit_list", "subject"))


def _leaving(entry: ListEntry, ending: Ending) -> rules.Leaving:
    performed_on = ending.performed_on or entry.performed_on
    period = period_of_entry(entry, performed_on=performed_on)
    return rules.Leaving(
        way=ending.way,
        on=ending.on,
        today=timezone.localdate(),
        entered_on=entry.entered_on,
        document=ending.document,
        why=ending.why,
        public_note=ending.public_note,
        first_exit_on=rules.exit_on(period, performed_on=performed_on),
        may_exit=entry.credit_list.may_exit,
        by_ruling=bool(ending.ruling),
    )


def _two_people(ending: Ending, by: Actor) -> None:
    if ending.way not in BY_TWO:
        return
    second = by.person if isinstance(by, OnBehalf) else by
    if ending.asked_by is None or not isinstance(second, User) or second.pk == ending.asked_by.pk:
        raise Forbidden(
            "entry.two_people", "提前移出、修复、撤销和更正由两人办理。", mend="请由本单位另一名审核员确认。"
        )


def _write(entries: Sequence[ListEntry], ending: Ending, by: Actor) -> None:
    second = by.person if isinstance(by, OnBehalf) else by
    confirmed = second if ending.way in BY_TWO and isinstance(second, User) else None
    for entry in entries:
        entry.ended_on, entry.ended_way = ending.on, ending.way.value
        entry.ended_document, entry.ended_why = ending.document.strip(), ending.why.strip()[:300]
        entry.performed_on = ending.performed_on or entry.performed_on
        entry.end_asked_by = ending.asked_by if confirmed else None
        entry.end_confirmed_by, entry.updated_at = confirmed, timezone.now()
    names = ["ended_on", "ended_way", "ended_document", "ended_why", "performed_on", "end_asked_by", "end_confirmed_by"]
    ListEntry.objects.bulk_update(entries, [*names, "updated_at"], batch_size=CHUNK)


def _hide(entries: Sequence[ListEntry], ending: Ending, by: Actor) -> None:
    """The public page of what ended: withdrawn with a note, repaired, or closed; what ended by its term ends by its date."""
    if ending.way in WHOLE:
        for entry in entries:
            take_back(entry.record, reason=ending.why, public_note=ending.public_note, by=by, on=ending.on)
    elif ending.way in (Way.EARLY, Way.REPAIR):
        words = f"{rules.WAY_LABELS[ending.way]}：{ending.document}"
        records = [entry.record_id for entry in entries]
        shown = Disclosure.objects.filter(record_id__in=records, state__in=(State.PUBLISHED, State.SUSPENDED))
        for row in shown:
            repair(row, by=_platform(by), reason=words, ruling=ending.ruling, on=ending.on)
    elif ending.way in (Way.SOURCE, Way.DISPLACED):
        close_many([entry.record_id for entry in entries], why=rules.WAY_LABELS[ending.way], by=_platform(by))


def _platform(by: Actor) -> Actor:
    return by if isinstance(by, OnBehalf) or by.actor_kind == "system" else OnBehalf(by)


def attach_ban(entry: ListEntry, *, until: date | None, by: Actor, lifted: bool = False) -> None:
    """An entry learns of a ban that its decision attaches, or that one is lifted: while it runs nobody leaves early. Inside the caller's
    transaction, which has asked the policy. `until` None: for life. Of several bans the one that runs longest counts."""
    row = ListEntry.objects.select_for_update().get(pk=entry.pk)
    before, last = row.attached_until, until or LONG_TERM
    row.attached_until = last if lifted or before is None else max(before, last)
    row.save(update_fields=["attached_until"])
    after = {"attached_until": row.attached_until}
    audit.record("sanctions.entry.attach", row, by=by, before={"attached_until": before}, after=after)

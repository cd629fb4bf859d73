"""The facts of subjects, gathered set-wise from the ledger of lists, bans, breaches and penalties. What followers keep must equal this."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from checks.queries.families import family_of
from checks.rules.facts import Ban, Breach, Entry, Facts, Penalty, penalty_until
from checks.rules.register import RecordRule
from commitments.breaches.models import BreachCase, BreachMeasure
from commitments.rules.kinds import BREACH_KIND_LABELS, BreachKind, MeasureKind
from disclosure.models import Disclosure
from disclosure.rules.facts import facts_of as facts_of_record
from disclosure.rules.states import State
from objections.models import Objection
from records.models import CreditRecord, Subject, SubjectKind
from records.rules import RecordStatus
from records.standards import registry
from sanctions.bans.models import Ban as BanRow
from sanctions.bans.rules import State as BanState
from sanctions.lists.models import ListEntry
from sanctions.lists.rules import Persons, Publication

PENALTY = "penalty"
SUSPENDED = State.SUSPENDED.value
UNREAD = ("record__content", "record__disclosure__shown", "record__disclosure__ends_explained")
"""Large columns of an entry's record that no fact is read from."""


def facts_of(ids: Collection[int], on: date, record: RecordRule | None) -> dict[int, Facts]:
    """What is known of each of these subjects on a day and from then on; subjects of whom nothing is known are left out.

    What is over is not told; what will begin later is, for it is a change that time alone brings.
    """
    family = family_of(ids)
    found: dict[str, dict[int, list[Any]]] = {
        "entries": _entries(family, on),
        "bans": _bans(family, on),
        "breaches": _breaches(family, on),
        "penalties": _penalties(family, on, record),
    }
    with_something = {subject for by_subject in found.values() for subject in by_subject}
    kinds = dict(Subject.objects.filter(pk__in=with_something).values_list("pk", "kind"))
    return {
        subject: Facts(
            kinds[subject], **{name: tuple(by_subject.get(subject, ())) for name, by_subject in found.items()}
        )
        for subject in sorted(with_something)
    }


def _entries(family: Mapping[int, int], on: date) -> dict[int, list[Entry]]:
    """Entries that stand or will; `until` is the last day on the list, whichever way it ends."""
    rows = ListEntry.objects.filter(subject_id__in=family, record__status=RecordStatus.ACTIVE.value)
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), Q(ended_on__isnull=True) | Q(ended_on__gt=on))
    rows = rows.select_related("credit_list", "subject", "record__disclosure").defer(*UNREAD)
    found: dict[int, list[Entry]] = defaultdict(list)
    contested = _contested(rows.values("record"))
    for row in rows.order_by("entered_on", "pk"):
        ends = [day for day in (row.ends_on, row.ended_on and row.ended_on - timedelta(days=1)) if day]
        shown: Disclosure | None = getattr(row.record, "disclosure", None)
        entry = Entry(
            list=row.credit_list.code,
            name=row.credit_list.name,
            nature=row.credit_list.nature,
            authority=row.record.authority_name,
            document=row.document_number,
            entered_on=row.entered_on,
            until=min(ends, default=None),
            shared=_shared(row),
            objected=shown is not None and (row.record_id in contested or shown.objected or shown.state == SUSPENDED),
        )
        if entry.until is None or entry.entered_on <= entry.until:
            found[family[row.subject_id]].append(entry)
    return found


def _contested(records: QuerySet[Any, Any] | Collection[int]) -> set[int]:
    """The records (of those given) to whose publication an objection of the subject is being handled."""
    about = Objection.objects.open().filter(disclosure__record__in=records)
    return set(about.values_list("disclosure__record_id", flat=True))


def _shared(row: ListEntry) -> bool:
    """Whether an entry is between authorities only: the whole list is, or natural persons of it are."""
    hidden = row.subject.kind == SubjectKind.PERSON and row.credit_list.persons == Persons.NEVER
    return hidden or row.credit_list.publication == Publication.SHARED


def _bans(family: Mapping[int, int], on: date) -> dict[int, list[Ban]]:
    """Bans that two people have entered and that hold or will; the day on which one is lifted is the first without it."""
    rows = BanRow.objects.filter(case__subject_id__in=family, case__state__in=(BanState.STANDING, BanState.LIFTED))
    rows = rows.filter(Q(until__isnull=True) | Q(until__gte=on), Q(lifted_on__isnull=True) | Q(lifted_on__gt=on))
    found: dict[int, list[Ban]] = defaultdict(list)
    for row in rows.select_related("case__department").order_by("case_id"):
        ends = [day for day in (row.until, row.lifted_on and row.lifted_on - timedelta(days=1)) if day]
        ban = Ban(
            scope=f"{row.get_scope_display()}：{row.words}",
            matters=tuple(sorted(row.fields)),
            authority=row.case.department.name,
            document=row.document_number,
            since=row.starts_on,
            until=min(ends, default=None),
            basis=row.basis,
        )
        if row.case.subject_id is not None and (ban.until is None or ban.since <= ban.until):
            found[family[row.case.subject_id]].append(ban)
    return found


def _breaches(family: Mapping[int, int], on: date) -> dict[int, list[Breach]]:
    """Decided breaches whose bar runs or which the public reads; a candidate says nothing of anybody."""
    of_subject = Q(case__subject_id__in=family) | Q(letter__subject_id__in=family)
    rows = BreachCase.objects.decided().filter(of_subject).select_related("case__record__disclosure", "letter")
    found: dict[int, list[Breach]] = defaultdict(list)
    held = [row for row in rows.order_by("case_id") if row.case.decided_on is not None]
    bases = _bases_of_bars(row.pk for row in held)
    contested = _contested([row.case.record_id for row in held if row.case.record_id is not None])
    for row in held:
        until = row.barred_until if row.barred_until and row.barred_until >= on else None
        shown_until = _shown_until(row.case.record, on)
        if row.case.decided_on is None or (until is None and shown_until is None):
            continue
        subject = family.get(row.letter.subject_id) or family[row.case.subject_id or 0]
        found[subject].append(
            Breach(
                number=row.case.number,
                kind=BREACH_KIND_LABELS[BreachKind(row.kind)],
                document=row.case.document_number,
                decided_on=row.case.decided_on,
                until=until,
                shown_until=shown_until,
                basis="；".join(dict.fromkeys(bases.get(row.pk, ()))),
                objected=row.case.record_id in contested,
            )
        )
    return found


def _bases_of_bars(breaches: Iterable[int]) -> dict[int, list[str]]:
    rows = BreachMeasure.objects.filter(breach__in=list(breaches), measure__kind=MeasureKind.BAR).order_by(
        "measure__code"
    )
    found: dict[int, list[str]] = defaultdict(list)
    for breach, basis in rows.values_list("breach_id", "measure__basis"):
        found[breach].append(basis)
    return found


def _shown_until(record: CreditRecord | None, on: date) -> date | None:
    shown: Disclosure | None = getattr(record, "disclosure", None) if record else None
    if shown is None or shown.state != State.PUBLISHED or shown.published_on is None:
        return None
    last = shown.ends_on or date.max
    return last if last >= on else None


def _penalties(family: Mapping[int, int], on: date, record: RecordRule | None) -> dict[int, list[Penalty]]:
    """Penalties that count as a 重大违法记录 on a day or will: active in the ledger, of the kinds or the fine of the rule in force."""
    found: dict[int, list[Penalty]] = defaultdict(list)
    if record is None:
        return found
    rows = CreditRecord.objects.active().filter(subject_id__in=family, kind=PENALTY)
    rows = rows.filter(decided_on__gte=first_that_counts(on, record))
    contested = _contested(rows.values("pk"))
    for row in rows.order_by("decided_on", "pk").iterator(2000):
        kinds, fine = told_of(row.standard, row.content, row.decided_on)
        until = penalty_until(row.decided_on, record.years)
        if record.counts(kinds, fine) and until >= on:
            found[family[row.subject_id]].append(
                Penalty(
                    document=row.document_number,
                    authority=row.authority_name,
                    decided_on=row.decided_on,
                    until=until,
                    kinds=kinds,
                    fine_wan=fine,
                    objected=row.pk in contested,
                )
            )
    return found


def told_of(standard: str, content: Mapping[str, Any], decided_on: date) -> tuple[tuple[str, ...], str]:
    """The kinds of a penalty, and its fine in 万元 as plain digits ("" when there is none)."""
    facts = facts_of_record(content, registry.get(standard).roles, kind=PENALTY, subject_kind="", decided_on=decided_on)
    return facts.kinds, "" if facts.fine_wan is None else f"{Decimal(facts.fine_wan).normalize():f}"


def first_that_counts(on: date, record: RecordRule) -> date:
    """A day from which on penalties may count on `on`: a month more than the years, the rule decides."""
    return date(on.year - record.years, on.month, 1)

"""Whether 告知承诺 is open to a subject for a matter: asked inside an approval, as of the moment, by code and never by name only."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from commitments.availability.rules import Availability, Barring, answer
from commitments.models import BreachCase, Matter, MatterEntry
from commitments.rules.kinds import BREACH_KIND_LABELS, LISTED, BreachKind, MeasureKind
from records.models import Subject
from records.queries import merged_with


def availability(subject: Subject, matter: Matter, on: date) -> Availability:
    """The answer for a day: the matter must stand in the list in force, and no decided breach of the subject may still bar it.

    A bar concerns all matters of the types that replace an approval, a paper or a proof (国办发〔2020〕42号), not only the one that
    was broken. Decided cases only: a candidate bars nobody.
    """
    entry = MatterEntry.objects.in_force(on).filter(matter=matter).first()
    asked = entry is not None and entry.commitment_type in LISTED
    return answer(listed=entry is not None, letters_asked=asked, bar=barring(subject, on) if asked else None)


def barring(subject: Subject, on: date) -> Barring | None:
    """The decided case whose bar runs longest beyond a day; None when none holds. Cases of files merged into this one count."""
    ids = merged_with(subject)
    of_subject = Q(case__subject_id__in=ids) | Q(letter__subject_id__in=ids)
    rows = BreachCase.objects.barring(on).filter(of_subject).select_related("case").order_by("-barred_until", "pk")
    breach = rows.first()
    if breach is None or breach.barred_until is None or breach.case.decided_on is None:
        return None
    case, decided_on = breach.case, breach.case.decided_on
    bars = breach.measures.filter(measure__kind=MeasureKind.BAR).select_related("measure")
    basis = "；".join(dict.fromkeys(each.measure.basis for each in bars))
    kind = BREACH_KIND_LABELS[BreachKind(breach.kind)]
    return Barring(case.number, kind, case.document_number, decided_on, breach.barred_until, basis)

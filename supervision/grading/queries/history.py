"""What a subject's grades were: every word that others have sent, and the outcomes of our own model before the present one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from credit_platform.audit.queries import versions_of
from records.models import Subject
from supervision.grading.models import ReceivedGrade

MOST = 50


@dataclass(frozen=True, slots=True)
class Word:
    """A grade as received, and what it is today: in force, run out, replaced by a later word, or gone with its record."""

    row: ReceivedGrade
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class Former:
    """An outcome of our own model that was replaced at a moment."""

    grade: str
    score: str
    computed_on: date
    until: datetime


def words_of(subject: Subject, on: date) -> list[Word]:
    """Every word of every scheme, the newest first; nothing that was once received is left out."""
    rows = list(ReceivedGrade.objects.filter(subject=subject).select_related("scheme").order_by("-as_of", "-pk"))
    holding = {row.pk for row in ReceivedGrade.objects.filter(subject=subject).in_force(on)}
    newest: set[str] = set()
    found = []
    for row in rows:
        state, tone = _state(row, holds=row.pk in holding, first=row.scheme.code not in newest)
        if row.replaced_at is None and row.gone_at is None:
            newest.add(row.scheme.code)
        found.append(Word(row, state, tone))
    return found


def former_grades(subject: Subject) -> list[Former]:
    """The outcomes before the present one, the newest first, at most fifty."""
    return [
        Former(row.old["grade"], row.old["score"], date.fromisoformat(row.old["computed_on"]), row.at)
        for row in versions_of("grading_grade", subject.pk)[:MOST]
        if row.old
    ]


def _state(row: ReceivedGrade, *, holds: bool, first: bool) -> tuple[str, str]:
    if row.gone_at is not None:
        return "记录已撤销", "neutral"
    if row.replaced_at is not None:
        return "已有更正", "neutral"
    if not first:
        return "已有新的评价", "neutral"
    return ("现行", "good") if holds else ("已过期", "warn")

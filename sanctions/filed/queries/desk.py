"""The desk's questions about published lists: whom a row may mean, what waits for somebody, what the next page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.web.desk import section
from credit_platform.web.worklists import Severity, WorkRow, WorkSection
from records.imports.matching.candidates import Candidate, candidates
from records.imports.matching.matched import CODE, ORG_CODE
from records.models import Subject, SubjectIdentifier
from sanctions.filed.models import FiledPublication, FiledRow, Judgement
from sanctions.filed.rules import PublicationState, RowState


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate as the page shows it: with what was decided about it before."""

    candidate: Candidate
    vetoed: Judgement | None = None

    @property
    def subject(self) -> Subject:
        """The subject."""
        return self.candidate.subject


def numbers_agree(row: FiledRow, subject: Subject) -> bool:
    """Whether some number of the row is one of the subject's."""
    values = {str(value) for value in row.numbers.values() if value}
    own = {subject.code or "", (subject.code or "")[8:17]} - {""}
    if row.is_person or not values:
        return bool(row.id_hash) and row.id_hash == subject.id_hash
    return bool(values & own) or SubjectIdentifier.objects.filter(subject=subject, value__in=values).exists()


def choices(row: FiledRow) -> list[Choice]:
    """The candidates of a row side by side, those that were decided not to be it last."""
    if row.is_person:
        return []
    numbers = dict(row.numbers)
    if len(code := numbers.get(CODE, "")) == 18:
        numbers.setdefault(ORG_CODE, code[8:17])
    vetoes = {each.subject_id: each for each in row.judgements.in_force().filter(answer="not_same")}
    found = [Choice(each, vetoes.get(each.subject.pk)) for each in candidates(row.name, numbers)]
    return sorted(found, key=lambda each: each.vetoed is not None)


def proposal_of(row: FiledRow) -> Judgement | None:
    """What waits for a second person's word about a row."""
    return row.judgements.proposed().select_related("subject", "proposed_by").first()


def history_of(row: FiledRow) -> Sequence[Judgement]:
    """Every decision about a row, the latest first."""
    return list(row.judgements.select_related("subject", "proposed_by", "decided_by"))


def work(user: User, on: date) -> list[WorkSection]:
    """What published lists ask of somebody today."""
    if not policy.allows(user, "sanctions.filed.handle"):
        return []
    rows, warn = FiledRow.objects.visible_to(user, on).order_by("-pk"), Severity.WARN
    waiting = rows.filter(state__in=[RowState.WAITING.value, RowState.REVIEW.value])
    found = [
        section("公布名单，待核对主体", waiting, _line, url=_scope("worked"), severity=warn, order=42),
        section(
            "公布名单，来源已不列，待确认", rows.left_out(), _line, url=_scope("left_out"), severity=warn, order=44
        ),
    ]
    if policy.allows(user, "sanctions.filed.decide"):
        mine = Judgement.objects.proposed().filter(proposed_by=user)
        proposed = rows.filter(state=RowState.PROPOSED.value).exclude(judgements__in=mine)
        found.append(
            section("公布名单，核对结论待复核", proposed, _line, url=_scope("proposed"), severity=warn, order=43)
        )
        drafts = (
            FiledPublication.objects.visible_to(user, on)
            .filter(state=PublicationState.DRAFT.value)
            .exclude(drafted_by=user)
        )
        found.append(
            section("公布名单，待确认", drafts, _draft, url=reverse("filed:publications"), severity=warn, order=45)
        )
    return [each for each in found if each.rows]


def _scope(scope: str) -> str:
    return f"{reverse('filed:rows')}?scope={scope}"


def _line(row: FiledRow) -> WorkRow:
    return WorkRow(row.name, reverse("filed:row", args=[row.pk]), note=row.why)


def _draft(publication: FiledPublication) -> WorkRow:
    return WorkRow(publication.title, reverse("filed:publication", args=[publication.pk]))

"""What a query shows: what its purpose opens of a subject, and nothing else; what was repaired, ended or taken back never."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from credit_platform.web.formats import cn_date
from disclosure.kinds import kind as kind_of
from disclosure.models import Disclosure
from disclosure.public.entries import Entry, entries, with_standard
from disclosure.queries.public import lines, public_disclosures
from disclosure.rules.states import State
from lookups.models import Query
from lookups.rules.questions import SCOPE_LABELS, Scope
from records.models import CatalogueEntry, CreditRecord, Subject, SubjectKind
from records.queries import merged_with
from records.queries.catalogue import standard_of
from records.rules import RecordStatus
from records.standards.declaration import Visibility

MOST = 200
"""Facts of one scope that a sheet holds; more are counted and said."""
WHOLE = 1_000_000
"""Of a file that is handed out nothing is left out, however much it is."""
OVER = (State.SUSPENDED, State.WITHDRAWN, State.ENDED, State.REPAIRED)
LEVELS = {Scope.SHARED: Visibility.SHARED, Scope.AUTHORISED: Visibility.AUTHORISED}


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry of a sheet. `public_id` leads to its public page and to an objection; `code` is its kind, `item_id` its catalogue item."""

    title: str
    kind: str
    number: str
    authority: str
    on: date
    lines: Sequence[tuple[str, object]]
    public_id: str = ""
    marks: Sequence[str] = ()
    ends_on: date | None = None
    code: str = ""
    item_id: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """What one scope holds; `left_out` entries are more than a sheet takes."""

    scope: Scope
    facts: Sequence[Fact]
    left_out: int = 0

    @property
    def label(self) -> str:
        """The scope in words."""
        return SCOPE_LABELS[self.scope]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Who was asked for, and what is known by scope."""

    subject: Subject
    identity: Sequence[tuple[str, object]]
    groups: Sequence[Group]

    @property
    def results(self) -> int:
        """How many entries there are; the subject itself counts as one."""
        return 1 + sum(len(group.facts) + group.left_out for group in self.groups)


def sheet_of(query: Query, subject: Subject, on: date, most: int = MOST) -> Sheet:
    """What a query with a purpose opens of its subject on a day; of each scope the `most` latest facts."""
    assert query.purpose is not None  # asked at a window
    scopes = query.purpose.scopes
    files = merged_with(subject)
    groups = [_public(files, on, most)] if Scope.PUBLIC in scopes else []
    groups += [_kept(files, scope, on, most) for scope in scopes if scope in LEVELS]
    return Sheet(subject, _identity(subject) if Scope.REGISTER in scopes else (), groups)


def _identity(subject: Subject) -> list[tuple[str, object]]:
    if subject.kind == SubjectKind.PERSON:
        return [("类别", subject.get_kind_display()), ("证件类型", subject.id_type or "—")]
    return [
        ("统一社会信用代码", subject.code or "—"),
        ("类别", subject.get_kind_display()),
        ("法定代表人（负责人、经营者）", subject.legal_representative or "—"),
        ("成立（登记）日期", cn_date(subject.registered_on) if subject.registered_on else "—"),
        ("登记状态", subject.operating_status or "—"),
        ("登记地", subject.district_name or "—"),
    ]


def _public(files: Sequence[int], on: date, most: int) -> Group:
    rows = with_standard(public_disclosures(on).filter(subject_id__in=files)).order_by("-decided_on", "-id")
    found = list(rows[: most + 1])
    left = rows.count() - most if len(found) > most else 0
    return Group(Scope.PUBLIC, [_disclosed(entry) for entry in entries(found[:most], on)], left)


def _disclosed(entry: Entry) -> Fact:
    row: Any = entry.row  # `with_standard` says which item it is of
    facts: list[tuple[str, object]] = [(line.label, line.value) for line in entry.facts]
    return Fact(
        title=row.title,
        kind=kind_of(row.kind).label,
        number=row.document_number,
        authority=row.authority.name,
        on=row.decided_on,
        lines=facts,
        public_id=row.public_id,
        marks=row.mark_words,
        ends_on=row.ends_on,
        code=row.kind,
        item_id=row.item_id,
    )


def _kept(files: Sequence[int], scope: Scope, on: date, most: int) -> Group:
    """Records that are not public: of items that the catalogue opens at this level, and (shared) those that are kept from the public by law."""
    rows = _records(files, scope, on)
    found = list(rows.select_related("item", "authority")[: most + 1])
    left = rows.count() - most if len(found) > most else 0
    levels = {Visibility.PUBLIC, Visibility.SHARED} | ({Visibility.AUTHORISED} if scope is Scope.AUTHORISED else set())
    return Group(scope, [_recorded(row, levels) for row in found[:most]], left)


def _records(files: Sequence[int], scope: Scope, on: date) -> QuerySet[CreditRecord]:
    catalogue = CatalogueEntry.objects.in_force(on)
    items = catalogue.filter(visibility=LEVELS[scope].value).values("item_id")
    wanted = Q(item_id__in=items)
    if scope is Scope.SHARED:
        public = catalogue.filter(visibility=Visibility.PUBLIC.value).values("item_id")
        wanted |= Q(item_id__in=public, disclosure__state=State.EXEMPT.value)
    rows = CreditRecord.objects.filter(wanted, subject_id__in=files, status=RecordStatus.ACTIVE)
    hidden = Disclosure.objects.filter(subject_id__in=files, state__in=[state.value for state in OVER])
    shown = Disclosure.objects.visible_on(on).filter(subject_id__in=files)
    return (
        rows.exclude(pk__in=hidden.values("record_id"))
        .exclude(pk__in=shown.values("record_id"))
        .order_by("-decided_on", "-id")
    )


def _recorded(row: CreditRecord, levels: set[Visibility]) -> Fact:
    standard = standard_of(row.standard, row.item)
    opened = {each.code: row.content.get(each.code) for each in standard.fields if each.visibility in levels}
    return Fact(
        title=row.title or row.item.name,
        kind=row.item.name,
        number=row.document_number,
        authority=row.authority_name,
        on=row.decided_on,
        lines=[(each.label, each.value) for each in lines(standard, opened)],
        code=row.kind,
        item_id=row.item_id,
    )

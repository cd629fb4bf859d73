"""What a query shows: as much as its purpose opens, and never what has ended, was repaired or taken back."""

import pytest
import time_machine
from django.utils import timezone

from disclosure.tests.factories import EndedFactory, ExemptFactory, PublishedFactory, RepairedFactory
from lookups.queries.sheet import sheet_of
from lookups.rules.questions import Scope
from lookups.tests.factories import OneselfFactory, asked, duty_visit, own_visit
from records.sealed_places import number_of
from records.tests.factories import (
    CatalogueEntryFactory,
    CatalogueItemFactory,
    CreditRecordFactory,
    PersonFactory,
    PersonPenaltyFactory,
    RevokedRecordFactory,
    SubjectFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    with time_machine.travel("2026-11-23 02:00:00+00:00", tick=True):
        CatalogueEntryFactory()
        for code, visibility in (("BD-S", "shared"), ("BD-A", "authorised"), ("BD-P", "private")):
            CatalogueEntryFactory(item=CatalogueItemFactory(code=code, name=f"示例{visibility}"), visibility=visibility)
        yield timezone.localdate()


def record(firm, code: str, **more):
    item = CatalogueItemFactory(code=code)
    return CreditRecordFactory(subject=firm, item=item, **more)


def shown(query, subject, on) -> dict[Scope, list[str]]:
    return {group.scope: [fact.number for fact in group.facts] for group in sheet_of(query, subject, on).groups}


def test_a_purpose_opens_its_scopes_and_no_more(today):
    firm = SubjectFactory()
    public = PublishedFactory(record=CreditRecordFactory(subject=firm))
    shared, authorised = record(firm, "BD-S"), record(firm, "BD-A")
    record(firm, "BD-P")
    CreditRecordFactory()
    duty = shown(asked(firm, visit=duty_visit()), firm, today)
    assert duty == {Scope.PUBLIC: [public.document_number], Scope.SHARED: [shared.document_number]}
    own = sheet_of(asked(firm, visit=own_visit()), firm, today)
    assert own.groups[2].facts[0].number == authorised.document_number
    assert own.results == 4
    assert dict(own.groups[1].facts[0].lines)["处罚决定日期"] == "2026年11月2日"
    assert dict(own.identity)["统一社会信用代码"] == firm.code


def test_what_is_over_is_shown_to_nobody(today):
    firm = SubjectFactory()
    for factory in (EndedFactory, RepairedFactory):
        factory(record=record(firm, "BD-S"))
    RevokedRecordFactory(subject=firm, item=CatalogueItemFactory(code="BD-S"))
    assert shown(asked(firm), firm, today) == {Scope.PUBLIC: [], Scope.SHARED: [], Scope.AUTHORISED: []}


def test_what_the_law_keeps_from_the_public_is_shown_to_the_person(today):
    person = PersonFactory()
    penalty = PersonPenaltyFactory(subject=person)
    ExemptFactory(record=penalty)
    query = asked(person, visit=own_visit(purpose=OneselfFactory()))
    sheet = sheet_of(query, person, today)
    assert [fact.number for fact in sheet.groups[1].facts] == [penalty.document_number]
    assert number_of(person) not in str(sheet.groups[1].facts[0].lines)

"""A subject's own file to take home: whole, its own alone, on record before it is handed out."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.urls import reverse

from credit_platform.accounts.tests.factories import AuditorFactory, WindowClerkFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Forbidden
from disclosure.tests.factories import PublishedFactory, severe_penalty
from lookups.actions import hand_copy
from lookups.rules.questions import Authority
from lookups.tests.factories import (
    AuthorisedFactory,
    OneselfFactory,
    asked,
    authorised,
    duty_visit,
    own_visit,
)
from records.sealed_places import number_of
from records.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def own(subject, clerk):
    return asked(subject, by=clerk, visit=own_visit() if subject.code else own_visit(purpose=OneselfFactory()))


def test_a_person_takes_home_all_that_is_known_who_looked_and_what_it_authorised():
    person, clerk = PersonFactory(name="示例某某人"), WindowClerkFactory()
    shown = PublishedFactory(record=severe_penalty(subject=person))
    paper = authorised(person, by=clerk)
    asked(
        person,
        by=clerk,
        visit=own_visit(purpose=AuthorisedFactory(), authority=Authority.AUTHORISED, authorisation=paper),
    )
    query = own(person, clerk)
    lines = hand_copy(query, by=clerk)
    text = " ".join(f"{each.part} {each.entry} {each.label} {each.value}" for each in lines)
    for told in ("示例某某人", shown.document_number, paper.number, clerk.department.name):
        assert told in text
    assert number_of(person) not in text
    assert clerk.actor_name not in text, "a unit, never a clerk"
    query.refresh_from_db()
    assert query.results == 2
    assert AuditEntry.objects.get(verb="lookups.copy").detail == {"lines": len(lines)}


def test_nobody_else_takes_it_and_not_after_half_an_hour(time_machine):
    time_machine.move_to("2026-11-23T10:00:00+08:00", tick=False)
    shown, clerk = PublishedFactory(), WindowClerkFactory()
    firm = shown.subject
    query = own(firm, clerk)
    with pytest.raises(Forbidden):
        hand_copy(query, by=WindowClerkFactory())
    with pytest.raises(Forbidden):
        hand_copy(asked(firm, by=clerk, visit=duty_visit()), by=clerk)
    with pytest.raises(Forbidden):
        hand_copy(query, by=AuditorFactory())
    time_machine.move_to("2026-11-23T10:30:00+08:00", tick=False)
    with pytest.raises(Forbidden):
        hand_copy(query, by=clerk)
    assert not AuditEntry.objects.filter(verb="lookups.copy").exists()


def test_at_the_window_it_is_a_workbook(client):
    clerk, shown = WindowClerkFactory(), PublishedFactory()
    client.force_login(clerk)
    query = own(shown.subject, clerk)
    address = reverse("lookups:copy", args=[query.number])
    assert address in client.get(reverse("lookups:result", args=[query.number])).content.decode()
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(address).streaming_content)))
    assert shown.document_number in [row[3] for row in book.active.iter_rows(values_only=True)]
    other = asked(shown.subject, by=clerk, visit=duty_visit())
    assert (
        address.replace(query.number, other.number)
        not in client.get(reverse("lookups:result", args=[other.number])).content.decode()
    )
    assert client.get(reverse("lookups:copy", args=[other.number])).status_code == 404

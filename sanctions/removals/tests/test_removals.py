"""An entry leaves before its term by two people and a document, by its own list's rule."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from casework.tests import kit
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, ReviewerFactory
from credit_platform.errors import Conflict, Forbidden, Refused
from sanctions.lists.models import ListEntry
from sanctions.lists.rules import Way
from sanctions.lists.tests.factories import TODAY, SeriousListFactory, enter, face, said
from sanctions.removals.models import RemovalCase
from sanctions.removals.rules import REMOVAL
from sanctions.removals.tests.factories import PDF, asked, begun, case_in, listed, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("listing")]
README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")

test_moves = kit.every_pair(REMOVAL, case_in, take)
test_second_person = kit.two_people(REMOVAL, case_in, take, ready={"confirm": "asked", "refuse": "asked"})
test_race = kit.one_of_two(case_in, take, verb="confirm", ready="asked")
test_atomic = kit.nothing_half_done(
    case_in, take, verb="confirm", ready="asked", breaks="sanctions.lists.actions.ending.repair"
)
test_diagram = kit.diagram(REMOVAL, README)


@pytest.mark.parametrize(
    ("way", "state"), [(Way.EARLY, "repaired"), (Way.ANNULLED, "withdrawn"), (Way.WRONG, "withdrawn")]
)
def test_what_two_have_said_is_off_the_list_and_out_of_public(way, state):
    entry = listed()
    case = begun(entry, asked(way))
    assert entry.stands_on(TODAY), "asking alone changes nothing"
    assert face(entry).state == "published"
    second = ReviewerFactory(department=case.department)
    take(case, "confirm", by=second)
    entry.refresh_from_db()
    assert (entry.ended_on, entry.way, entry.ended_document) == (TODAY, way, "示人社移决〔2026〕1号")
    assert (entry.end_asked_by, entry.end_confirmed_by) == (case.drafted_by, second)
    assert face(entry).state == state


def test_who_is_refused_stays():
    entry = listed()
    take(begun(entry), "refuse")
    entry.refresh_from_db()
    assert entry.stands_on(TODAY)
    assert begun(entry).pk, "it may be asked for again"


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ({"document": " "}, "entry.document"),
        ({"why": ""}, "entry.why"),
        ({"performed_on": None}, "entry.too-early"),
        ({"way": Way.ANNULLED, "public_note": ""}, "entry.public-note"),
        ({"way": Way.TERM}, "removal.way"),
    ],
)
def test_what_is_asked_has_document_reason_and_what_its_way_wants(told, rule):
    with pytest.raises(Refused) as refused:
        begun(told=asked(**told))
    assert rule in {each.rule for each in refused.value.findings}
    assert not RemovalCase.objects.exists()


def test_no_removal_without_its_proof():
    with pytest.raises(Refused) as refused:
        begun(proof=[])
    assert {each.field for each in refused.value.findings} == {"proof"}


def test_nobody_asks_before_the_first_day_of_its_list():
    entry = enter(SeriousListFactory(), given=said(entered_on=TODAY - timedelta(days=30)))
    with pytest.raises(Refused) as refused:
        begun(entry, asked(performed_on=TODAY - timedelta(days=10)))
    assert {each.rule for each in refused.value.findings} == {"entry.too-early"}
    assert begun(entry, asked(Way.WRONG)).pk, "a wrong listing is corrected at any time"


def test_one_open_case_of_an_entry_and_none_of_one_that_has_left():
    entry = listed()
    case = begun(entry)
    with pytest.raises(Conflict):
        begun(entry)
    take(case, "confirm")
    with pytest.raises(Conflict):
        begun(ListEntry.objects.get(pk=entry.pk))


def test_others_do_not_ask_and_the_credit_office_may():
    entry = listed()
    with pytest.raises(Forbidden):
        begun(entry, by=ClerkFactory())
    assert begun(entry, by=CreditOfficeFactory()).pk


def test_the_pages_lead_from_the_entry_to_the_confirmation(client):
    entry = listed()
    clerk = ClerkFactory(department=entry.record.source_department)
    client.force_login(clerk)
    page = client.get(reverse("lists:entry", args=[entry.pk])).content.decode()
    address = reverse("removal:ask", args=[entry.pk])
    assert address in page
    form = client.get(address)
    assert "期限逐日说明" not in form.content.decode()
    token = form.context["form"]["form_token"].value() if "form_token" in form.context["form"].fields else ""
    sent = {
        "way": "early", "document": "示移〔2026〕2号", "why": "已履行。", "performed_on": "2026-09-01", "form_token": token,
    }  # fmt: skip
    bad = client.post(address, sent | {"document": ""})
    assert bad.status_code == 422
    from django.core.files.uploadedfile import SimpleUploadedFile

    made = client.post(address, sent | {"proof": SimpleUploadedFile(PDF.name, PDF.data)})
    assert made.status_code == 302
    case = RemovalCase.objects.get().case
    client.force_login(ReviewerFactory(department=case.department))
    assert "确认移出" in client.get(reverse("removal:case", args=[case.pk])).content.decode()
    assert "示移〔2026〕2号" in client.get(reverse("removal:step", args=[case.pk, "confirm"])).content.decode()

"""The public list of breaches: only what was decided and is public today, with until when."""

import csv
import io
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.tests import cases
from commitments.tests.public_factories import person_letter, shown_breach, shown_letter
from disclosure.models import Disclosure
from disclosure.rules.states import State

PATH = "/commitments/breaches/"


@pytest.fixture(autouse=True)
def a_fresh_day(desk):
    cache.clear()


def body(client, path=PATH, **asked):
    answer = client.get(path, asked)
    assert answer.status_code == 200, path
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def exported(client, **asked):
    return list(csv.DictReader(io.StringIO(body(client, export="csv", **asked).lstrip("\ufeff"))))


def test_a_decided_breach_is_listed_with_until_when(client):
    case = shown_breach(ends_on=date(2029, 11, 22))
    text = body(client)
    assert case.document_number in text
    assert "2027年11月23日" in text  # the measures
    assert "2029年11月22日" in text  # the publication
    assert case.own.facts not in text


def test_an_empty_list_says_so(client):
    assert "暂无公示的违诺信息" in body(client)
    assert "没有符合条件的违诺信息" in body(client, year="2020")


@pytest.mark.parametrize("state", [state for state in State if state is not State.PUBLISHED])
def test_what_is_not_public_is_in_no_list_and_no_export(client, state):
    case = shown_breach(state=state.value, ended_why="撤销")
    assert case.document_number not in body(client)
    assert exported(client) == []


def test_it_is_shown_through_its_last_day(client):
    shown_breach(ends_on=date(2026, 11, 22))
    last = shown_breach(ends_on=cases.TODAY)
    assert [row["认定文书号"] for row in exported(client)] == [last.document_number]


def test_a_case_that_is_not_decided_is_never_public(client):
    case = cases.CandidateFactory(letter=shown_letter())
    text = body(client) + body(client, export="csv")
    assert case.number not in text
    assert case.own.letter.subject.name not in text


def test_a_natural_person_is_masked(client):
    shown_breach(person_letter("欧阳小某"))
    text = body(client) + body(client, export="csv")
    assert "欧阳小某" not in text
    assert Disclosure.objects.get(kind="commitment-breach").subject_name in text
    assert exported(client, q="欧阳小某") == []


def test_the_filters_of_the_list_are_those_of_its_export(client):
    wanted = shown_breach()
    other = shown_breach()
    Disclosure.objects.filter(record=other.record).update(district="230103", decided_on=date(2025, 5, 6))
    for asked in ({"authority": wanted.department.code}, {"year": "2026"}, {"q": wanted.subject.code}):
        assert [row["认定文书号"] for row in exported(client, **asked)] == [wanted.document_number], asked
        assert other.document_number not in body(client, **asked), asked
    assert [row["认定文书号"] for row in exported(client, district="230103")] == [other.document_number]


def test_a_mistake_in_the_filter_lists_nothing(client):
    case = shown_breach()
    answer = client.get(PATH, {"year": "1066"})
    assert answer.status_code == 422
    assert case.document_number not in answer.content.decode()
    assert client.get(PATH, {"year": "1066", "export": "csv"}).status_code == 400


def test_a_cell_is_no_formula(client):
    shown_breach()
    Disclosure.objects.filter(kind="commitment-breach").update(title="=HYPERLINK(1)")
    assert not exported(client)[0]["承诺事由"].startswith("=")


def test_the_number_of_queries_does_not_grow(client):
    def asked():
        with CaptureQueriesContext(connection) as found:
            body(client)
        return len(found)

    shown_breach()
    asked()  # the footer's day of the data is kept from here on
    before = asked()
    for _ in range(5):
        shown_breach()
    assert asked() == before


def test_the_door_and_the_site_map_lead_here(client):
    assert f'href="{PATH}"' in body(client, "/commitments/")
    assert f"{PATH}</loc>" in body(client, "/sitemap-pages-0.xml")
    shown_breach()
    of_case = Disclosure.objects.get(kind="commitment-breach")
    assert f'href="{PATH}"' in body(client, f"/disclosure/{of_case.public_id}/")

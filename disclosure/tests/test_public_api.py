"""The public read interface: what everybody may ask, what is never told, and how wrong questions are answered."""

from __future__ import annotations

import random
import threading
import time
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.api import PublicRate
from credit_platform.accounts.tests import factories as people
from credit_platform.web.keyset import KeysetPage
from disclosure.actions.base import announce
from disclosure.followers import Verb
from disclosure.models import DisclosureChange
from disclosure.rules.states import State
from disclosure.tests.factories import BY_STATE, PublishedFactory
from records.tests import factories as ledger

pytestmark = pytest.mark.django_db
SUBJECTS, LIST, CHANGES = "/api/v1/subjects/", "/api/v1/disclosures/", "/api/v1/changes/"
ALWAYS = {"published_on": date(2026, 1, 5), "ends_on": date(2999, 1, 1)}
Event = DisclosureChange.Event


@pytest.fixture(autouse=True)
def _no_rates_left():
    cache.clear()


def ask(path, **headers):
    return Client().get(path, headers=headers)


def published(**values):
    return PublishedFactory(**(ALWAYS | values))


VERBS = {Event.APPEARED: Verb.APPEARED, Event.CHANGED: Verb.CHANGED, Event.ENDED: Verb.ENDED}


def changed(row, event):
    with transaction.atomic():
        announce(VERBS[event], row, by=SYSTEM)


# --- what is shown


def test_a_subjects_file_is_told_by_its_code():
    row = published()
    body = ask(f"{SUBJECTS}{row.subject_code}/").json()
    assert (body["code"], body["name"], body["more"]) == (row.subject_code, row.subject.name, False)
    assert [each["public_id"] for each in body["disclosures"]] == [row.public_id]
    assert ask(f"{SUBJECTS}{row.subject_code.lower()}/").json() == body


def test_a_disclosure_tells_its_fields_and_explains_its_dates():
    row = published()
    body = ask(f"{LIST}{row.public_id}/").json()
    assert {each["code"]: each["value"] for each in body["fields_shown"]}["CF_WSH"] == row.document_number
    assert body["due_explained"]
    assert body["subject"] == {"name": row.subject_name, "code": row.subject_code}


@pytest.mark.parametrize("state", [state for state in State if state is not State.PUBLISHED])
def test_what_is_not_published_is_nowhere(state):
    row = BY_STATE[state]()
    changed(row, Event.ENDED)
    assert ask(f"{LIST}{row.public_id}/").status_code == 404
    assert ask(LIST).json()["results"] == []
    assert ask(f"{SUBJECTS}{row.subject_code}/").json()["disclosures"] == []
    events = ask(CHANGES).json()["results"]
    assert [(each["event"], each["disclosure"]) for each in events] == [("ended", None)]


@pytest.mark.parametrize(
    "days",
    [
        {"published_on": date(2026, 1, 5), "ends_on": date(2026, 2, 5)},
        {"published_on": date(2999, 1, 5), "ends_on": date(2999, 2, 5)},
    ],
)
def test_the_dates_decide_and_no_sweep(days):
    row = published(**days)
    changed(row, Event.APPEARED)
    assert ask(LIST).json()["results"] == []
    assert ask(f"{LIST}{row.public_id}/").status_code == 404
    assert ask(CHANGES).json()["results"][0]["disclosure"] is None


def test_a_natural_person_has_no_page_and_is_masked_in_the_list():
    ledger.PenaltyEntryFactory()
    record = ledger.PersonPenaltyFactory()
    row = published(record=record, subject_name="李**", subject_code="")
    text = ask(LIST).content.decode() + ask(f"{LIST}{row.public_id}/").content.decode()
    assert "李**" in text
    assert record.content["CF_XDR_ZJHM"]["masked"] not in text
    assert "CF_XDR_ZJHM" not in text


def test_only_shown_fields_are_told_whatever_the_record_says():
    row = published()
    row.record.content |= {"BZ": "内部备注"}
    row.record.save(update_fields=["content"])
    assert "内部备注" not in ask(f"{LIST}{row.public_id}/").content.decode()


def test_the_list_is_narrowed_by_its_parameters():
    one = published(decided_on=date(2026, 1, 2))
    published(decided_on=date(2025, 6, 1), published_on=date(2025, 6, 9))
    for query in (
        f"subject={one.subject_code}",
        f"subject={one.subject_code.lower()}",
        f"authority={one.authority.code}",
        "decided_from=2026-01-01",
        "published_from=2026-01-01&published_to=2026-12-31",
        f"document_number={one.document_number.replace('〔', '[').replace('〕', ']')}",
    ):
        assert [each["public_id"] for each in ask(f"{LIST}?{query}").json()["results"]] == [one.public_id], query
    assert ask(f"{LIST}?kind=permit").json()["results"] == []
    assert len(ask(f"{LIST}?kind=penalty").json()["results"]) == 2


def test_the_list_is_read_page_by_page_to_its_end():
    made = {published().public_id for _ in range(7)}
    seen, cursor = [], ""
    while True:
        body = ask(f"{LIST}?limit=3" + (f"&cursor={cursor}" if cursor else "")).json()
        seen += [each["public_id"] for each in body["results"]]
        cursor = body["next"]
        if cursor is None:
            break
    assert (len(seen), set(seen)) == (7, made)


@pytest.mark.parametrize("path", [LIST, CHANGES])
def test_the_number_of_queries_does_not_grow_with_the_page(path):
    counts = []
    for more in (1, 9):
        for _ in range(more):
            changed(published(), Event.APPEARED)
        ask(path)
        with CaptureQueriesContext(connection) as seen:
            assert len(ask(path).json()["results"]) in (1, 10)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 5


def test_a_subjects_file_asks_as_often_whatever_it_holds():
    subject = ledger.SubjectFactory()
    counts = []
    for more in (1, 9):
        for _ in range(more):
            ledger.PenaltyEntryFactory()
            published(record=ledger.PenaltyRecordFactory(subject=subject))
        with CaptureQueriesContext(connection) as seen:
            assert len(ask(f"{SUBJECTS}{subject.code}/").json()["disclosures"]) in (1, 10)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 8


# --- wrong questions


@pytest.mark.parametrize(
    ("path", "part"),
    [
        (f"{LIST}?kinds=permit", "kind"),
        (f"{LIST}?page=2", "可用参数"),
        (f"{LIST}?format=xml", "format"),
        (f"{LIST}?kind=penality", "penalty"),
        (f"{LIST}?kind=permit&kind=penalty", "2 次"),
        (f"{LIST}?limit=1000000", "200"),
        (f"{LIST}?limit=0", "limit"),
        (f"{LIST}?limit=ten", "limit"),
        (f"{LIST}?limit=٣", "limit"),
        (f"{LIST}?subject=123", "18"),
        (f"{LIST}?subject=91230102MA1B0001OU", "18"),
        (f"{LIST}?decided_from=2026-02-30", "日期"),
        (f"{LIST}?decided_from=20260205", "日期"),
        (f"{LIST}?decided_to=99999-01-01", "日期"),
        (f"{LIST}?district=000000", "district"),
        (f"{LIST}?cursor=abc", "翻页"),
        (f"{LIST}?authority=%00", "不能识别"),
        (f"{LIST}?document_number=" + "x" * 500, "128"),
        (f"{CHANGES}?after=-1", "after"),
        (f"{CHANGES}?after={2**63}", "after"),
        (f"{CHANGES}?after=1&aftr=2", "after"),
        (f"{CHANGES}?limit=1001", "1000"),
        (f"{SUBJECTS}123/", "18"),
        (f"{SUBJECTS}{'9' * 400}/", "18"),
        (f"{SUBJECTS}91230102MA1B00017U%00/", "不能识别"),
        (f"{SUBJECTS}91230102MA1B00017U/?x=1", "没有查询参数"),
    ],
)
def test_a_wrong_question_is_a_bad_request_that_says_why(path, part):
    answer = ask(path)
    assert answer.status_code == 400, answer.content
    body = answer.json()
    assert part in body["text"] + body.get("mend", ""), body
    assert body["code"]


def test_a_cursor_of_another_list_is_refused():
    for _ in range(3):
        published()
    cursor = ask(f"{LIST}?limit=1").json()["next"]
    assert ask(f"{LIST}?limit=1&cursor={cursor}").status_code == 200
    other = KeysetPage(DisclosureChange.objects.all(), ("-id",), size=1)._write("n", DisclosureChange(pk=5))
    answer = ask(f"{LIST}?cursor={other}")
    assert (answer.status_code, answer.json()["code"]) == (400, "page.cursor")


@pytest.mark.parametrize("path", [f"{SUBJECTS}91230102MA1B00017U/", f"{LIST}23456789abcd/", "/api/v1/nothing/"])
def test_what_is_not_there_is_not_found_in_chinese(path):
    answer = ask(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("path", [LIST, CHANGES, f"{SUBJECTS}91230102MA1B00017U/"])
def test_the_public_can_only_read(method, path):
    answer = getattr(Client(), method)(path)
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"
    assert answer.json()["text"]


def test_only_json_is_given_and_no_other_site_is_let_in():
    assert ask(LIST, Accept="text/html").status_code == 406
    answer = ask(LIST, Origin="http://elsewhere.example")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.parametrize("charset", ["hex", "utf-16", "idna", "no-such", "base64"])
def test_an_odd_charset_of_a_question_breaks_nothing(charset):
    answer = Client().generic("GET", f"{LIST}?kind=permit", b"", content_type=f"text/plain; charset={charset}")
    assert answer.status_code in (200, 400)


# --- keys and rates


def test_a_dead_key_is_told_also_where_none_is_needed():
    hour = timedelta(hours=1)
    people.ApiClientFactory(key="k" * 40, expires_at=timezone.now() - hour)
    people.ApiClientFactory(key="m" * 40)
    assert ask(LIST, **{"X-Api-Key": "k" * 40}).status_code == 401
    assert ask(LIST, **{"X-Api-Key": "m" * 40}).status_code == 200


def test_an_address_that_asks_too_often_is_told_when_to_come_back(monkeypatch):
    monkeypatch.setattr(PublicRate, "rate", "3/min", raising=False)
    answers = [ask(LIST) for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[3]["Retry-After"]) <= 60
    assert answers[3].json()["code"] == "throttled"


# --- the feed


def test_the_feed_tells_what_appeared_changed_and_ended_in_order():
    first, second = published(), published()
    changed(first, Event.APPEARED)
    changed(second, Event.APPEARED)
    changed(first, Event.CHANGED)
    type(second).objects.filter(pk=second.pk).update(state=State.WITHDRAWN, ended_why="行政复议决定撤销")
    changed(second, Event.ENDED)
    body = ask(CHANGES).json()
    told = [(each["number"], each["event"], each["public_id"]) for each in body["results"]]
    assert told == [
        (1, "appeared", first.public_id),
        (2, "appeared", second.public_id),
        (3, "changed", first.public_id),
        (4, "ended", second.public_id),
    ]
    assert body["last"] == 4
    assert [each["disclosure"] is None for each in body["results"]] == [False, True, False, True]
    assert second.document_number not in ask(CHANGES).content.decode()


def test_the_feed_goes_on_where_the_reader_stopped():
    for _ in range(5):
        changed(published(), Event.APPEARED)
    first = ask(f"{CHANGES}?limit=2").json()
    rest = ask(f"{CHANGES}?after={first['last']}").json()
    assert [each["number"] for each in first["results"] + rest["results"]] == [1, 2, 3, 4, 5]
    end = ask(f"{CHANGES}?after={rest['last']}").json()
    assert (end["results"], end["last"]) == ([], 5)


TURNS = 15


def announce_often(row, seed):
    """Announces in transactions of different length; every fifth fails and leaves no number behind."""
    dice = random.Random(seed)
    try:
        for turn in range(TURNS):
            with suppress(LookupError), transaction.atomic():
                announce(Verb.APPEARED, row, by=SYSTEM)
                time.sleep(dice.random() / 100)
                if turn % 5 == 4:
                    raise LookupError
    finally:
        connections.close_all()


def follow(read, stop):
    """A reader that goes on from the last number, as departments' systems do."""
    last = 0
    try:
        while not stop.is_set():
            cache.clear()
            body = ask(f"{CHANGES}?after={last}&limit=7").json()
            read += [each["number"] for each in body["results"]]
            last = body["last"]
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_the_feed_has_no_gap_while_many_publish_at_once():
    rows = [PublishedFactory(**ALWAYS) for _ in range(6)]
    read, stop = [], threading.Event()
    reader = threading.Thread(target=follow, args=(read, stop))
    writers = [threading.Thread(target=announce_often, args=(row, seed)) for seed, row in enumerate(rows)]
    for thread in [reader, *writers]:
        thread.start()
    for thread in writers:
        thread.join()
    expected = len(rows) * TURNS * 4 // 5
    deadline = time.monotonic() + 20
    while len(read) < expected and time.monotonic() < deadline:
        time.sleep(0.05)
    stop.set()
    reader.join()
    assert read == list(range(1, expected + 1))

"""Answers are kept for a minute at most, never past midnight in Harbin, and are asked again."""

from datetime import UTC, datetime

import pytest
from django.conf import settings

from disclosure.models import Disclosure
from disclosure.public.caching import seconds_kept
from disclosure.rules.states import State
from disclosure.tests.public import factories as made

PAGES = [
    "/",
    "/search/?q=示例",
    "/disclosure/permits/",
    "/statistics/",
    "/repair/",
    "/disclosure/rss/permit.xml",
    "/sitemap.xml",
]


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        (datetime(2026, 11, 23, 1, 0, tzinfo=UTC), 60),
        (datetime(2026, 11, 23, 15, 59, 0, tzinfo=UTC), 60),
        (datetime(2026, 11, 23, 15, 59, 30, tzinfo=UTC), 30),
        (datetime(2026, 11, 23, 15, 59, 59, 900000, tzinfo=UTC), 0),
        (datetime(2026, 11, 23, 16, 0, 0, tzinfo=UTC), 60),
    ],
)
def test_an_answer_never_outlives_midnight_in_harbin(moment, seconds):
    assert seconds_kept(moment) == seconds


@pytest.mark.parametrize("path", PAGES)
def test_a_page_may_be_kept_for_a_minute_and_is_validated_by_content(client, path):
    answer = client.get(path)
    assert answer["Cache-Control"] == "public, max-age=60, must-revalidate"
    assert "Cookie" in answer["Vary"]
    assert "Last-Modified" not in answer
    again = client.get(path, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again["Cache-Control"] == answer["Cache-Control"]


def test_a_withdrawal_changes_the_answer_at_once(client):
    row = made.ShownPermitFactory()
    made.ShownPermitFactory(published_on=made.TODAY)
    for path in ("/disclosure/permits/", "/disclosure/rss/permit.xml", f"/disclosure/{row.public_id}/"):
        etag = client.get(path)["ETag"]
        Disclosure.objects.filter(pk=row.pk).update(state=State.SUSPENDED)
        later = client.get(path, headers={"if-none-match": etag, "if-modified-since": "Mon, 23 Nov 2037 00:00:00 GMT"})
        assert later.status_code != 304
        Disclosure.objects.filter(pk=row.pk).update(state=State.PUBLISHED)


def test_large_type_is_another_answer(client):
    plain = client.get("/about/")["ETag"]
    client.cookies["large_type"] = "1"
    assert client.get("/about/", headers={"if-none-match": plain}).status_code == 200


def test_the_answer_for_somebody_who_signed_in_is_theirs(client):
    client.cookies[settings.SESSION_COOKIE_NAME] = "abc"
    assert client.get("/about/")["Cache-Control"].startswith("private,")


@pytest.mark.parametrize("path", ["/disclosure/permits/?q=x", "/disclosure/permits/?export=csv", "/search/?q=哈"])
def test_mistakes_and_files_are_not_kept(client, path):
    assert client.get(path)["Cache-Control"] == "no-store"


def test_a_withdrawn_note_is_kept_no_longer_than_a_page(client):
    row = made.in_state(State.WITHDRAWN)
    assert client.get(f"/disclosure/{row.public_id}/")["Cache-Control"] == "public, max-age=60, must-revalidate"

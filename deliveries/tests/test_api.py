"""The client's own page: what it was told of, and its answer; reading by key is kept, through the real interface."""

from __future__ import annotations

import pytest
from django.test import Client

from credit_platform.accounts.models import ApiClient
from credit_platform.accounts.tests.factories import ApiClientFactory
from deliveries.models import Delivery, Reading
from deliveries.tests.factories import case_in, delivered, reader, repaired
from disclosure.models import DisclosureChange
from disclosure.tests.factories import PublishedFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
KEY = "k" * 40


@pytest.fixture
def client():
    return reader(key=KEY)


def get(address, **params):
    return Client().get(address, params, headers={"x-api-key": KEY}, secure=True)


def post(body, key=KEY):
    headers = {"x-api-key": key} if key else {}
    return Client().post(
        "/api/v1/deliveries/acknowledge/", body, content_type="application/json", headers=headers, secure=True
    )


def test_a_repair_is_told_read_and_acknowledged_by_the_feed(client):
    item = PublishedFactory()
    assert get("/api/v1/changes/").status_code == 200
    repaired(item)
    told = get("/api/v1/changes/").json()
    assert told["results"][-1]["event"] == "ended"
    row = get("/api/v1/deliveries/").json()["results"][0]
    assert (row["number"], row["public_id"], row["what"], row["state"]) == (
        told["last"],
        item.public_id,
        "repaired",
        "open",
    )
    get("/api/v1/changes/", after=told["last"])
    assert get("/api/v1/deliveries/", state="acknowledged").json()["results"][0]["state"] == "acknowledged"


def test_reading_with_a_key_is_kept_and_without_one_is_nobodys():
    made = ApiClientFactory(key=KEY)
    item = PublishedFactory()
    Client().get("/api/v1/changes/", secure=True)
    assert not Reading.objects.exists()
    get(f"/api/v1/disclosures/{item.public_id}/")
    get(f"/api/v1/subjects/{item.subject_code}/")
    get("/api/v1/disclosures/", subject=item.subject_code)
    get("/api/v1/disclosures/")
    kept = set(Reading.objects.filter(recipient__client=made).values_list("what", "ref"))
    assert kept == {("item", item.public_id), ("subject", item.subject_code), ("list", "")}


def test_an_answer_by_public_id_closes_that_one_and_a_strange_one_is_named(client):
    first, second = delivered(client), delivered(client)
    answer = post({"public_ids": [first.disclosure.public_id]})
    assert answer.json() == {"acknowledged": 1, "open": 1}
    assert post({"public_ids": [first.disclosure.public_id]}).json() == {"acknowledged": 0, "open": 1}
    refused = post({"public_ids": ["nowhere"]})
    assert (refused.status_code, "nowhere" in refused.json()["text"]) == (422, True)
    assert post({"through": second.change.number}).json() == {"acknowledged": 1, "open": 0}


@pytest.mark.parametrize(
    "body",
    [{}, {"through": 1, "public_ids": ["a"]}, {"through": 0}, {"through": "1"}, {"public_ids": "a"}, {"thru": 1}],
)
def test_a_malformed_answer_is_told_so(client, body):
    assert post(body).status_code == 400


def test_nobody_answers_without_a_key():
    assert post({"through": 1}, key="").status_code == 401


def test_a_paused_key_reads_nothing_but_the_feed_and_may_still_answer():
    case = case_in("paused")
    held = case.own.recipient.client
    from credit_platform.accounts.models.clients import KEY_PREFIX_LENGTH, hash_key

    ApiClient.objects.filter(pk=held.pk).update(prefix=KEY[:KEY_PREFIX_LENGTH], key_hash=hash_key(KEY))
    refused = get("/api/v1/disclosures/")
    assert (refused.status_code, refused.json()["code"]) == (403, "policy.paused")
    assert get("/api/v1/changes/").status_code == 200
    told = get("/api/v1/deliveries/").json()["enforcement"]
    assert (told["number"], told["state"], len(told["notices"])) == (case.number, "paused", 3)
    assert post({"through": DisclosureChange.objects.latest("number").number}).json()["open"] == 0
    assert Delivery.objects.get().state == "acknowledged"

"""What partners send: signed, once, row by row through the one importer, by service and by file."""

from __future__ import annotations

import json
import secrets
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from credit_platform.accounts.tests.factories import CreditOfficeFactory
from exchange.actions.inbox import take_files
from exchange.actions.opening import open_channel
from exchange.models import Arrival, Channel, Nonce
from exchange.rules.manifests import MANIFEST, RECEIPT, ROWS, lines, manifest_of, parsed_lines, written
from exchange.rules.signatures import ANSWER, Algorithm, objection, sign
from exchange.tasks import carry
from exchange.tests.factories import KEY, partner
from exchange.ways.service import PARTNER, heads_of, signed_of
from records.models import CatalogueEntry, CreditRecord
from records.tests import factories as ledger
from records.tests.imports.samples import penalty, person_penalty
from sanctions.catalogue import ITEMS as ENTRIES
from sanctions.filed.models import FiledRow
from sanctions.filed.registered import ITEMS as FILED
from sanctions.filed.tests.factories import PublicationFactory, line

pytestmark = pytest.mark.django_db
INBOX = "/api/v1/exchange/inbox/"
NAME = "SY_penalty-2018_20261123_001"


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EXCHANGE_FOLDER = tmp_path / "exchange"


def inward(standard: str = "penalty-2018", way: str = "service") -> Channel:
    """An open channel by which a partner of another city sends."""
    ledger.PenaltyEntryFactory()
    row = Channel.objects.create(partner=partner("shenyang"), direction="in", kind=standard, way=way)
    open_channel(row, by=CreditOfficeFactory())
    return Channel.objects.select_related("partner__client__department").get()


def body_of(on: Channel, rows: list[dict], name: str = NAME) -> bytes:
    return json.dumps({"standard": on.kind, "parcel": name, "rows": rows}, ensure_ascii=False).encode()


def send(client, on: Channel, body: bytes, *, key: str = KEY, nonce: str = "", at: int = 0, path: str = INBOX):
    nonce = nonce or secrets.token_hex(16)
    signed = sign(key.encode(), "POST", path, body, nonce=nonce, time=at or int(time.time()))
    heads = heads_of(signed) | {PARTNER: on.partner.code}
    return client.post(INBOX, body, content_type="application/json", headers=heads)


def test_rows_are_checked_answered_and_entered_and_the_answer_is_signed(client):
    on = inward()
    department = on.partner.client.department
    rows = [penalty(1, department), penalty(2, department, CF_JDRQ="x"), person_penalty(3, department)]
    answer = send(client, on, body_of(on, rows))
    assert answer.status_code == 200, answer.content.decode()
    said = answer.json()
    assert [each["result"] for each in said["receipts"]] == ["accepted", "rejected", "accepted"]
    assert (said["receipts"][1]["field"], said["repeated"]) == ("CF_JDRQ", False)
    assert CreditRecord.objects.count() == 2
    signed = signed_of(answer.headers)
    now = int(time.time())
    assert not objection(KEY.encode(), ANSWER, INBOX, answer.content, signed, now=now, algorithm=Algorithm.SHA256)


def test_the_same_parcel_again_is_answered_as_before_and_another_under_its_name_is_refused(client):
    on = inward()
    rows = [penalty(1, on.partner.client.department)]
    first = send(client, on, body_of(on, rows)).json()
    again = send(client, on, body_of(on, rows)).json()
    assert again == first | {"repeated": True}
    assert (Arrival.objects.count(), CreditRecord.objects.count()) == (1, 1)
    other = [penalty(2, on.partner.client.department)]
    assert send(client, on, body_of(on, other)).status_code == 409


def test_what_is_not_signed_as_it_should_be_is_turned_away(client):
    on = inward()
    body = body_of(on, [penalty(1, on.partner.client.department)])
    assert client.post(INBOX, body, content_type="application/json").status_code == 401
    assert send(client, on, body, key="another key that is long enough too").status_code == 401
    assert send(client, on, body, at=int(time.time()) - 4000).status_code == 401
    assert send(client, on, body, path="/api/v1/records/").status_code == 401
    nonce = secrets.token_hex(16)
    assert send(client, on, body, nonce=nonce).status_code == 200
    assert send(client, on, body, nonce=nonce).status_code == 409, "an overheard request is good once"
    on.partner.client.revoked_at = timezone.now()
    on.partner.client.save(update_fields=["revoked_at"])
    assert send(client, on, body).status_code == 401
    assert CreditRecord.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [{"parcel": "../x"}, {"rows": []}, {"rows": [1]}, {"rows": "x"}, {"standard": "permit-2018"}, {"more": 1}],
)
def test_what_is_no_parcel_is_refused_with_a_reason(client, change):
    on = inward()
    given = {"standard": on.kind, "parcel": NAME, "rows": [penalty(1, on.partner.client.department)]} | change
    answer = send(client, on, json.dumps(given).encode())
    assert answer.status_code in (400, 422)
    assert answer.json()["text"]
    assert not CreditRecord.objects.exists()


def test_a_parcel_lies_in_the_inbox_until_it_is_whole_and_is_removed_when_it_was_taken(settings):
    on = inward(way="file")
    folder = settings.EXCHANGE_FOLDER / "shenyang" / "in"
    folder.mkdir(parents=True)
    department = on.partner.client.department
    data = lines([penalty(1, department), penalty(2, department, CF_JDRQ="x")])
    receipt = settings.EXCHANGE_FOLDER / "shenyang" / "back" / f"{NAME}{RECEIPT}"
    (folder / f"{NAME}{MANIFEST}").write_bytes(written(manifest_of(NAME, data, rows=2)))
    (folder / f"{NAME}{ROWS}").write_bytes(data[:-9])
    assert take_files(on) == 0
    assert "没有传完" in receipt.read_text()
    (folder / f"{NAME}{ROWS}").write_bytes(data)
    carry()
    head, *rows = parsed_lines(receipt.read_bytes())
    assert head == {"parcel": NAME, "sha256": manifest_of(NAME, data, rows=2).sha256}
    assert [each["result"] for each in rows] == ["accepted", "rejected"]
    assert list(folder.iterdir()) == [], "what may name persons does not lie about"


def test_entries_of_a_published_list_come_as_a_file_through_their_door(client):
    """Nobody is listed without a publication that two have confirmed; with it the lines wait to be matched."""
    on = inward("filed-general")
    for item in (*ENTRIES, *(each for each in FILED if each.standard == on.kind)):
        ledger.CatalogueEntryFactory(
            item=ledger.CatalogueItemFactory(code=item.code, name=item.name),
            category=item.category,
            standard=item.standard,
            visibility=item.visibility,
            publication=CatalogueEntry.Publication.ON_ENTRY,
            nature=item.nature,
        )
    rows = [line(1), line(2), line(3, GB_MC=None)]
    answer = send(client, on, body_of(on, rows)).json()
    assert "没有已确认的" in answer["refused"]
    PublicationFactory(department=on.partner.client.department)
    answer = send(client, on, body_of(on, rows, "SY_filed-general_20261123_002")).json()
    assert answer["refused"] == ""
    assert [each["result"] for each in answer["receipts"]] == ["accepted", "accepted", "rejected"]
    assert FiledRow.objects.count() == 2


def test_nonces_are_forgotten_when_their_moment_is_past(client):
    on = inward()
    send(client, on, body_of(on, [penalty(1, on.partner.client.department)]))
    carry()
    assert Nonce.objects.count() == 1
    Nonce.objects.update(at=timezone.now() - timedelta(hours=1))
    carry()
    assert Nonce.objects.count() == 0

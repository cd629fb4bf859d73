"""What the public reads of the audit chain: the list, a day's note byte by byte, the keys, the program."""

import csv
import io
from base64 import urlsafe_b64decode
from datetime import date, timedelta

import pytest

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit import actions
from credit_platform.audit.checkpoints import make_checkpoint
from credit_platform.audit.models import Checkpoint, SigningKey

pytestmark = pytest.mark.django_db

PAGE = "/open-data/checkpoints/"
DAY = date(2026, 11, 1)


def days(count):
    for n in range(count):
        actions.record("test.act", by=SYSTEM)
        make_checkpoint(by=SYSTEM, on=DAY + timedelta(days=n))


def test_the_empty_page_says_so(client):
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "还没有检查点" in page.text
    assert client.get("/.well-known/jwks.json").json() == {"keys": []}


def test_the_page_tells_what_it_proves_with_key_and_days(client):
    days(3)
    page = client.get(PAGE).text
    row = Checkpoint.objects.get(day=DAY)
    for text in (
        "能证明什么",
        "不能证明什么",
        row.root,
        "共 3 份",
        f"{row.key.name}+{row.key.key_id}+",
        "2026年11月1日",
    ):
        assert text in page
    assert 'href="/open-data/checkpoints/2026-11-01/"' in page
    assert PAGE in client.get("/open-data/").text


def test_a_day_is_the_signed_text_and_nothing_else(client):
    days(1)
    answer = client.get(f"{PAGE}2026-11-01/")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode() == Checkpoint.objects.get().note


@pytest.mark.parametrize("day", ["2026-11-02", "2026-13-01", "x", "0", "2026-W01-1", "١٢٣٤-11-01"])
def test_a_day_without_one_is_not_there(client, day):
    days(1)
    assert client.get(f"{PAGE}{day}/").status_code == 404


def test_pages_follow_by_key_and_filters_narrow(client):
    days(60)
    first = client.get(PAGE, {"size": 20})
    assert first.text.count('class="code hash"') == 1 + 20
    second = client.get(PAGE, {"size": 20, "cursor": first.context["page"].next_cursor}).context["page"]
    assert [row.day for row in second.items][0] == DAY + timedelta(days=39)
    narrowed = client.get(PAGE, {"since": "2026-11-10", "until": "2026年11月12日"}).context["listing"]
    assert int(narrowed.total) == 3
    assert "所选日期没有检查点" in client.get(PAGE, {"since": "2030-01-01"}).text
    assert client.get(PAGE, {"since": "昨天"}).status_code == 422


def test_the_list_as_a_file(client):
    days(2)
    text = b"".join(client.get(PAGE, {"export": "csv"}).streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 3
    assert rows[1][2] == Checkpoint.objects.order_by("-day").first().root


def test_old_keys_stay_published(client, settings):
    days(1)
    settings.CHECKPOINT_KEY = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="
    actions.record("test.act", by=SYSTEM)
    make_checkpoint(by=SYSTEM, on=DAY + timedelta(days=5))
    new, old = client.get("/.well-known/jwks.json").json()["keys"]
    assert (new["kty"], new["crv"], new["alg"]) == ("OKP", "Ed25519", "EdDSA")
    assert "not_after" in old
    assert "not_after" not in new
    assert {key.public for key in SigningKey.objects.all()} == {
        _plain(urlsafe_b64decode(each["x"] + "=")) for each in (new, old)
    }


def _plain(data):
    from base64 import b64encode

    return b64encode(data).decode()


def test_the_program_is_handed_out(client):
    answer = client.get(f"{PAGE}verify.py")
    assert answer["Content-Type"].startswith("text/plain")
    assert "Ed25519PublicKey" in answer.text

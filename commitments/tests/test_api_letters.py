"""The letters that other systems send: each checked by itself, known by its number, with its attachments."""

from __future__ import annotations

import base64
import json
import secrets
import threading
from datetime import date

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.test import Client

from commitments.models import Attachment, CommitmentLetter
from credit_platform import vault
from credit_platform.accounts.tests import factories as people
from disclosure.models import Disclosure
from records.models import CreditRecord
from records.standards import registry
from records.standards.example import example_row

pytestmark = pytest.mark.django_db
PUSH = "/api/v1/commitments/"
PDF = b"%PDF-1.4 one signed page"


@pytest.fixture(autouse=True)
def _base(db):
    cache.clear()
    call_command("load_base", verbosity=0)


def new_key(department, *scopes):
    key = secrets.token_urlsafe(32)
    people.ApiClientFactory(department=department, key=key, scopes=list(scopes))
    return key


@pytest.fixture
def writing(market_bureau):
    return new_key(market_bureau, "records.write")


def letter(market_bureau, number=1, **changes):
    authority = {"CN_JG": market_bureau.name, "CN_JGDM": market_bureau.uscc}
    source = {"CN_LYDW": market_bureau.name, "CN_LYDWDM": market_bureau.uscc}
    row = example_row(registry.get("commitment"), date(2026, 10, 8)) | authority | source
    free = {"CN_LX": "主动型", "CN_SXBM": "", "CN_GKSX": "社会公开", "CN_BM": f"HRBCN2026-{number:06d}"}
    return row | free | changes


def attachments(*data):
    return [{"name": "承诺书.pdf", "content": base64.b64encode(each).decode()} for each in data]


def send(key, letters, **headers):
    body = json.dumps({"commitments": letters}, ensure_ascii=False) if isinstance(letters, list) else letters
    return Client().post(PUSH, body, content_type="application/json", headers={"X-Api-Key": key, **headers})


def test_a_letter_comes_in_and_is_public(writing, market_bureau):
    answer = send(writing, [{"fields": letter(market_bureau), "attachments": attachments(PDF)}])
    assert answer.status_code == 201, answer.json()
    body = answer.json()
    assert (body["total"], body["accepted"], body["rejected"]) == (1, 1, 0)
    made = CommitmentLetter.objects.get(pk=body["results"][0]["letter"])
    assert (made.code, made.channel, made.department) == ("HRBCN2026-000001", "api", market_bureau)
    assert made.next_review_on is not None
    assert Disclosure.objects.visible_on(date.today()).filter(record=made.record_id).exists()
    attachment = Attachment.objects.get(letter=made)
    assert vault.read(attachment.path) == PDF


def test_the_same_number_sent_again_is_one_letter_and_one_paper(writing, market_bureau):
    one = {"fields": letter(market_bureau), "attachments": attachments(PDF)}
    send(writing, [one])
    again = send(writing, [one]).json()
    assert again["unchanged"] == 1
    assert (CommitmentLetter.objects.count(), Attachment.objects.count(), CreditRecord.objects.count()) == (1, 1, 1)


def test_the_same_request_key_answers_the_same_and_another_content_is_a_conflict(writing, market_bureau):
    one = {"fields": letter(market_bureau), "attachments": attachments(PDF)}
    first = send(writing, [one], **{"Idempotency-Key": "k-1"})
    second = send(writing, [one], **{"Idempotency-Key": "k-1"})
    assert second["Idempotency-Replayed"] == "true"
    assert second.json() == first.json()
    other = send(writing, [one | {"attachments": attachments(PDF + b"2")}], **{"Idempotency-Key": "k-1"})
    assert other.status_code == 409


def test_a_number_that_stands_for_another_letter_is_refused(writing, market_bureau):
    send(writing, [{"fields": letter(market_bureau)}])
    other_day = send(writing, [{"fields": letter(market_bureau, CN_ZCRQ="2026-01-06")}]).json()
    other_firm = send(writing, [{"fields": letter(market_bureau, CN_XDR_SHXYM="91230103MA1D00035R")}]).json()
    for answer in (other_day, other_firm):
        assert answer["rejected"] == 1
    assert "commitment.code-taken" in {each["rule"] for each in other_day["results"][0]["findings"]}
    assert CommitmentLetter.objects.count() == 1


def test_each_letter_is_answered_by_itself(writing, market_bureau):
    good, bad = letter(market_bureau, 1), letter(market_bureau, 2, CN_NR="")
    twice = letter(market_bureau, 1)
    wrong_attachment = {"fields": letter(market_bureau, 3), "attachments": attachments(b"MZ not a paper")}
    not_base64 = {"fields": letter(market_bureau, 4), "attachments": [{"name": "a.pdf", "content": "***"}]}
    answer = send(writing, [{"fields": good}, {"fields": bad}, {"fields": twice}, wrong_attachment, not_base64]).json()
    assert [row["outcome"] for row in answer["results"]] == ["created", *["rejected"] * 4]
    rules = [{each["rule"] for each in row["findings"]} for row in answer["results"]]
    assert "commitment.code-twice" in rules[2]
    assert "attachment.type" in rules[3]
    assert "attachment.base64" in rules[4]
    assert all(each["mend"] for row in answer["results"][1:] for each in row["findings"] if each["level"] == "error")
    assert CommitmentLetter.objects.count() == 1


def test_a_matter_outside_the_list_is_refused(writing, market_bureau):
    answer = send(writing, [{"fields": letter(market_bureau, CN_LX="审批替代型", CN_SXBM="NOWHERE-1")}]).json()
    assert "commitment.matter" in {each["rule"] for each in answer["results"][0]["findings"]}


@pytest.mark.parametrize(
    "body",
    [
        "{}",
        '{"commitments": []}',
        '{"commitments": [1]}',
        '{"commitments": [{"fields": {}, "papers": []}]}',
        '{"commitments": [{"fields": {}, "attachments": [{"name": 1}]}]}',
        '{"commitments": [{"fields": {"CN_BM": "\\u0000"}}]}',
        "not json",
    ],
)
def test_a_malformed_request_is_told_what_is_wrong(writing, body):
    answer = send(writing, body)
    assert answer.status_code == 400
    assert answer.json()["text"]


def test_who_may_not_is_refused(market_bureau, housing_bureau):
    body = [{"fields": letter(market_bureau)}]
    assert send("", body).status_code == 401
    assert send(new_key(market_bureau, "records.read"), body).status_code == 403
    assert CommitmentLetter.objects.count() == 0


def test_a_department_sees_its_own_letters_only(writing, market_bureau, housing_bureau):
    send(writing, [{"fields": letter(market_bureau, number)} for number in (1, 2, 3)])
    get = Client().get
    page = get(f"{PUSH}?limit=2", headers={"X-Api-Key": writing}).json()
    assert (len(page["results"]), page["more"]) == (2, True)
    rest = get(f"{PUSH}?limit=2&after={page['last']}", headers={"X-Api-Key": writing}).json()
    assert (len(rest["results"]), rest["more"]) == (1, False)
    found = get(f"{PUSH}?code=HRBCN2026-000002", headers={"X-Api-Key": writing}).json()["results"]
    assert [each["code"] for each in found] == ["HRBCN2026-000002"]
    assert found[0]["fulfilment_label"] == "履行中"
    elsewhere = new_key(housing_bureau, "records.read")
    assert get(PUSH, headers={"X-Api-Key": elsewhere}).json()["results"] == []
    unknown = get(f"{PUSH}?mater=1", headers={"X-Api-Key": writing})
    assert unknown.status_code == 400
    assert "matter" in unknown.json()["text"] + unknown.json().get("mend", "")


def test_a_thousand_letters_at_once_and_not_one_more(writing, market_bureau):
    many = [{"fields": letter(market_bureau, number)} for number in range(1, 1002)]
    assert send(writing, many).status_code == 413
    assert send(writing, many[:1000]).json()["accepted"] == 1000


@pytest.mark.django_db(transaction=True)
def test_the_same_letter_from_two_sides_at_once_is_one(market_bureau):
    key = new_key(market_bureau, "records.write")
    fields = [letter(market_bureau), letter(market_bureau, CN_ZCRQ="2026-01-06")]
    answers = []

    def work(each):
        answers.append(send(key, [{"fields": each, "attachments": attachments(PDF)}]).json())
        connections.close_all()

    threads = [threading.Thread(target=work, args=(each,)) for each in fields]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each["accepted"] for each in answers) == [0, 1]
    assert CommitmentLetter.objects.count() == 1

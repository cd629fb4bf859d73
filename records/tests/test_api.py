"""The push interface: what a department's system may send and ask, and how everything else is refused."""

from __future__ import annotations

import json
import secrets
import threading
from datetime import date, timedelta

import jsonschema
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from credit_platform.accounts.tests import factories as people
from disclosure.tests.factories import PublishedFactory
from records.imports.batches.push import MOST_ROWS
from records.models import CatalogueEntry, CreditRecord, ImportBatch, ImportReject
from records.standards import registry
from records.standards.compile import Validator
from records.standards.example import example_row
from records.standards.row import Context, DepartmentInfo
from records.tests import factories
from records.tests.imports.samples import PENALTY, penalty, person_penalty

pytestmark = pytest.mark.django_db
PUSH = "/api/v1/records/"


@pytest.fixture(autouse=True)
def _no_rates_left():
    cache.clear()


@pytest.fixture
def penalties(db) -> CatalogueEntry:
    return factories.PenaltyEntryFactory()


def new_key(department, *scopes, **values):
    """The key of a new client of the department."""
    key = secrets.token_urlsafe(32)
    people.ApiClientFactory(department=department, key=key, scopes=list(scopes), **values)
    return key


@pytest.fixture
def writing(market_bureau):
    return new_key(market_bureau, "records.write")


@pytest.fixture
def reading(market_bureau):
    return new_key(market_bureau, "records.read")


@pytest.fixture
def elsewhere(housing_bureau):
    return new_key(housing_bureau, "records.write", "records.read")


def send(key, body, **headers):
    data = body if isinstance(body, str | bytes) else json.dumps(body, ensure_ascii=False)
    headers = {"X-Api-Key": key, **headers} if key else headers
    return Client().post(PUSH, data, content_type="application/json", headers=headers)


def ask(path, key=""):
    return Client().get(path, headers={"X-Api-Key": key} if key else {})


def of(rows, **more):
    return {"standard": "penalty-2018", "rows": rows} | more


# --- sending


def test_each_row_is_answered_with_its_record_or_its_faults(penalties, writing, market_bureau):
    rows = [penalty(1, market_bureau), penalty(2, market_bureau, CF_JDRQ="2026-13-01")]
    answer = send(writing, of(rows))
    assert answer.status_code == 201
    body = answer.json()
    assert (body["total"], body["accepted"], body["rejected"]) == (2, 1, 1)
    good, bad = body["results"]
    assert (good["index"], good["outcome"], good["findings"]) == (0, "created", [])
    assert good["record"] == CreditRecord.objects.get().pk
    assert good["publication"]["state"] == "draft"
    assert good["publication"]["public"] is False
    assert good["publication"]["public_id"] == ""
    assert (bad["index"], bad["outcome"], bad["record"], bad["publication"]) == (1, "rejected", None, None)
    finding = bad["findings"][0]
    assert (finding["field"], finding["level"]) == ("CF_JDRQ", "error")
    assert finding["text"]
    assert finding["mend"]
    assert "value" not in finding
    assert answer["Location"] == f"/api/v1/records/batches/{body['batch']}/"
    assert ask(answer["Location"], writing).json() == body


def test_the_same_rows_again_change_nothing_and_changed_ones_update(penalties, writing, market_bureau):
    row = penalty(1, market_bureau)
    first = send(writing, of([row])).json()["results"][0]
    again = send(writing, of([row])).json()["results"][0]
    changed = send(writing, of([row | {"CF_SY": "当事人销售超过保质期的食品三件。"}])).json()["results"][0]
    assert [each["outcome"] for each in (first, again, changed)] == ["created", "unchanged", "updated"]
    assert first["record"] == again["record"] == changed["record"]


def test_a_request_with_its_key_again_gets_the_same_answer_once(penalties, writing, market_bureau):
    body = of([penalty(1, market_bureau), penalty(2, market_bureau, CF_NR=None)])
    first = send(writing, body, **{"Idempotency-Key": "2026-11-23/1"})
    again = send(writing, body, **{"Idempotency-Key": "2026-11-23/1"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert ImportBatch.objects.count() == 1


def test_a_key_for_another_request_is_a_conflict(penalties, writing, market_bureau):
    send(writing, of([penalty(1, market_bureau)]), **{"Idempotency-Key": "a"})
    refused = send(writing, of([penalty(2, market_bureau)]), **{"Idempotency-Key": "a"})
    assert refused.status_code == 409
    assert refused.json()["text"]
    assert CreditRecord.objects.count() == 1


@pytest.mark.parametrize("key", ["a b", "x" * 201, "编号"])
def test_a_malformed_key_is_a_bad_request(key, penalties, writing, market_bureau):
    answer = send(writing, of([penalty(1, market_bureau)]), **{"Idempotency-Key": key.encode().decode("latin-1")})
    assert (answer.status_code, answer.json()["code"]) == (400, "request.key")


def test_no_personal_number_is_in_any_answer(penalties, writing, market_bureau):
    good, bad = person_penalty(3, market_bureau), person_penalty(4, market_bureau, CF_JDRQ="x")
    bad[str(good["CF_XDR_ZJHM"])] = "placed among the names"
    wrong = person_penalty(5, market_bureau, CF_XDR_ZJHM=str(good["CF_XDR_ZJHM"])[:17] + "#")
    answer = send(writing, of([good, bad, wrong]))
    texts = [answer.content.decode(), ask(answer["Location"], writing).content.decode()]
    texts.append(ask(PUSH, writing).content.decode())
    for text in texts:
        for row in (good, bad, wrong):
            assert str(row["CF_XDR_ZJHM"])[6:14] not in text
    assert "李**" in texts[2]
    assert "李某某" not in texts[2]
    assert bytes(ImportReject.objects.first().cipher)  # the refused row is kept, encrypted
    assert str(bad["CF_XDR_ZJHM"]).encode() not in bytes(ImportReject.objects.first().cipher)


def test_a_wrong_field_name_refuses_its_row_and_names_the_nearest(penalties, writing, market_bureau):
    rows = [penalty(1, market_bureau) | {"CF_NR_FKK": "0.2"}, penalty(2, market_bureau)]
    bad, good = send(writing, of(rows)).json()["results"]
    assert (bad["outcome"], good["outcome"]) == ("rejected", "created")
    assert "CF_NR_FK" in bad["findings"][0]["text"]


@pytest.mark.parametrize("name", ["\r", "\n", '"', ",", "\\.", "x" * 5000, "字段", "\u2028"])
def test_any_wrong_name_is_told(name, penalties, writing, market_bureau):
    row = send(writing, of([penalty(1, market_bureau) | {name: "1"}])).json()["results"][0]
    assert row["findings"][0]["rule"] == "field.unknown"
    assert len(row["findings"][0]["text"]) < 300


@pytest.mark.parametrize("cell", [[], ["a"], {"a": 1}, [[[[]]]]])
def test_a_value_that_is_no_value_refuses_its_row(cell, penalties, writing, market_bureau):
    row = send(writing, of([penalty(1, market_bureau, CF_SY=cell)])).json()["results"][0]
    assert row["outcome"] == "rejected"
    assert {each["rule"] for each in row["findings"]} >= {"cell.nested"}


ODD = [
    None,
    True,
    False,
    0,
    -1,
    10**400,
    1.5,
    1e308,
    -0.0,
    "",
    " ",
    "\u202e",
    "甲\r乙",
    "甲\r\n乙\t丙",
    "\\.",
    '"',
    "𠮷" * 3000,
    "\ufffe",
    "9" * 4000,
    "1e999999",
]


@pytest.mark.parametrize("field", [each.code for each in PENALTY.fields])
def test_odd_values_are_answered(field, penalties, writing, market_bureau):
    rows = [penalty(number, market_bureau) | {field: cell} for number, cell in enumerate(ODD)]
    answer = send(writing, of(rows))
    assert answer.status_code == 201, answer.content
    assert {row["outcome"] for row in answer.json()["results"]} <= {"created", "rejected"}


def test_a_label_serves_as_well_as_the_code_but_not_both(penalties, writing, market_bureau):
    row = penalty(1, market_bureau)
    number = row.pop("CF_WSH")
    one = send(writing, of([row | {"行政处罚决定书文号": number}])).json()["results"][0]
    assert one["outcome"] == "created"
    both = send(writing, of([row | {"行政处罚决定书文号": number, "CF_WSH": number}])).json()["results"][0]
    assert both["findings"][0]["rule"] == "field.double"


def test_a_thousand_rows_are_one_push(penalties, writing, market_bureau):
    answer = send(writing, of([penalty(n, market_bureau) for n in range(MOST_ROWS)]))
    assert answer.status_code == 201
    assert answer.json()["accepted"] == MOST_ROWS
    assert {each["outcome"] for each in answer.json()["results"]} == {"created"}


def test_a_local_item_is_sent_under_its_code(writing, market_bureau):
    entry = factories.LocalEntryFactory(
        fields=[
            {"code": "MC", "label": "名称", "role": "subject_name", "required": True},
            {"code": "DM", "label": "统一社会信用代码", "type": "uscc", "role": "uscc", "required": True},
            {"code": "RQ", "label": "认定日期", "type": "date", "role": "decided_on", "required": True},
        ]
    )
    row = {"MC": "哈尔滨示例商贸有限公司", "DM": factories.valid_code(70000001), "RQ": "2026-11-02"}
    body = send(writing, {"standard": entry.item.code, "rows": [row]}).json()
    assert body["results"][0]["outcome"] == "created", body
    assert body["results"][0]["publication"] is None
    assert CreditRecord.objects.get().item == entry.item


# --- refusals of a whole request


@pytest.mark.parametrize(
    ("body", "status", "part"),
    [
        ("", 400, "standard"),
        ("{", 400, "JSON"),
        ("[]", 400, "对象"),
        ("null", 400, "对象"),
        ('"x"', 400, "对象"),
        ('{"standard": "penalty-2018"}', 400, "rows"),
        ('{"rows": [{}]}', 400, "standard"),
        ('{"standard": 1, "rows": [{}]}', 400, "standard"),
        ('{"standard": "", "rows": [{}]}', 400, "standard"),
        ('{"standard": "penalty-2018", "item": 5, "rows": [{}]}', 400, "item"),
        ('{"standard": "penalty-2018", "rows": {}}', 400, "rows"),
        ('{"standard": "penalty-2018", "rows": []}', 400, "rows"),
        ('{"standard": "penalty-2018", "rows": [1]}', 400, "rows[0]"),
        ('{"standard": "penalty-2018", "rows": [null]}', 400, "rows[0]"),
        ('{"standard": "penalty-2018", "row": [{}]}', 400, "rows"),
        ('{"standard": "penalty-2081", "rows": [{}]}', 400, "penalty-2018"),
        ('{"standard": "penalty-2018", "rows": [{"CF_SY": "a\\u0000b"}]}', 400, "NUL"),
        ('{"standard": "penalty-2018", "rows": [{"a\\u0000b": "1"}]}', 400, "NUL"),
        ('{"standard": "penalty-2018\\u0000", "rows": [{}]}', 400, "NUL"),
        ('{"standard": "penalty-2018", "rows": [{"CF_SY": "\\ud800"}]}', 400, "代理"),
        ('{"standard": "penalty-2018", "rows": [{"CF_SY": NaN}]}', 400, "JSON"),
        ('{"standard": "penalty-2018", "rows": [{"CF_SY": 1, "CF_SY": 2}]}', 400, "两次"),
        ('{"standard": "penalty-2018", "rows": [{"CF_NR_FK": ' + "9" * 5000 + "}]}", 400, "4300"),
        ("[" * 200_000, 400, "层"),
        ('{"standard": "penalty-2018", "rows": [' + "[" * 200 + "]" * 200 + "]}", 400, "层"),
        (b"\xff\xfe{}", 400, "UTF-8"),
        ('{"standard": "penalty-2018", "item": "NO-SUCH", "rows": [{}]}', 422, "NO-SUCH"),
    ],
)
def test_a_request_that_cannot_be_read_says_why(body, status, part, penalties, writing):
    answer = send(writing, body)
    assert answer.status_code == status, answer.content
    told = answer.json()
    assert part in told["text"] + told.get("mend", ""), told
    assert told["code"]
    assert ImportBatch.objects.count() == 0


def test_more_than_a_thousand_rows_or_too_many_bytes_are_too_large(penalties, writing, settings):
    answer = send(writing, of([{}] * (MOST_ROWS + 1)))
    assert (answer.status_code, answer.json()["code"]) == (413, "push.rows")
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1048576
    answer = send(writing, of([{"CF_SY": "字" * 400_000}]))
    assert (answer.status_code, answer.json()["code"]) == (413, "request.size")
    assert "1 兆字节" in answer.json()["text"]


def test_another_kind_of_body_and_another_method_are_refused(penalties, writing):
    headers = {"X-Api-Key": writing}
    answer = Client().post(PUSH, "a=1", content_type="text/plain", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (415, "request.type")
    answer = Client().put(PUSH, "{}", content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (405, "request.method")
    assert answer["Allow"] == "GET, HEAD, POST"
    answer = Client().get(PUSH, headers=headers | {"Accept": "application/xml"})
    assert (answer.status_code, answer.json()["code"]) == (406, "request.accept")


@pytest.mark.parametrize("charset", ["hex", "utf-16", "idna", "no-such", "base64"])
def test_the_charset_of_the_header_changes_nothing(charset, penalties, writing, market_bureau):
    body = json.dumps(of([penalty(1, market_bureau)])).encode()
    headers = {"X-Api-Key": writing}
    answer = Client().generic("POST", PUSH, body, content_type=f"application/json; charset={charset}", headers=headers)
    assert answer.status_code == 201, answer.content


def test_a_query_on_a_push_is_unknown(penalties, writing, market_bureau):
    headers = {"X-Api-Key": writing}
    body = json.dumps(of([penalty(1, market_bureau)]))
    answer = Client().post(f"{PUSH}?simulate=1", body, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "param.unknown")


def test_an_item_of_another_standard_is_refused(penalties, writing, market_bureau):
    other = factories.PermitEntryFactory()
    answer = send(writing, of([penalty(1, market_bureau)], item=other.item.code))
    assert (answer.status_code, answer.json()["code"]) == (422, "catalogue.other-standard")


def test_only_a_provider_of_the_item_may_send(penalties, writing, elsewhere, market_bureau, housing_bureau):
    penalties.providers.add(housing_bureau)
    answer = send(writing, of([penalty(1, market_bureau)]))
    assert (answer.status_code, answer.json()["code"]) == (422, "catalogue.not-provider")


# --- keys


def test_without_a_key_or_with_a_dead_one_nothing_is_answered(penalties, market_bureau):
    hour = timedelta(hours=1)
    dead = [
        "",
        "wrong",
        "\xe9" * 20,
        new_key(market_bureau, "records.write", expires_at=timezone.now() - hour),
        new_key(market_bureau, "records.write", revoked_at=timezone.now() - hour),
    ]
    for key in dead:
        for answer in (send(key, of([penalty(1, market_bureau)])), ask(PUSH, key), ask(f"{PUSH}batches/1/", key)):
            assert answer.status_code == 401
            assert answer["WWW-Authenticate"] == "X-Api-Key"
            assert answer.json()["text"]
    assert CreditRecord.objects.count() == 0


def test_a_reading_key_cannot_send_and_a_key_without_scope_can_nothing(penalties, reading, market_bureau):
    assert send(reading, of([penalty(1, market_bureau)])).status_code == 403
    none = new_key(market_bureau)
    assert send(none, of([penalty(1, market_bureau)])).status_code == 403
    assert ask(PUSH, none).status_code == 403
    assert ask(f"{PUSH}batches/1/", none).status_code == 403
    assert ask(PUSH, reading).status_code == 200


def test_a_clients_rate_is_its_own(market_bureau):
    key = new_key(market_bureau, "records.read", rate_per_minute=2)
    other = new_key(market_bureau, "records.read", rate_per_minute=2)
    assert [ask(PUSH, key).status_code for _ in range(3)] == [200, 200, 429]
    refused = ask(PUSH, key)
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused.json()["code"] == "throttled"
    assert ask(PUSH, other).status_code == 200


# --- asking


def test_a_department_sees_its_own_records_only(penalties, writing, reading, elsewhere, market_bureau):
    sent = send(writing, of([penalty(1, market_bureau)])).json()
    assert [row["record"] for row in ask(PUSH, reading).json()["results"]] == [sent["results"][0]["record"]]
    assert ask(PUSH, elsewhere).json()["results"] == []
    assert ask(f"{PUSH}?batch={sent['batch']}", elsewhere).json()["results"] == []
    assert ask(f"{PUSH}batches/{sent['batch']}/", reading).status_code == 200
    assert ask(f"{PUSH}batches/{sent['batch']}/", elsewhere).status_code == 404
    assert ask(f"{PUSH}batches/{10**30}/", reading).status_code == 404


def test_a_file_of_the_desk_is_no_push(penalties, reading, market_bureau):
    batch = ImportBatch.objects.create(department=market_bureau, standard="penalty-2018", channel="desk")
    assert ask(f"{PUSH}batches/{batch.pk}/", reading).status_code == 404


def test_another_departments_record_is_not_overwritten(penalties, writing, elsewhere, market_bureau):
    row = penalty(1, market_bureau)
    send(writing, of([row]))
    refused = send(elsewhere, of([row | {"CF_SY": "别的内容"}])).json()["results"][0]
    assert (refused["outcome"], refused["record"]) == ("rejected", None)
    assert refused["findings"][0]["rule"] == "record.other-department"
    assert CreditRecord.objects.get().content["CF_SY"] == row["CF_SY"]


def test_records_come_page_by_page_in_the_order_of_their_numbers(reading, market_bureau):
    made = [factories.CreditRecordFactory(authority=market_bureau).pk for _ in range(5)]
    first = ask(f"{PUSH}?limit=2", reading).json()
    assert ([row["record"] for row in first["results"]], first["last"], first["more"]) == (made[:2], made[1], True)
    rest = ask(f"{PUSH}?limit=3&after={first['last']}", reading).json()
    assert ([row["record"] for row in rest["results"]], rest["more"]) == (made[2:], False)
    end = ask(f"{PUSH}?after={rest['last']}", reading).json()
    assert (end["results"], end["last"], end["more"]) == ([], made[-1], False)


def test_the_list_can_be_narrowed(penalties, writing, market_bureau):
    sent = send(writing, of([penalty(1, market_bureau), penalty(2, market_bureau)])).json()
    factories.RevokedRecordFactory(authority=market_bureau)
    for query, count in (
        (f"batch={sent['batch']}", 2),
        ("document_number=示市监罚[2026]1号", 1),
        ("status=revoked", 1),
        ("standard=penalty-2018", 3),
        ("standard=permit-2018", 0),
    ):
        assert len(ask(f"{PUSH}?{query}", writing).json()["results"]) == count, query


def test_a_published_record_tells_where(reading, market_bureau):
    record = factories.CreditRecordFactory(authority=market_bureau)
    shown = PublishedFactory(record=record, published_on=date(2026, 1, 5), ends_on=date(2999, 1, 1))
    told = ask(PUSH, reading).json()["results"][0]["publication"]
    assert (told["state"], told["public"], told["public_id"]) == ("published", True, shown.public_id)
    assert told["published_on"] == "2026-01-05"


def test_the_number_of_queries_does_not_grow_with_the_page(reading, market_bureau):
    counts = []
    for more in (1, 9):
        for _ in range(more):
            factories.CreditRecordFactory(authority=market_bureau)
        with CaptureQueriesContext(connection) as seen:
            assert len(ask(PUSH, reading).json()["results"]) in (1, 10)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 6


def test_the_number_of_queries_of_a_push_does_not_grow_with_its_rows(penalties, writing, market_bureau):
    send(writing, of([penalty(1, market_bureau)]))
    counts = []
    for rows in ([penalty(2, market_bureau)], [penalty(n, market_bureau) for n in range(3, 103)]):
        with CaptureQueriesContext(connection) as seen:
            assert send(writing, of(rows)).json()["accepted"] == len(rows)
        counts.append(len(seen))
    assert abs(counts[1] - counts[0]) <= 4, counts


@pytest.mark.parametrize(
    ("query", "code", "part"),
    [
        ("afte=1", "param.unknown", "after"),
        ("format=json", "param.unknown", "format"),
        ("after=1&after=2", "param.repeated", "2 次"),
        ("after=-1", "param.value", "after"),
        ("after=１", "param.value", "after"),
        (f"after={2**63}", "param.value", "after"),
        ("limit=100000", "param.value", "500"),
        ("limit=0", "param.value", "limit"),
        ("status=actve", "param.choice", "active"),
        ("standard=", "param.value", "standard"),
        ("document_number=%00", "request.characters", "不能识别"),
    ],
)
def test_wrong_parameters_are_bad_requests_that_say_which(query, code, part, reading):
    answer = ask(f"{PUSH}?{query}", reading)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert part in answer.json()["text"] + answer.json().get("mend", "")


# --- standards


def test_the_standards_are_open_and_tell_which_items_use_them(penalties):
    body = ask("/api/v1/standards/").json()
    found = {each["code"]: each for each in body["results"]}
    assert {each.code for each in registry.all()} <= found.keys()
    assert found["penalty-2018"]["items"] == [penalties.item.code]
    assert found["penalty-2015"]["current"] is False
    assert found["penalty-2015"]["stored_as"] == "penalty-2018"


def test_a_standard_tells_its_fields_as_json_schema(penalties):
    body = ask("/api/v1/standards/penalty-2018/").json()
    assert body["schema"]["properties"]["CF_NR_FK"]["title"] == "罚款金额(万元)"
    jsonschema.Draft202012Validator.check_schema(body["schema"])
    jsonschema.validate(body["example"], body["schema"])
    assert ask("/api/v1/standards/penalty-2081/").status_code == 404
    assert ask("/api/v1/standards/?x=1").status_code == 400


@pytest.mark.parametrize("standard", registry.all(), ids=lambda each: each.code)
def test_the_example_of_every_standard_is_a_good_row(standard):
    day = date(2026, 11, 23)
    authority = DepartmentInfo(code="", name="哈尔滨市市场监督管理局")
    context = Context(today=day, received_on=day, departments=lambda code: authority)
    assert Validator(standard).validate_row(example_row(standard, day), context).findings == ()


# --- at the same time


@pytest.mark.django_db(transaction=True)
def test_one_key_sent_at_the_same_time_has_one_effect(market_bureau):
    factories.PenaltyEntryFactory()
    key = new_key(market_bureau, "records.write")
    body = of([penalty(n, market_bureau) for n in range(20)])
    answers = []

    def go():
        try:
            answers.append(send(key, body, **{"Idempotency-Key": "once"}))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert {each.status_code for each in answers} == {201}
    assert len({each.content for each in answers}) == 1
    assert sum("Idempotency-Replayed" in each for each in answers) == 3
    assert ImportBatch.objects.count() == 1
    assert CreditRecord.objects.count() == 20


@pytest.mark.django_db(transaction=True)
def test_the_same_rows_sent_at_the_same_time_are_entered_once(market_bureau):
    factories.PenaltyEntryFactory()
    key = new_key(market_bureau, "records.write")
    answers = []

    def go(rows):
        try:
            answers.append(send(key, of(rows)))
        finally:
            connections.close_all()

    rows = [penalty(n, market_bureau) for n in range(20)]
    threads = [threading.Thread(target=go, args=(each,)) for each in (rows, rows[::-1], rows[5:] + rows[:5])]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [each.status_code for each in answers] == [201] * 3, [each.content[:300] for each in answers]
    outcomes = [row["outcome"] for each in answers for row in each.json()["results"]]
    assert (outcomes.count("created"), outcomes.count("unchanged")) == (20, 40)
    assert CreditRecord.objects.count() == 20


def test_the_example_of_the_manual_is_entered_as_it_stands(penalties, market_bureau):
    text = (settings.BASE_DIR / "docs" / "manuals" / "接口说明.md").read_text(encoding="utf-8")
    body = text.split("-d '", 1)[1].split("'\n", 1)[0]
    authority = json.loads(body)["rows"][0]
    type(market_bureau).objects.filter(pk=market_bureau.pk).update(
        name=authority["CF_CFJG"], uscc=authority["CF_CFJGDM"]
    )
    answer = send(new_key(market_bureau, "records.write"), body)
    assert [row["outcome"] for row in answer.json()["results"]] == ["created"], answer.content
    assert answer.json()["warned"] == 0

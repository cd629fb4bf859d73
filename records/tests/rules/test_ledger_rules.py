"""What makes two rows one record, and what makes its content differ."""

from datetime import date

from records.ledger_rules import (
    FIRST_DAY,
    arrival_text,
    canonical,
    content_hash,
    hash_of,
    one_per_subject,
    record_day,
)
from tests.days import around

SEALED = {"sealed": "t1", "hash": "h", "masked": "230102********002X"}


def test_the_same_content_in_another_order_is_the_same():
    assert canonical({"b": 1, "a": "甲"}) == '{"a":"甲","b":1}'
    assert content_hash({"b": 1, "a": "甲"}) == content_hash({"a": "甲", "b": 1})
    assert content_hash({"a": "甲"}) != content_hash({"a": "乙"})
    assert content_hash({"a": "甲"}) == hash_of('{"a":"甲"}')
    assert hash_of("") == "d41d8cd98f00b204e9800998ecf8427e", "MD5, hexadecimal"


def test_a_sealed_number_counts_by_its_hash_and_not_by_its_token():
    assert canonical({"n": SEALED, "a": 1}) == '{"a":1,"n":{"hash":"h"}}'
    assert content_hash({"n": SEALED}) == content_hash({"n": SEALED | {"sealed": "t2", "masked": ""}})
    assert content_hash({"n": SEALED}) != content_hash({"n": SEALED | {"hash": "other"}})


def test_another_value_with_parts_counts_whole():
    assert canonical({"n": {"hash": "h", "sealed": "t"}}) == '{"n":{"hash":"h","sealed":"t"}}'
    assert canonical({"n": SEALED | {"more": 1}}) != canonical({"n": SEALED})


def test_the_text_of_an_arrival_has_every_part_of_the_natural_key():
    natural = ("authority", "key", "subject", "2026-11-02", "legal")
    assert arrival_text("CF", natural) == "\x1f".join(["arrival", "CF", *natural])


def test_only_registration_data_are_kept_once():
    assert one_per_subject("registration")
    assert not any(one_per_subject(kind) for kind in ("penalty", "permit", "commitment", ""))


def test_the_day_that_a_record_stands_under():
    received = date(2026, 11, 23)
    assert record_day(date(2026, 11, 2), received) == date(2026, 11, 2)
    assert record_day(None, received) == received
    assert date(1949, 10, 1) == FIRST_DAY
    assert around(FIRST_DAY, lambda day: record_day(day, received)) == (FIRST_DAY, FIRST_DAY, date(1949, 10, 2))

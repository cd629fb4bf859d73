"""What the hash of a link covers: every column of an entry, its number and the link before."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone

import pytest

from credit_platform.audit.rules import chain

ENTRY = {name: f"{name}!" for name in chain.SCHEMES[1]} | {"at": datetime(2026, 11, 23, 2, 0, 0, 5, tzinfo=UTC)}


def test_the_first_scheme_names_these_fields_for_ever():
    """A second time, by hand: a field that leaves the table leaves the protection of the chain."""
    assert chain.SCHEMES[1] == (
        "id", "at", "kind", "verb", "actor_kind", "actor_id", "actor_name", "department_id", "unit_id", "object_type",
        "object_id", "object_label", "before", "after", "detail", "members", "reason", "basis", "purpose", "results",
        "request_id", "ip",
    )  # fmt: skip
    assert max(chain.SCHEMES) == chain.CURRENT_SCHEME == 1
    assert chain.GENESIS == "0" * 64
    assert chain.ALGORITHMS == ("sha256", "sm3")


@pytest.mark.parametrize("name", chain.SCHEMES[1])
def test_every_field_counts(name):
    other = datetime(2026, 11, 24, tzinfo=UTC) if name == "at" else "另一个"
    assert chain.canonical(ENTRY) != chain.canonical(ENTRY | {name: other})


def test_what_is_no_field_of_the_scheme_does_not_count():
    assert chain.canonical(ENTRY) == chain.canonical(ENTRY | {"pk": 1})


def test_the_bytes_of_an_entry():
    entry = dict.fromkeys(chain.SCHEMES[1]) | {"at": ENTRY["at"], "after": {"b": "甲", "a": 1}}
    body = chain.canonical(entry).decode()
    assert '"after":{"a":1,"b":"甲"}' in body
    assert '"at":"2026-11-23T02:00:00.000005+00:00"' in body
    assert body.index('"actor_id"') < body.index('"verb"')


def test_a_moment_is_the_same_in_every_zone():
    beijing = ENTRY["at"].astimezone(timezone(timedelta(hours=8)))
    assert chain.canonical(ENTRY | {"at": beijing}) == chain.canonical(ENTRY)


def test_a_link_covers_its_number_the_link_before_and_the_entry():
    first = chain.link(1, chain.GENESIS, b"body")
    assert first == hashlib.sha256(b"1\n" + b"0" * 64 + b"\nbody").hexdigest()
    assert first not in (
        chain.link(2, chain.GENESIS, b"body"),
        chain.link(1, first, b"body"),
        chain.link(1, chain.GENESIS, b"bodz"),
    )
    assert chain.link(1, "甲", b"") == hashlib.sha256(b"1\n?\n").hexdigest(), "what is no hash is no reason to fail"
    assert chain.link(1, chain.GENESIS, b"body", "sha512") == hashlib.sha512(b"1\n" + b"0" * 64 + b"\nbody").hexdigest()

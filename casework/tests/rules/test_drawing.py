"""HRB-SSJ-1: the published vectors, and what makes a draw one that nobody can steer."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules import drawing

IDS = [
    "91230102MA1B00017U", "92230103MA1C00026P", "93230126MA1D00035F", "1123010000010001X8", "12230100414000027P",
    "51230100501200035D", "N2230110MF00000807", "G1230000MD00000756", "81230100MC0000098W", "91230500MA1B3N1N2M",
]  # fmt: skip
NONCE, PUBLIC = "5a7c1f0e9b3d4826a1c5e7f90b2d4f68", "SSQ:2026131:03.07.14.19.25.31+09"
DIGEST = "b24fbde3f3c7b43eca06f1df126da3113464e8144b7d3d3e99ee04601d0aa93a"
SEED = "acacd48454992f172f5f785380b2c746a060768d2a8d20607d7e8337a01d8c55"
ORDER = [
    "G1230000MD00000756", "1123010000010001X8", "92230103MA1C00026P", "93230126MA1D00035F", "12230100414000027P",
    "91230102MA1B00017U", "81230100MC0000098W", "N2230110MF00000807", "91230500MA1B3N1N2M", "51230100501200035D",
]  # fmt: skip


def test_the_published_vector():
    assert drawing.list_digest(IDS) == DIGEST
    assert drawing.nonce_digest(NONCE) == "6adf306af308fc0b3ac32f38eeb656024015a7f5926504a3cd31cce023295a3a"
    assert drawing.seed_of(NONCE, PUBLIC, DIGEST) == SEED
    assert [ticket.id for ticket in drawing.ranked(IDS, SEED)] == ORDER
    assert drawing.ticket_of(SEED, "G1230000MD00000756").value.startswith("04aec84a63226ab0")


def test_a_longer_sample_only_adds_and_who_falls_out_is_replaced_by_the_next():
    assert drawing.sample(IDS, SEED, 3) == ORDER[:3]
    assert drawing.sample(IDS, SEED, 4) == ORDER[:4]
    assert drawing.sample(IDS, SEED, 3, struck=[ORDER[1]]) == [ORDER[0], ORDER[2], ORDER[3]]


def test_a_plain_seed():
    found = drawing.ranked(IDS, "harbin-2026-01")[:4]
    assert [(ticket.id, ticket.value[:12]) for ticket in found] == [
        ("1123010000010001X8", "00767f772e62"),
        ("91230500MA1B3N1N2M", "028d6274dd58"),
        ("12230100414000027P", "049f5203cdb7"),
        ("81230100MC0000098W", "1992f4c544e5"),
    ]


@given(st.lists(st.text("0123456789ABCDEFGHJ", min_size=1, max_size=18), max_size=30), st.integers(0, 40), st.randoms())
def test_the_order_of_the_list_and_doubles_do_not_matter(ids, size, random):
    mixed = [each.lower() for each in ids] + ids[: len(ids) // 2]
    random.shuffle(mixed)
    assert drawing.list_digest(mixed) == drawing.list_digest(ids)
    drawn = drawing.sample(mixed, "x", size)
    assert drawn == drawing.sample(ids, "x", size)
    assert len(drawn) == len(set(drawn)) == min(size, len(set(ids)))
    assert drawn == drawing.sample(ids, "x", size + 1)[:size]


@pytest.mark.parametrize("wrong", ["", "  ", "A\nB"])
def test_an_id_that_could_be_two_is_no_id(wrong):
    with pytest.raises(ValueError, match="id of a draw"):
        drawing.list_digest(["A", wrong])


@pytest.mark.parametrize(
    ("nonce", "public", "field"),
    [
        ("0" * 31, PUBLIC, "nonce"),
        ("G" * 32, PUBLIC, "nonce"),
        (NONCE, "12345", "public_value"),
        (NONCE, "1234\n567", "public_value"),
    ],
)
def test_what_could_be_tried_out_beforehand_is_refused(nonce, public, field):
    assert [finding.field for finding in drawing.against(nonce, public)] == [field]


def test_a_nonce_is_fresh_and_of_128_bits():
    assert drawing.NONCE.fullmatch(drawing.new_nonce())
    assert drawing.new_nonce() != drawing.new_nonce()


@pytest.mark.parametrize(
    ("size", "share", "count"),
    [(0, "50", 0), (1, "0.01", 1), (10, "10", 1), (11, "10", 2), (7, "100", 7), (9, "0", 0), (700, "7", 49)],
)
def test_a_share_is_rounded_up_and_never_counted_in_floats(size, share, count):
    assert drawing.at_least(size, Decimal(share)) == count


@pytest.mark.parametrize("share", ["-0.01", "100.01"])
def test_a_share_of_more_than_all_or_less_than_nothing_is_none(share):
    with pytest.raises(ValueError, match="a share of"):
        drawing.at_least(10, Decimal(share))


def test_a_sample_of_nobody_and_one_below_nobody():
    assert drawing.sample(IDS, SEED, 0) == []
    with pytest.raises(ValueError, match="a sample of -1"):
        drawing.sample(IDS, SEED, -1)


@pytest.mark.parametrize(("length", "found"), [(5, ["draw.public"]), (6, []), (7, [])])
def test_a_public_value_of_six_characters_at_least(length, found):
    assert [each.rule for each in drawing.against(NONCE, "1" * length)] == found
    assert [each.rule for each in drawing.against(NONCE, f" {'1' * length} ")] == found


def test_a_nonce_has_thirty_two_characters():
    lengths = {length: not list(drawing.against("a" * length, PUBLIC)) for length in (31, 32, 33)}
    assert lengths == {31: False, 32: True, 33: False}


def test_a_share_is_of_a_hundred():
    assert [drawing.at_least(1000, Decimal(share)) for share in (0, 1, 50, 100)] == [0, 10, 500, 1000]

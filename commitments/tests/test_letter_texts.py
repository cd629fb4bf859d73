"""Numbers with a check sign, blanks, the text word for word, and differences that can be read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_37_36

from commitments.letters.rules import numbers
from commitments.lists.rules import texts
from credit_platform.editions import texts as changes

DAY = date(2026, 11, 23)
BLANKS = [
    {"name": "期限", "label": "期限", "kind": "date", "required": True},
    {"name": "人数", "label": "人数", "kind": "number", "required": False},
]


@given(st.integers(min_value=0, max_value=10**10))
def test_a_number_agrees_with_the_second_source(sequence):
    number = numbers.letter_number(DAY, sequence)
    assert mod_37_36.is_valid(number)
    assert numbers.is_letter_number(number)


@given(
    st.integers(min_value=0, max_value=10**8 - 1), st.integers(min_value=5, max_value=20), st.sampled_from("0123456789")
)
def test_one_wrong_digit_is_seen(sequence, place, digit):
    number = numbers.letter_number(DAY, sequence)
    wrong = number[:place] + digit + number[place + 1 :]
    assert numbers.is_letter_number(wrong) is (wrong == number)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "请填写期限。"),
        ({"期限": "明天"}, "期限应为日期。"),
        ({"期限": "2027-01-31", "人数": "十"}, "人数应为数字。"),
        ({"期限": "2027-01-31", "人数": "NaN"}, "人数应为数字。"),
        ({"期限": "2" * 201}, "期限不能超过 200 个字。"),
    ],
)
def test_what_stands_against_a_blank_is_told_at_it(values, told):
    (finding,) = texts.blanks_findings(BLANKS, values)
    assert finding.text == told
    assert finding.field.startswith("blank-")


def test_places_are_filled_once_and_a_value_opens_none():
    text = texts.filled("在{{期限}}前，{{ 人数 }}人", {"期限": "2027-01-31", "人数": "{{期限}}"}, BLANKS)
    assert text == "在2027年1月31日前，{{期限}}人"
    assert texts.filled("{{人数}}人", {}, BLANKS) == "（不填）人"


@given(
    st.text(alphabet="承诺在日内0123 ，。\n补交", max_size=60),
    st.text(alphabet="承诺在日内0123 ，。\n补交", max_size=60),
)
def test_differences_give_both_texts_back(old, new):
    pieces = changes.differences(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new


def test_differences_can_be_read():
    pieces = changes.differences("承诺在30日内补交材料。", "承诺在20个工作日内补交全部材料。")
    assert [(piece.kind, piece.text) for piece in pieces if piece.kind != "same"] == [
        ("removed", "30"),
        ("added", "20个工作"),
        ("added", "全部"),
    ]

"""The state of a foreign seal, and everything that does not fit."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from reports.region.rules import Seal, Signature, counts_of, seal_of, told_of, twin_of
from reports.rules import twin
from reports.rules.content import arranged
from reports.tests.test_rules import HEAD, ISSUE, NATIONAL, item

TODAY, OWN = date(2026, 11, 23), "示例市平台"
SIGNED = Signature(readable=True, holds=True, whole=True, signer="示例", fingerprint="a")


@pytest.mark.parametrize(
    ("signatures", "state"),
    [
        ([], Seal.NONE),
        ([SIGNED], Seal.KNOWN),
        ([replace(SIGNED, fingerprint="b")], Seal.UNKNOWN),
        ([replace(SIGNED, holds=False)], Seal.ALTERED),
        ([replace(SIGNED, whole=False)], Seal.CONTINUED),
        ([replace(SIGNED, readable=False, holds=False)], Seal.UNREADABLE),
        ([replace(SIGNED, whole=False), SIGNED], Seal.KNOWN),
        ([replace(SIGNED, holds=False), SIGNED], Seal.ALTERED),
    ],
)
def test_the_state_of_a_seal(signatures, state):
    assert seal_of(signatures, frozenset("a")) is state


def theirs(**more) -> dict:
    content = arranged(HEAD, [item(1, "penalty"), item(2, "permit")], NATIONAL)
    return twin.twin(content, replace(ISSUE, issuer="示例省公共信用信息中心")) | more


@pytest.mark.parametrize(
    "wrong",
    [
        {"format": "other"},
        {"chapters": [{"parts": 3}]},
        {"valid_until": "soon"},
        {"number": 3},
        {"issuer": "\0"},
        {"subject": []},
        {"more": float("inf")},
        {"more": "\ud800"},
        {"chapters": [{"parts": [{"items": [{"fields": 5}]}]}]},
        {"chapters": [{"parts": [{"items": ["text"]}]}]},
    ],
)
def test_data_in_another_form_is_none(wrong):
    assert twin_of(json.dumps(theirs())) is not None
    assert twin_of(json.dumps(theirs(**wrong))) is None
    assert twin_of('{"format": "credit-report/1", "number": NaN}') is None
    too_large = json.dumps(theirs(more=0)).replace('"more": 0', '"more": 1e999')
    assert twin_of(too_large) is None, "a number that PostgreSQL does not hold"


def test_a_day_that_is_written_without_dashes_is_the_same_day():
    found = twin_of(json.dumps(theirs(valid_until="20260101")))
    told = told_of(Seal.KNOWN, found, own_name=OWN, subject_code=found.code, acts=False, has_data=True, on=TODAY)
    assert any("已过有效期" in each.text for each in told)


def test_whose_it_is_and_until_when_is_held_against_what_was_said():
    found = twin_of(json.dumps(theirs()))

    def told(code: str, on) -> str:
        given = told_of(Seal.KNOWN, found, own_name=OWN, subject_code=code, acts=False, has_data=True, on=on)
        return " ".join(each.text for each in given)

    assert "不一致" not in told(found.code, TODAY)
    assert "不一致" in told("91230102MA18NOBODY", TODAY)
    end = found.valid_until
    assert "已过有效期" not in told(found.code, end)
    assert "已过有效期" in told(found.code, end.fromordinal(end.toordinal() + 1))


def test_the_chapters_are_counted_in_their_order():
    counts = dict(counts_of(theirs()))
    assert counts["行政管理信息"] == 2
    assert list(counts)[0] == "登记注册基础信息"


@pytest.mark.parametrize("seal", Seal)
def test_without_a_seal_that_holds_the_data_is_a_claim(seal):
    found = twin_of(json.dumps(theirs()))
    told = told_of(seal, found, own_name=OWN, subject_code=found.code, acts=True, has_data=True, on=TODAY)
    claim = any("提交人的说法" in each.text for each in told)
    assert claim == (seal not in (Seal.KNOWN, Seal.UNKNOWN))
    assert any("自动执行" in each.text for each in told)
    bare = told_of(seal, None, own_name=OWN, subject_code="", acts=False, has_data=True, on=TODAY)
    assert "不是公布的格式" in bare[-1].text

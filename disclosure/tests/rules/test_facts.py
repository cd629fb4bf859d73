"""What is read from a record's content, field by field: each one has its own place."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from disclosure.rules.facts import LONG_TERM, Facts, amount_of, as_day, codes_read, facts_of, kinds_of, row_visibility

ROLES = {"kinds": "CF_CFLB", "fine": "CF_FKJE", "valid_until": "CF_YXQ", "state": "XK_ZT", "outcome": "CN_JG"}
CONTENT = {
    "CF_CFLB": "警告；罚款",
    "CF_FKJE": "1.5",
    "CF_YXQ": "2027-01-02",
    "XK_ZT": "1",
    "CN_JG": "已履行",
    "HRB_YZCD": "一般",
    "HRB_CFCX": "简易程序",
    "HRB_LY": "食品",
    "HRB_FDQX": "2027-02-03",
    "QZ_JCRQ": "2026-12-01",
    "QZ_GKSX": "政务共享",
    "not_public": "商业秘密",
}


def test_every_field_is_read_from_its_own_place():
    found = facts_of(CONTENT, ROLES, kind="penalty", subject_kind="legal", decided_on=date(2026, 11, 2))
    assert found == Facts(
        kind="penalty",
        subject_kind="legal",
        decided_on=date(2026, 11, 2),
        kinds=("警告", "罚款"),
        fine_wan=Decimal("1.5"),
        valid_until=date(2027, 1, 2),
        state="1",
        outcome="已履行",
        stated="一般",
        procedure="简易程序",
        domain="食品",
        attached_until=date(2027, 2, 3),
        lifted_on=date(2026, 12, 1),
        visibility="政务共享",
        not_public="商业秘密",
    )
    assert found.catalogue_public


def test_what_is_not_there_is_nothing_and_what_stands_elsewhere_goes_before():
    found = facts_of(
        {},
        {},
        kind="permit",
        subject_kind="legal",
        decided_on=date(2026, 11, 2),
        performed_on=date(2026, 12, 1),
        stated="轻微",
    )
    assert found == Facts(
        kind="permit", subject_kind="legal", decided_on=date(2026, 11, 2), performed_on=date(2026, 12, 1), stated="轻微"
    )


def test_the_fields_that_are_looked_into_are_those_that_change_a_fact():
    """Held against the reading itself: a code is named exactly when its value makes a difference."""
    plain = {"kind": "penalty", "subject_kind": "legal", "decided_on": date(2026, 11, 2)}
    without = facts_of({}, ROLES, **plain)
    told = {
        code for code in [*CONTENT, "CF_NR"] if facts_of({code: CONTENT.get(code, "甲")}, ROLES, **plain) != without
    }
    assert set(codes_read(ROLES, ["QZ_GKSX", "CF_NR"])) == told
    assert codes_read({"fine": "", "kinds": "CF_CFLB"}, []) == (
        "CF_CFLB", "HRB_YZCD", "HRB_CFCX", "HRB_LY", "HRB_FDQX", "QZ_JCRQ", "not_public",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-11-23", date(2026, 11, 23)),
        ("2026-11-23T10:00:00", date(2026, 11, 23)),
        (date(2026, 11, 23), date(2026, 11, 23)),
        ("2026-02-30", None),
        ("长期", None),
        ("", None),
        (None, None),
    ],
)
def test_days(value, day):
    assert as_day(value) == day
    assert as_day(datetime(2026, 11, 23, 5)) == datetime(2026, 11, 23, 5)


@pytest.mark.parametrize(
    ("value", "amount"),
    [("0", Decimal(0)), ("1.50", Decimal("1.5")), (0, Decimal(0)), ("", None), (None, None), ("一万", None)],
)
def test_amounts(value, amount):
    assert amount_of(value) == amount


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("警告;罚款；警告", ("警告", "罚款")),
        ("其他-责令改正-限期", ("其他",)),
        (" 警告 ；；", ("警告",)),
        ("", ()),
        (None, ()),
    ],
)
def test_kinds_of_penalty(text, kinds):
    assert kinds_of(text) == kinds


def test_the_day_that_means_no_end():
    assert date(2099, 12, 31) == LONG_TERM


def test_the_visibility_of_a_row():
    assert row_visibility({"A": "x", "XK_GKSX": 1, "CF_GKSX": 2}) == "1"
    assert row_visibility({"GKSX_XK": "1"}) == ""

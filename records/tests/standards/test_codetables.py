from __future__ import annotations

from datetime import date

import pytest

from records.standards import codetables
from records.standards.codetable import Match
from records.standards.codetables import PENALTY_KIND, PERMIT_KIND, PERMIT_STATE, STATE_2015

BEFORE, BORDER = date(2021, 7, 14), date(2021, 7, 15)


def test_the_border_of_penalty_kinds_is_the_day_of_the_new_law():
    assert "暂扣或者吊销许可证" in PENALTY_KIND.on(BEFORE)
    assert "吊销许可证件" not in PENALTY_KIND.on(BEFORE)
    assert "暂扣或者吊销许可证" not in PENALTY_KIND.on(BORDER)
    assert len(PENALTY_KIND.on(BEFORE)) == 9
    assert len(PENALTY_KIND.on(BORDER)) == 14


@pytest.mark.parametrize(
    ("written", "day", "match", "values"),
    [
        ("罚款", BEFORE, Match.EXACT, ("罚款",)),
        ("罚 款", BORDER, Match.EXACT, ("罚款",)),
        ("吊销许可证件", BEFORE, Match.OTHER_PERIOD, ()),
        ("暂扣或者吊销许可证", BORDER, Match.OTHER_PERIOD, ()),
        ("吊销营业执照", BORDER, Match.MAPPED, ("吊销许可证件",)),
        ("吊销营业执照", BEFORE, Match.MAPPED, ("暂扣或者吊销执照",)),
        ("没收违法所得、没收非法财物", BEFORE, Match.MAPPED, ("没收违法所得", "没收非法财物")),
        ("没收违法所得，没收非法财物", BORDER, Match.MAPPED, ("没收违法所得", "没收非法财物")),
        ("没收", BORDER, Match.AMBIGUOUS, ()),
        ("通报批评", BEFORE, Match.MAPPED, ("其他-通报批评",)),
        ("其它：责令改正", BORDER, Match.EXACT, ("其他-责令改正",)),
        ("死刑", BORDER, Match.UNKNOWN, ()),
    ],
)
def test_penalty_kinds_are_found_by_the_day_of_the_decision(written, day, match, values):
    found = PENALTY_KIND.resolve(written, day)
    assert (found.match, found.values) == (match, values)


def test_an_old_value_asks_which_new_one_is_meant():
    assert PENALTY_KIND.resolve("暂扣或者吊销执照", BORDER).suggestions == ("暂扣许可证件", "吊销许可证件")


@pytest.mark.parametrize(
    ("written", "match", "values"),
    [
        ("其他", Match.NEEDS_TEXT, ("其他",)),
        ("其它", Match.NEEDS_TEXT, ("其他",)),
        ("其他（需注明）", Match.NEEDS_TEXT, ("其他",)),
        ("其他-备案", Match.EXACT, ("其他-备案",)),
        ("其他（备案）", Match.EXACT, ("其他-备案",)),
        ("普通许可", Match.MAPPED, ("普通",)),
    ],
)
def test_other_permits_say_what_they_are(written, match, values):
    found = PERMIT_KIND.resolve(written, BORDER)
    assert (found.match, found.values) == (match, values)


def test_one_means_valid_in_2018_and_withdrawn_in_2015():
    assert PERMIT_STATE.resolve("1", BORDER).values == ("有效",)
    assert STATE_2015.resolve("1", BORDER).values == ("撤销",)
    assert (PERMIT_STATE.stored("有效"), PERMIT_STATE.word("2")) == ("1", "无效")


def test_every_table_is_listed_under_its_code():
    assert all(codetables.get(table.code) is table for table in codetables.all_tables())
    assert len(codetables.all_tables()) >= 20

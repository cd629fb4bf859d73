"""What a report says and where it stands, without a database."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.layouts import LAYOUTS, V2022
from reports.rules import layout, numbers, twin
from reports.rules.content import Head, Item, arranged
from reports.rules.states import LABELS, MOVES, TONES, State, state_on
from tests.diagrams import drawn, readme

NATIONAL = layout.read("national-2022", V2022)
HEAD = Head("示例建设有限公司", "91230102MA18TEST0X", "legal", (("曾用名", "示例建筑队"),))
AT = datetime(2026, 11, 23, 10, 0, tzinfo=timezone(timedelta(hours=8)))
ISSUE = twin.Issue("20261123100000ABCDEFGH", "ABCD2345", AT, AT.date(), date(2027, 2, 23), "示例平台", "招标投标")
GENERAL = [row["content"] for row in LAYOUTS if row.get("kind") != "proof"]
KINDS = sorted(NATIONAL.named | {"act-levy", "something-new"})


def item(number: int, kind: str) -> Item:
    return Item(
        f"p{number}", kind, (("文书号", f"示罚〔2026〕{number}号"),), ("异议处理中",) if number % 3 == 0 else ()
    )


def test_the_diagram_of_the_readme_is_the_table_of_moves():
    assert drawn(readme("reports/README.md")) == {
        (begin.value, verb): end.value for (begin, verb), end in MOVES.items()
    }
    assert set(LABELS) == set(TONES) == set(State)


@pytest.mark.parametrize(
    ("day", "state"),
    [(date(2027, 2, 22), State.ISSUED), (date(2027, 2, 23), State.ISSUED), (date(2027, 2, 24), State.EXPIRED)],
)
def test_the_last_day_is_a_day_of_validity(day, state):
    assert state_on(day, valid_until=date(2027, 2, 23), disposed_on=None) is state


@pytest.mark.parametrize(
    ("day", "state"),
    [(date(2031, 11, 23), State.EXPIRED), (date(2031, 11, 24), State.DISPOSED), (date(2031, 11, 25), State.DISPOSED)],
)
def test_a_disposed_report_says_so_from_that_day_on(day, state):
    assert state_on(day, valid_until=date(2027, 2, 23), disposed_on=date(2031, 11, 24)) is state


def test_a_number_has_the_moment_and_eight_signs_by_chance():
    chance = random.Random(7)
    made = [numbers.number(AT, chance.choice) for _ in range(200)]
    assert all(
        len(each) == 22 and each.startswith("20261123100000") and numbers.found_in(f"编号{each}。") == each
        for each in made
    )
    assert len({each[14:] for each in made}) == 200
    assert not set(numbers.code(chance.choice)) & set("01OIL")
    assert numbers.found_in("20261123100000ABCDEFGHI") == "", "a longer word is no number"


@given(st.lists(st.sampled_from(KINDS), max_size=40), st.sampled_from(GENERAL))
def test_no_item_is_left_out_and_none_stands_twice(kinds, content):
    given_items = [item(number, kind) for number, kind in enumerate(kinds)]
    told = arranged(HEAD, given_items, layout.read("x", content))
    found = [each for chapter in told.chapters for each in chapter.items]
    assert sorted(found, key=lambda each: each.public_id) == sorted(given_items, key=lambda each: each.public_id)
    for chapter in told.chapters:
        for part in chapter.parts:
            places = [given_items.index(each) for each in part.items]
            assert places == sorted(places), "in the order in which they were gathered"
    counted = {chapter.counted for chapter in layout.read("x", content).chapters if chapter.counted}
    assert {word for word, _ in told.counts} == counted


def test_the_national_layout_point_by_point():
    told = arranged(
        HEAD,
        [item(1, "permit"), item(2, "penalty"), item(3, "list-entry"), item(4, "act-levy"), item(5, "voluntary")],
        NATIONAL,
    )
    assert [word for word, _ in told.counts] == [
        "行政管理",
        "诚实守信",
        "严重失信",
        "经营异常",
        "信用承诺",
        "信用评价",
        "司法判决",
        "其他",
    ]
    assert dict(told.counts) | {} == {
        "行政管理": 2, "诚实守信": 0, "严重失信": 1, "经营异常": 0, "信用承诺": 0, "信用评价": 0, "司法判决": 0, "其他": 1,
    }  # fmt: skip
    assert [chapter.number for chapter in told.chapters] == [*"一二三四五六七八九十", ""]
    assert told.chapters[1].parts[0].title == "行政许可"
    assert told.chapters[1].parts[1].title == "行政处罚"
    assert told.chapters[-1].title == "公共信用信息地方补充内容"
    assert "未经核实" in told.chapters[-1].note
    assert told.empty == "查询期内无相关信息"
    assert told.chapters[9].text.startswith("建议秉持诚信理念")
    assert told.labels == ("失信惩戒对象",)
    words = "".join(told.explanations)
    assert "不包含评分、评级" in words
    assert "异议" in words
    assert "信用修复" in words
    assert "不收取任何费用" in words


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"chapters": [{"title": "一章"}]}, "number"),
        ({"empty": None, "chapters": None}, "缺少"),
        (
            {
                "chapters": [
                    {"number": "一", "title": "甲", "sections": [{"takes": ["nothing-known"]}, {"takes": ["*"]}]}
                ]
            },
            "没有这些信息种类",
        ),
        (
            {
                "chapters": [
                    {"number": "一", "title": "甲", "sections": [{"takes": ["permit", "*"]}, {"takes": ["permit"]}]}
                ]
            },
            "出现在两处",
        ),
        ({"chapters": [{"number": "一", "title": "甲", "sections": [{"takes": ["permit"]}]}]}, "没有一章收录其余种类"),
    ],
)
def test_a_layout_in_which_something_would_be_missing_is_refused(change, told):
    assert told in "".join(each.text for each in layout.findings({**V2022, **change}, {"permit"}))


def test_the_layouts_of_the_beginning_are_sound():
    known = {*KINDS, "honour", "serious", "abnormal", "act-confirmation"}
    assert [layout.findings(content, known) for content in GENERAL] == [[]] * 4


def test_the_digest_knows_no_number_and_no_moment_but_every_word():
    content = arranged(HEAD, [item(1, "permit"), item(2, "penalty")], NATIONAL)
    later = replace(ISSUE, number="20261124100000ABCDEFGH", issued_at=AT + timedelta(days=1))
    assert twin.written(content, ISSUE) != twin.written(content, later)
    assert twin.digest(content) == twin.digest(arranged(HEAD, [item(1, "permit"), item(2, "penalty")], NATIONAL))
    assert twin.digest(content) != twin.digest(arranged(HEAD, [item(1, "permit"), item(5, "penalty")], NATIONAL))
    assert twin.digest(content) != twin.digest(
        arranged(HEAD, [item(1, "permit"), replace(item(2, "penalty"), marks=("异议处理中",))], NATIONAL)
    )


def test_the_twin_keeps_to_its_published_schema_and_has_no_code():
    content = arranged(HEAD, [item(number, kind) for number, kind in enumerate(KINDS)], NATIONAL)
    told = twin.twin(content, ISSUE)
    jsonschema.validate(told, twin.schema())
    assert ISSUE.code.encode() not in twin.written(content, ISSUE)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**told, "score": 100}, twin.schema())

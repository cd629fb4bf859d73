"""What enters by itself and what waits, what a decision needs, when it is open again."""

from datetime import date
from pathlib import Path

import pytest

from casework.tests.kit import moves_of
from records.identifiers.likeness import Held, compare
from sanctions.filed import rules
from sanctions.filed.rules import Answer, Identification, Why

README = Path(rules.__file__).with_name("README.md").read_text(encoding="utf-8")
ON = date(2026, 11, 23)
SAME = compare("哈尔滨鑫源商贸有限公司", [Held("哈尔滨鑫源商贸有限公司")])
NEAR = compare("哈尔滨鑫元商贸有限公司", [Held("哈尔滨鑫源商贸有限公司")])
OTHER = compare("哈尔滨大成建筑有限公司", [Held("哈尔滨鑫源商贸有限公司")])


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (Identification(by_code=True, likeness=SAME), None),
        (Identification(by_code=True, likeness=NEAR), None),
        (Identification(by_code=True, likeness=OTHER), Why.CLASH),
        (Identification(by_code=True, likeness=SAME, vetoed=True), Why.VETOED),
        (Identification(by_number=True, likeness=SAME), None),
        (Identification(by_number=True, likeness=NEAR), Why.NUMBER_ONLY),
        (Identification(by_number=True, likeness=SAME, vetoed=True), Why.VETOED),
        (Identification(by_number=True, likeness=SAME, subject_has_code=False), Why.NO_CODE),
        (Identification(alike=1), Why.NAME_ONLY),
        (Identification(), Why.NONE),
        (Identification(is_person=True), Why.PERSON),
        (Identification(is_person=True, alike=3), Why.PERSON),
        (Identification(is_person=True, by_number=True), None),
        (Identification(is_person=True, by_number=True, vetoed=True), Why.VETOED),
    ],
)
def test_what_enters_by_itself(found, why):
    assert rules.why_waits(found) is why


def test_nobody_enters_by_name_alone():
    for alike in range(5):
        for likeness in (None, SAME, NEAR):
            assert rules.why_waits(Identification(likeness=likeness, alike=alike)) is not None


@pytest.mark.parametrize(
    ("answer", "more", "two"),
    [
        (Answer.SAME, {}, True),
        (Answer.NOBODY, {}, True),
        (Answer.NOT_SAME, {}, False),
        (Answer.NOT_SAME, {"number_agrees": True}, True),
        (Answer.NOT_SAME, {"is_person": True}, True),
        (Answer.NOT_SAME, {"was_entered": True}, True),
    ],
)
def test_what_weighs_takes_two(answer, more, two):
    given = {"number_agrees": False, "is_person": False, "was_entered": False} | more
    assert rules.takes_two(answer, **given) is two


@pytest.mark.parametrize(
    ("until", "told"),
    [
        (date(2026, 11, 23), ["filed.until"]),
        (date(2026, 11, 24), []),
        (date(2028, 11, 23), []),
        (date(2028, 11, 24), ["filed.until"]),
        (None, ["filed.until"]),
    ],
)
def test_the_last_day_of_a_decision(until, told):
    found = rules.against_answer(Answer.SAME, subject_given=True, reason="查档", until=until, on=ON)
    assert [each.rule for each in found] == told


@pytest.mark.parametrize(
    ("answer", "subject_given", "reason", "told"),
    [
        (None, False, "查档", ["filed.answer"]),
        (Answer.SAME, False, "查档", ["filed.subject"]),
        (Answer.NOT_SAME, False, "查档", ["filed.subject"]),
        (Answer.NOBODY, True, "查档", ["filed.subject"]),
        (Answer.NOBODY, False, " ", ["filed.reason"]),
    ],
)
def test_what_a_decision_needs(answer, subject_given, reason, told):
    found = rules.against_answer(answer, subject_given=subject_given, reason=reason, until=date(2027, 1, 1), on=ON)
    assert [each.rule for each in found] == told


@pytest.mark.parametrize(
    ("on", "now", "why"),
    [
        (date(2026, 12, 31), ("a", "b"), ""),
        (date(2027, 1, 1), ("a", "b"), "结论的有效期已满。"),
        (date(2026, 12, 1), ("x", "b"), "名单所列的内容有变化。"),
        (date(2026, 12, 1), ("a", "x"), "主体的名称、号码或者档案有变化。"),
    ],
)
def test_a_decision_holds_through_its_last_day_and_while_both_sides_are_what_they_were(on, now, why):
    assert rules.lapse(until=date(2026, 12, 31), sides=("a", "b"), now=now, on=on) == why


def test_a_line_is_one_row_however_it_is_written_and_whatever_number_comes_later():
    one = rules.row_key("L", ["123456789"], "哈尔滨鑫源商贸（集团）有限公司", "K1")
    assert one == rules.row_key("L", [], "哈爾濱鑫源商貿(集團)有限公司", "K1")
    assert one != rules.row_key("L", [], "哈尔滨鑫源商贸（集团）有限公司", "K2")
    assert one != rules.row_key("M", [], "哈尔滨鑫源商贸（集团）有限公司", "K1")
    assert rules.row_key("L", ["12345678-9"], "甲", "") == rules.row_key("L", ["123456789"], "甲", "")
    assert rules.row_key("L", ["123456789"], "甲", "") != rules.row_key("L", ["223456789"], "甲", "")


def test_the_diagrams_tell_the_moves():
    told = moves_of(README)
    rows = {move for move in told if move[0] in set(rules.ROW_LABELS)}
    assert rows == {(state, verb, end) for (state, verb), end in rules.ROW_MOVES.items()}
    publications = told - rows
    assert publications == {(state, verb, end) for (state, verb), end in rules.PUBLICATION_MOVES.items()}


def test_every_state_has_its_word_and_colour():
    assert set(rules.ROW_LABELS) == set(rules.ROW_TONES) == set(rules.RowState)
    assert set(rules.PUBLICATION_LABELS) == set(rules.PUBLICATION_TONES) == set(rules.PublicationState)

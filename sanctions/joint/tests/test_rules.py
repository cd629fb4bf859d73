"""What departments may say, and what happens to it when an entry ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from casework.tests import kit
from sanctions.joint import rules
from sanctions.joint.rules import Feedback, ItemState, Late
from sanctions.measures.rules import Force, MeasureFacts, MeasureKind, Term, Whom

README = (Path(__file__).parent.parent / "README.md").read_text()
TODAY = date(2026, 11, 23)
BAN = MeasureFacts(
    "M01a", "禁止参加政府采购活动", MeasureKind.LIMITING, Force.MUST, Whom.FIRM, Term.DECIDED,
    lists=frozenset({"CZ-ZFCG"}), matters=frozenset({"procurement"}), months_least=12, months_most=36,
)  # fmt: skip
CHECKED = replace(BAN, code="M09", force=Force.WEIGH, term=Term.ENTRY, months_least=None, months_most=None)
DONE = Feedback(True, TODAY, "哈财采〔2026〕1号", date(2028, 11, 23))

test_the_action = kit.diagram(rules.ACTION, README)
test_the_task = kit.diagram(rules.TASK, README.split("## The task")[1].split("## The lifting")[0])
test_the_lifting = kit.diagram(rules.LIFTING, README)


def against(given, measure=BAN, **more):
    return [
        each.rule for each in rules.against_feedback(given, measure, pushed_on=date(2026, 11, 2), today=TODAY, **more)
    ]


def test_what_was_done_has_a_day_a_proof_and_a_term():
    assert against(DONE) == []
    assert against(replace(DONE, on=None)) == ["joint.day"]
    assert against(replace(DONE, on=date(2026, 11, 24))) == ["joint.day"]
    assert against(replace(DONE, document_number=" ")) == ["joint.proof"]
    assert against(replace(DONE, document_number=""), has_file=True) == []
    assert against(replace(DONE, until=None)) == ["measure.until"]
    assert against(replace(DONE, until=date(2026, 11, 22))) == ["measure.until"]
    assert against(replace(DONE, note="长" * 501)) == ["joint.note"]


def test_a_measure_that_goes_with_the_entry_needs_no_last_day():
    assert against(replace(DONE, until=None), CHECKED) == []


@pytest.mark.parametrize(
    ("note", "measure", "expected"),
    [
        ("", BAN, ["joint.reason"]),
        ("不归我管", BAN, ["joint.reason"]),
        ("该主体在本市没有政府采购活动。", BAN, []),
        ("已注销", CHECKED, []),
        ("", CHECKED, ["joint.reason"]),
    ],
)
def test_what_was_not_done_has_a_reason(note, measure, expected):
    assert against(Feedback(False, note=note), measure) == expected


ENDS = ("term", "early", "repair", "source", "displaced", "annulled", "wrong")


@pytest.mark.parametrize(("way", "term"), list(product(ENDS, Term)))
def test_what_goes_with_the_entry_is_lifted_and_after_a_wrong_entry_everything(way, term):
    measure = replace(BAN, term=term)
    expected = term is Term.ENTRY or way in ("annulled", "wrong")
    assert rules.ends_with(measure, way) is expected
    assert rules.after_the_end(ItemState.TAKEN, measure, way) == ("ask" if expected else "")
    assert rules.after_the_end(ItemState.OPEN, measure, way) == "drop"
    for state in (ItemState.NOT_TAKEN, ItemState.DROPPED, ItemState.LIFTING, ItemState.LIFTED):
        assert rules.after_the_end(state, measure, way) == ""


def test_what_happens_to_a_line_is_a_move():
    for state, way in product(ItemState, ENDS):
        verb = rules.after_the_end(state, CHECKED, way)
        assert not verb or (state, verb) in rules.ITEM_MOVES


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, Late.NO),
        (1, Late.LATE),
        (2, Late.LATE),
        (3, Late.HEAD),
        (9, Late.HEAD),
        (10, Late.OFFICE),
        (30, Late.OFFICE),
    ],
)
def test_the_ladder(days, expected):
    assert rules.rung(days, head=rules.TASK.ladder.head, office=rules.TASK.ladder.office) is expected


def test_every_stage_has_days_and_a_word():
    assert set(rules.DAYS) == set(rules.STAGE_LABELS) == set(rules.Stage)
    assert all(days > 0 for days in rules.DAYS.values())

"""What an event, an answer and a delivery must say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from casework.tests import kit
from sanctions.national import rules
from sanctions.national.rules import Arrival, EventState, ReceivedEvent, Result

README = (Path(__file__).parent.parent / "README.md").read_text()
TODAY = date(2026, 11, 23)
EVENT = ReceivedEvent(
    "GJ-2026-000001", "punishment", "哈尔滨某某有限公司", "被列入失信被执行人名单。", date(2026, 11, 2), "9123"
)

test_the_diagram = kit.diagram(rules.EVENT, README)


def against(told):
    return [each.rule for each in rules.against_event(told, today=TODAY)]


def test_a_whole_event_is_taken():
    assert against(EVENT) == []
    assert against(replace(EVENT, subject_code="", id_number="230102198001010021")) == []
    assert against(replace(EVENT, occurred_on=TODAY)) == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"number": ""}, "event.number"), ({"number": "长" * 65}, "event.number"), ({"subject_name": " "}, "event.subject"),
        ({"account": ""}, "event.account"), ({"account": "长" * 2001}, "event.account"), ({"kind": "other"}, "event.kind"),
        ({"subject_code": ""}, "event.identity"), ({"id_number": "230102198001010021"}, "event.identity"),
        ({"occurred_on": date(2026, 11, 24)}, "event.day"),
    ],
)  # fmt: skip
def test_an_event_with_a_gap_is_refused(change, rule):
    assert against(replace(EVENT, **change)) == [rule]


@pytest.mark.parametrize(
    ("result", "files", "settled_on", "expected"),
    [
        (Result.TRUE, 0, None, []), (Result.TRUE, 1, None, []),
        (Result.UNTRUE, 0, None, ["event.evidence"]), (Result.UNTRUE, 1, None, []),
        (Result.ELSEWHERE, 0, None, ["event.evidence"]), (Result.ELSEWHERE, 1, None, []),
        (Result.REPAIRED, 1, None, ["event.settled"]), (Result.REPAIRED, 1, TODAY, []),
        (Result.REPAIRED, 1, date(2026, 11, 24), ["event.settled"]), (Result.TRUE, 0, TODAY, ["event.settled"]),
    ],
)  # fmt: skip
def test_what_contradicts_an_event_has_evidence_and_a_repair_its_day(result, files, settled_on, expected):
    given = rules.against_answer(result, statement="经核查……", files=files, settled_on=settled_on, today=TODAY)
    assert [each.rule for each in given] == expected


def test_a_finding_says_how_it_was_found():
    given = rules.against_answer(Result.TRUE, statement=" ", files=0, settled_on=None, today=TODAY)
    assert [each.rule for each in given] == ["event.statement"]


@pytest.mark.parametrize(
    ("known", "state", "expected"),
    [
        (None, EventState.RECEIVED, Arrival.NEW),
        ("a", EventState.CLOSED, Arrival.SAME),
        ("b", EventState.RECEIVED, Arrival.CHANGED),
        ("b", EventState.ASSIGNED, Arrival.CHANGED),
        ("b", EventState.VERIFIED, Arrival.CHANGED),
        ("b", EventState.ANSWERED, Arrival.LATE),
        ("b", EventState.DISPATCHED, Arrival.LATE),
        ("b", EventState.CLOSED, Arrival.LATE),
    ],
)
def test_an_event_that_comes_again(known, state, expected):
    assert rules.arrival(known, "a", state) is expected


def test_every_stage_has_days_and_a_word():
    assert set(rules.DAYS) == set(rules.STAGE_LABELS) == set(rules.Stage)

"""What is read as a public value, what may be named, and who is drawn of a stratum."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from casework.rules import draws as rules
from casework.rules.draws import SOURCES, Named, Stratum, draw_by_stratum
from casework.tests.rules.test_drawing import IDS, ORDER, SEED

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
NAMED = Named("SSQ", "2026131", NOW + timedelta(days=1), "2026132", NOW + timedelta(days=3))
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 2 3 4 5 6",
        "1 2 3 4 5 5 + 7",
        "1 2 3 4 5 34 + 7",
        "0 2 3 4 5 6 + 7",
        "1 2 3 4 5 6 + 17",
        "1 2 3 4 5 6 + 0",
        "a 2 3 4 5 6 + 7",
    ],
)
def test_what_is_no_number_of_the_lottery(text):
    assert SOURCES["SSQ"].written("2026131", text) is None


@pytest.mark.parametrize("text", ["03 07 14 19 25 31 + 09", "31,25,19,14,7,3+9", "03.07.14.19.25.31+09"])
def test_the_ways_of_writing_one_number_are_one_value(text):
    assert SOURCES["SSQ"].written("2026131", text) == "SSQ:2026131:03.07.14.19.25.31+09"


def test_the_rounds_of_the_beacon():
    assert rules.beacon_round(datetime(2026, 12, 1, 10, tzinfo=ZoneInfo("Asia/Shanghai"))) == "34429012"
    assert rules.beacon_round(datetime(2026, 4, 20, tzinfo=UTC)) == "27946612"
    assert SOURCES["DRAND"].written("34429012", "AB" * 32) == f"DRAND:34429012:{'ab' * 32}"
    assert SOURCES["DRAND"].written("34429012", "ab" * 31) is None


@pytest.mark.parametrize(
    ("source", "number", "fits"),
    [
        ("SSQ", "2026131", True),
        ("SSQ", "26131", False),
        ("SSQ", "20261310", False),
        ("DRAND", "1", True),
        ("DRAND", "0", False),
        ("DRAND", "", False),
    ],
)
def test_the_form_of_what_names_a_value(source, number, fits):
    assert bool(SOURCES[source].number.fullmatch(number)) is fits


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({}, []),
        ({"at": NOW}, ["at"]),
        ({"at": NOW + SECOND}, []),
        ({"at": NOW + rules.LATEST, "fallback_at": NOW + 2 * rules.LATEST}, []),
        ({"at": NOW + rules.LATEST + SECOND, "fallback_at": NOW + rules.LATEST + 2 * SECOND}, ["at"]),
        ({"fallback_at": NAMED.at}, ["fallback_at"]),
        ({"fallback_at": NAMED.at + SECOND}, []),
        ({"fallback_at": NAMED.at + rules.LATEST + SECOND}, ["fallback_at"]),
        ({"fallback_number": NAMED.number}, ["fallback_number"]),
        ({"source": "DICE"}, ["source"]),
    ],
)
def test_what_may_be_named(change, fields):
    assert [finding.field for finding in rules.against_named(replace(NAMED, **change), now=NOW)] == fields


def test_each_stratum_gives_its_number_and_who_is_struck_is_replaced_there():
    strata = [Stratum("A", "", IDS, 3), Stratum("B", "", ["X", "Y"], 5), Stratum("C", "", IDS, 0)]
    drawn = draw_by_stratum(strata, SEED, struck=[ORDER[1].lower()])
    assert {code: len(tickets) for code, tickets in drawn.items()} == {"A": 3, "B": 2, "C": 0}
    assert [ticket.id for ticket in drawn["A"]] == [ORDER[0], ORDER[2], ORDER[3]]

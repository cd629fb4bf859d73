"""When a rule is silent, when it is mostly wrong, and what stands against an end."""

from __future__ import annotations

import pytest

from supervision.alerts.rules.alerts import Measure, against_close, is_mostly_wrong, is_quiet


@pytest.mark.parametrize(
    ("false", "true", "silent"), [(19, 0, False), (10, 10, False), (11, 9, True), (20, 0, True), (11, 10, True)]
)
def test_over_half_of_at_least_twenty(false, true, silent):
    verdicts = ["false"] * false + ["true"] * true + ["lapsed"] * 30 + [""] * 5
    assert is_mostly_wrong(verdicts, share=50, least=20) is silent


def test_rest_after_an_end():
    for verdict, news, days, quiet in (
        ("false", False, 9999, True),
        ("wrong", False, 9999, True),
        ("true", False, 89, True),
        ("duplicate", False, 90, False),
        ("true", True, 0, False),
        ("lapsed", False, 0, False),
        ("", False, 0, False),
    ):
        assert is_quiet(verdict=verdict, is_news=news, days_since=days, cooldown_days=90) is quiet, verdict


GOOD = {
    "verdict": "true",
    "measure": "remind",
    "document": "",
    "begun": set(),
    "wrong": False,
    "remarks": "属实。",
}


@pytest.mark.parametrize(
    ("given", "rules"),
    [
        ({}, []),
        ({"remarks": " "}, ["alert.reason"]),
        ({"remarks": "长" * 501}, ["alert.reason"]),
        ({"verdict": "lapsed", "measure": ""}, ["alert.verdict"]),
        ({"measure": ""}, ["alert.measure"]),
        ({"verdict": "duplicate"}, ["alert.measure"]),
        ({"measure": "watch"}, ["alert.document"]),
        ({"measure": "watch", "document": "示列〔2026〕1号"}, []),
        ({"measure": "interview"}, ["alert.interview"]),
        ({"measure": "interview", "begun": {Measure.INTERVIEW}}, []),
        ({"measure": "interview", "begun": {Measure.INSPECT}}, ["alert.interview"]),
        ({"measure": "inspect"}, ["alert.inspection"]),
        ({"measure": "inspect", "begun": {Measure.INSPECT}}, []),
        ({"measure": "inspect", "document": "示检〔2026〕1号"}, []),
        ({"verdict": "wrong", "measure": ""}, ["alert.wrong"]),
        ({"verdict": "wrong", "measure": "", "wrong": True}, []),
        ({"wrong": True}, ["alert.wrong"]),
    ],
)
def test_what_an_end_needs(given, rules):
    given = GOOD | given
    verdict, measure = given.pop("verdict"), given.pop("measure")
    assert [each.rule for each in against_close(verdict, measure, **given)] == rules

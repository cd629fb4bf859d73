"""What a query must say, and how months are counted."""

from datetime import date

import pytest

from supervision.campaigns import rules
from supervision.campaigns.rules import Progress, Query

ON = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (Query(), ["campaign.query"]),
        (Query(kinds=("penalty",)), []),
        (Query(items=("XZCF",)), []),
        (Query(lists=("SY-1",)), []),
        (Query(kinds=("registration",)), ["campaign.kinds"]),
        (Query(kinds=("penalty",), since=ON, until=date(2026, 11, 22)), ["campaign.days"]),
        (Query(kinds=("penalty",), since=ON, until=ON), []),
        (Query(kinds=("penalty",), since=date(2026, 11, 24)), ["campaign.future"]),
    ],
)
def test_what_a_query_asks_for(query, told):
    assert [each.rule for each in rules.against_query(query, on=ON)] == told


@pytest.mark.parametrize(("size", "told"), [(0, 1), (1, 0), (rules.MOST, 0), (rules.MOST + 1, 1)])
def test_nobody_and_everybody_are_no_targets(size, told):
    assert len(list(rules.against_size(size))) == told


def test_a_query_is_kept_as_it_was_whatever_the_order_of_the_boxes():
    first = Query(kinds=("penalty", "list-entry"), districts=("230103", "230102"), since=date(2026, 1, 1))
    second = Query(kinds=("list-entry", "penalty"), districts=("230102", "230103"), since=date(2026, 1, 1))
    assert first.as_text() == second.as_text()
    assert Query.of(first.as_json()).as_json() == first.as_json()


def test_months_count_each_target_once_and_the_days_before_as_the_first():
    days = {Progress.NOTIFIED: [date(2026, 11, 2), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 9)]}
    lines = rules.months(days, since=date(2026, 11, 2), until=date(2027, 1, 8))
    assert [(line.label, line.counts[Progress.NOTIFIED]) for line in lines] == [
        ("2026年11月", 1),
        ("2026年12月", 1),
        ("2027年1月", 1),
    ]
    assert [line.totals[Progress.NOTIFIED] for line in lines] == [1, 2, 3]
    assert lines[-1].pairs[0] == ("已告知", 1)


@pytest.mark.parametrize(
    ("progress", "on", "receiver", "told"),
    [
        ("notified", ON, None, []),
        ("notified", ON, "某局", ["campaign.receiver"]),
        ("transferred", ON, None, ["campaign.receiver"]),
        ("transferred", ON, "某局", []),
        ("interviewed", ON, None, ["campaign.known"]),
        ("notified", date(2026, 11, 1), None, ["campaign.day"]),
        ("notified", date(2026, 11, 24), None, ["campaign.day"]),
    ],
)
def test_what_is_entered_about_a_target(progress, on, receiver, told):
    found = rules.against_entry(progress, on=on, since=date(2026, 11, 2), today=ON, receiver=receiver)
    assert [each.rule for each in found] == told


@pytest.mark.parametrize(("text", "told"), [("示例甲公司欠薪。", 1), ("某公司欠薪。", 0), ("", 0)])
def test_an_example_names_nobody(text, told):
    assert len(list(rules.against_names(text, {"示例甲公司", "王"}))) == told

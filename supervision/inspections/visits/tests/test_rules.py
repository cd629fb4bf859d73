"""Results, teams, follow-ups and days of visits."""

from __future__ import annotations

from datetime import date

import pytest

from credit_platform.workdays.queries import calendar
from records.standards import codetables
from supervision.inspections.plans.rules.states import OBJECT_MOVES, ObjectState
from supervision.inspections.visits.rules import follow_ups, procedure, results
from supervision.inspections.visits.rules.drawn import state_of
from supervision.inspections.visits.rules.follow_ups import Outcome, Stage
from supervision.inspections.visits.rules.procedure import MOVES, Carded
from supervision.inspections.visits.rules.results import ItemResult, Result

ON = date(2026, 11, 23)
S = ObjectState


def test_the_eight_results_are_those_of_the_standard_and_no_number_is_one():
    table = codetables.get("inspection-result")
    assert [each.value for each in table.entries] == list(results.RESULT_LABELS.values())


@pytest.mark.parametrize(
    ("found", "most"),
    [
        ({Result.UNPUBLISHED, Result.ORDERED}, Result.UNPUBLISHED),
        ({Result.CLEAN, Result.NO_BUSINESS}, Result.NO_BUSINESS),
        (set(Result), Result.UNTRUE),
        ({Result.PENDING, Result.ORDERED, Result.CLEAN}, Result.PENDING),
        ({Result.OBSTRUCTED, Result.UNREACHABLE}, Result.OBSTRUCTED),
        ({Result.UNREACHABLE, Result.UNPUBLISHED}, Result.UNREACHABLE),
        ({Result.UNPUBLISHED, Result.PENDING}, Result.UNPUBLISHED),
        ({Result.CLEAN}, Result.CLEAN),
    ],
)
def test_the_most_serious_is_the_result_of_the_visit(found, most):
    assert results.overall(found) is most


def test_every_item_has_its_result_and_a_problem_its_words():
    given = {1: ItemResult("clean"), 2: ItemResult("ordered", " "), 3: ItemResult("4")}
    found = results.against_results(given, [1, 2, 3, 4])
    assert [each.field for each in found] == ["finding_2", "result_3", "result_4"]


def test_a_photo_that_changed_on_its_way_is_refused_by_name():
    found = results.against_digests([("a.jpg", "x"), ("b.jpg", "y"), ("c.jpg", "z")], {"a.jpg": "x", "b.jpg": "other"})
    assert [each.text for each in found] == ["照片“b.jpg”与拍摄时不一致，没有保存。"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, []),
        ({"card_until": ON}, []),
        ({"card_until": date(2026, 11, 22)}, ["visit.card"]),
        ({"card_from": date(2026, 11, 24)}, ["visit.card"]),
        ({"on_duty": False}, ["visit.duty"]),
        ({"recused": True}, ["visit.recusal"]),
        ({"id": 1}, ["visit.team"]),
    ],
)
def test_two_with_valid_cards_on_the_day(changes, told):
    cards = {"card_from": date(2026, 1, 1), "card_until": date(2027, 1, 1)}
    team = [Carded(id=1, **cards), Carded(**({"id": 2} | cards | changes))]
    assert [each.rule for each in procedure.against_team(team, on=ON)] == told


def test_a_notice_tells_the_cap_and_the_right_to_ask_for_recusal():
    text = procedure.notice_text(subject="示例公司", items=["甲"], team=["检查员一"], exempt="", cap=2, visits=1)
    assert "全年检查不超过2次，本次是本年度第2次" in text
    papers = {"approval_number": "1", "notice_number": "2", "planned_on": ON, "on": ON}
    assert not list(procedure.against_notice(text, **papers))
    assert [each.rule for each in procedure.against_notice("请配合。", **papers)] == ["visit.rights"]
    assert "不计入全年检查次数上限" in procedure.notice_text(
        subject="", items=[], team=[], exempt="媒体曝光", cap=2, visits=0
    )


@pytest.mark.parametrize(
    ("states", "parts", "state"),
    [
        ([S.PUBLISHED, S.NOTIFIED], 2, S.NOTIFIED),
        ([S.PUBLISHED], 2, S.ASSIGNED),
        ([S.PUBLISHED, S.SKIPPED], 2, S.PUBLISHED),
        ([S.SKIPPED, S.SKIPPED], 2, S.SKIPPED),
        ([S.SKIPPED], 2, S.ASSIGNED),
        ([S.CLOSED], 1, S.CLOSED),
    ],
)
def test_an_object_stands_where_the_slowest_authority_does(states, parts, state):
    assert state_of(states, parts) is state


def test_the_moves_of_visits_are_those_that_the_draw_expects():
    own = {"recuse", "rule", "settle"}
    assert {key: end for key, end in MOVES.items() if key[1] not in own} == {
        key: end for key, end in OBJECT_MOVES.items() if key[1] not in own
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ended", "seven", "twenty"),
    [
        (date(2020, 9, 25), date(2020, 10, 12), date(2020, 10, 29)),
        (date(2021, 1, 20), date(2021, 1, 29), date(2021, 2, 22)),
        (date(2025, 9, 10), date(2025, 9, 19), date(2025, 10, 14)),
        (date(2025, 12, 15), date(2025, 12, 24), date(2026, 1, 13)),
        (date(2026, 1, 30), date(2026, 2, 10), date(2026, 3, 5)),
        (date(2026, 4, 20), date(2026, 4, 29), date(2026, 5, 20)),
        (date(2026, 9, 9), date(2026, 9, 18), date(2026, 10, 13)),
        (date(2026, 11, 23), date(2026, 12, 2), date(2026, 12, 21)),
    ],
)
def test_a_result_is_public_by_the_earlier_of_two_days(ended, seven, twenty):
    days = {"publish": 7, "announce": 20, "calendar": calendar()}
    assert follow_ups.publish_by(ended, ended, **days) == seven
    assert follow_ups.publish_by(twenty, ended, **days) == twenty


@pytest.mark.django_db
def test_an_order_has_ten_days_of_the_calendar_and_an_entry_ten_working_days():
    assert follow_ups.due(Stage.ORDER, 10, start=date(2026, 11, 18), calendar=calendar()) == date(2026, 11, 30)
    assert follow_ups.due(Stage.LISTING, 10, start=date(2026, 11, 16), calendar=calendar()) == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("stage", "outcome", "document", "on", "told"),
    [
        (Stage.ORDER, Outcome.CORRECTED, "", ON, []),
        (Stage.ORDER, Outcome.UNCORRECTED, "", ON, ["visit.early"]),
        (Stage.ORDER, Outcome.UNCORRECTED, "", date(2026, 11, 24), []),
        (Stage.ORDER, Outcome.FILED, "1", ON, ["visit.outcome"]),
        (Stage.DECIDE, Outcome.FILED, "", ON, ["visit.document"]),
        (Stage.DECIDE, Outcome.FILED, "1", ON, []),
        (Stage.LISTING, Outcome.LISTED, "1", ON, []),
    ],
)
def test_how_a_follow_up_may_end(stage, outcome, document, on, told):
    found = follow_ups.against_end(stage, outcome, document, until=ON, on=on)
    assert [each.rule for each in found] == told

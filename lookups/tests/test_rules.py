"""What a purpose asks for, and which queries are pointed at: the day before, the day, the day after; the value, and one less."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from credit_platform.errors import Conflict
from lookups.rules.questions import (
    OPEN_MINUTES,
    Authority,
    Paper,
    Setting,
    Terms,
    against,
    is_open,
    query_number,
)
from lookups.rules.reviewing import MOVES, Ground, Limits, Looked, ReviewState, grounds, next_state, same_surname

TODAY = date(2026, 11, 23)
OPEN = Terms("示例目的", organisations=True, persons=True, needs_authorisation=False, needs_case=False)
LIMITS = Limits(time(7, 30), time(18, 30), most_a_day=200, most_units=3, unit_days=30)


def fields(setting: Setting, *, terms: Terms = OPEN, is_person: bool = False, on: date = TODAY) -> list[str]:
    return [each.field for each in against(terms, setting, subject_id=7, is_person=is_person, on=on)]


def setting(authority: Authority = Authority.OWN, **more) -> Setting:
    return Setting(
        **{"purpose": "x", "authority": authority, "identity_seen": True, "case_number": "", "paper": None} | more
    )


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (TODAY - timedelta(days=1), ["authorisation"]),
        (TODAY, []),
        (TODAY + timedelta(days=5), []),
        (TODAY + timedelta(days=6), ["authorisation"]),
    ],
)
def test_a_paper_holds_from_its_first_day_through_its_last(on, found):
    paper = Paper(7, "x", TODAY, TODAY + timedelta(days=5), ended=False)
    assert fields(setting(Authority.AUTHORISED, paper=paper), is_person=True, on=on) == found


def test_what_a_purpose_asks_for_is_told_all_at_once():
    terms = Terms("示例目的", organisations=False, persons=True, needs_authorisation=True, needs_case=True)
    assert fields(setting(Authority.DUTY), terms=terms) == ["purpose", "case_number", "authority"]


def test_a_person_is_opened_by_nobody_s_duty():
    assert fields(setting(Authority.DUTY)) == []
    assert fields(setting(Authority.DUTY), is_person=True) == ["authority"]
    assert fields(setting(Authority.OWN, identity_seen=False), is_person=True) == ["identity_seen"]


def test_a_result_stays_open_for_half_an_hour():
    at = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    assert is_open(at, at + timedelta(minutes=OPEN_MINUTES, seconds=-1))
    assert not is_open(at, at + timedelta(minutes=OPEN_MINUTES))


def test_numbers_tell_the_day_and_nothing_that_could_be_guessed():
    first, second = (query_number(TODAY, bytes([each] * 7)) for each in (1, 2))
    assert first != second
    assert first.startswith("HRBCX20261123")
    assert len(first) == 24


def looked(**more) -> Looked:
    given = {
        "actor": "张**",
        "asked_for": "李*",
        "is_person": True,
        "has_case": True,
        "needs_case": True,
        "at": time(10),
    }
    return Looked(**given | {"workday": True, "nth": 1, "units": 1, "notable": False} | more)


@pytest.mark.parametrize(
    ("seen", "ground"),
    [
        (looked(), None),
        (looked(asked_for="张*"), Ground.SURNAME),
        (looked(asked_for="张*", is_person=False), None),
        (looked(has_case=False), Ground.NO_CASE),
        (looked(has_case=False, needs_case=False), None),
        (looked(at=time(7, 29)), Ground.AT_NIGHT),
        (looked(at=time(7, 30)), None),
        (looked(at=time(18, 30)), Ground.AT_NIGHT),
        (looked(workday=False), Ground.AT_NIGHT),
        (looked(nth=200), None),
        (looked(nth=201), Ground.VOLUME),
        (looked(nth=202), None),
        (looked(units=2), None),
        (looked(units=3), Ground.MANY_UNITS),
        (looked(notable=True), Ground.NOTABLE),
    ],
)
def test_rules_point(seen, ground):
    assert grounds(seen, LIMITS) == ([ground] if ground else [])


def test_a_compound_surname_is_one():
    assert same_surname("欧阳**", "欧阳*")
    assert not same_surname("欧阳**", "欧*")
    assert not same_surname("", "")


@pytest.mark.parametrize("state", ReviewState)
@pytest.mark.parametrize("verb", ["note", "warn", "refer", "confirm", "reject"])
def test_every_pair_is_allowed_or_refused(state, verb):
    if (state, verb) in MOVES:
        assert next_state(state, verb) == MOVES[state, verb]
    else:
        with pytest.raises(Conflict):
            next_state(state, verb)

"""What became of a check is told once, with the measures of its answer or with the reason; who asked hears of later changes."""

from datetime import date

import pytest

from checks.actions.notices import take_note
from checks.actions.states import keep
from checks.actions.telling import tell
from checks.models import CheckNotice, Outcome
from checks.rules.states import MOVES, State, state_of
from checks.tests.factories import TODAY, asked, barred, check_of, client
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from sanctions.lists.tests.factories import StandingEntryFactory

pytestmark = pytest.mark.usefixtures("city")


def told(check, by, **more):
    given = {"result": "refused", "decided_on": check.asked_at.date(), "measures": ["M01a", "M10"]} | more
    return tell(check, by=by, **given)


@pytest.fixture
def case(monkeypatch):
    """A check of somebody who is kept out, and the client that asked; the database's clock is later than that of the city."""
    by = client()
    check = check_of(asked(barred().subject, by))
    monkeypatch.setattr("checks.actions.telling.timezone.localdate", lambda moment=None: TODAY)
    return check, by


def test_an_outcome_is_told_once(case):
    check, by = case
    outcome = told(check, by, decided_on=TODAY)
    assert (outcome.result, outcome.measures, outcome.in_time) == ("refused", ["M01a", "M10"], True)
    entry = AuditEntry.objects.get(verb="checks.tell")
    assert (entry.object_id, entry.unit_id) == (str(check.pk), by.department_id)
    with pytest.raises(Conflict, match="已反馈"):
        told(check, by, decided_on=TODAY)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"result": "其他"}, "result"),
        ({"decided_on": date(2026, 11, 22)}, "decided_on"),
        ({"decided_on": date(2026, 11, 24)}, "decided_on"),
        ({"measures": ["M01a", "M10", "M99"]}, "measures"),
        ({"measures": ["M10"]}, "reason"),
        ({"measures": [], "result": "granted"}, "reason"),
        ({"reason": "理" * 1001}, "reason"),
    ],
)
def test_what_stands_against_an_outcome(case, more, field):
    check, by = case
    with pytest.raises(Refused) as caught:
        told(check, by, **{"decided_on": TODAY} | more)
    assert field in {finding.field for finding in caught.value.findings}
    assert not Outcome.objects.exists()


def test_a_measure_that_was_not_taken_has_its_reason(case):
    check, by = case
    outcome = told(check, by, decided_on=TODAY, measures=[], result="granted", reason="决定书已被复议撤销。")
    assert outcome.reason == "决定书已被复议撤销。"


def test_a_case_that_was_withdrawn_asks_for_nothing(case):
    check, by = case
    assert told(check, by, decided_on=TODAY, measures=[], result="withdrawn").measures == []


def test_only_the_department_that_asked_tells(case):
    check, _ = case
    with pytest.raises(Forbidden):
        told(check, client(), decided_on=TODAY)


def test_a_late_decision_is_told_and_is_one_without_a_check(case, monkeypatch):
    check, by = case
    monkeypatch.setattr(
        "checks.actions.telling.timezone.localdate", lambda moment=None: date(2026, 12, 1) if moment is None else TODAY
    )
    assert check.state_on(date(2026, 12, 1)) is State.EXPIRED
    assert told(check, by, decided_on=date(2026, 12, 1)).in_time is False


@pytest.mark.parametrize(
    ("on", "state"),
    [(date(2026, 11, 29), State.OPEN), (date(2026, 11, 30), State.OPEN), (date(2026, 12, 1), State.EXPIRED)],
)
def test_the_day_before_the_day_and_the_day_after(on, state):
    assert state_of(concluded=False, valid_until=date(2026, 11, 30), on=on) is state
    assert state_of(concluded=True, valid_until=date(2026, 11, 30), on=on) is State.TOLD


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("verb", ["tell", "expire"])
def test_every_pair_of_the_moves(state, verb):
    from checks.rules.states import next_state

    if (state, verb) in MOVES:
        assert next_state(state, verb) is MOVES[state, verb]
    else:
        with pytest.raises(Conflict):
            next_state(state, verb)


def test_the_diagram_of_the_readme_is_the_table_of_moves():
    from pathlib import Path

    text = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    drawn = {}
    for line in text.splitlines():
        if line.startswith("    ") and "──" in line:
            before, _, rest = line.strip().partition(" ──")
            verb, _, after = rest.partition("──► ")
            drawn |= {(State(state), verb): State(after) for state in before.split(" | ")}
    assert drawn == MOVES


def test_who_asked_hears_when_the_answer_becomes_another(case):
    check, by = case
    StandingEntryFactory(record__subject=check.subject, credit_list__code="SY-9")
    keep([check.subject_id], on=TODAY)
    notice = CheckNotice.objects.get()
    assert (notice.of_check, notice.verdict) == (check, "forbid")
    read = take_note(notice, by=by)
    assert (read.read_by, take_note(notice, by=by).read_at) == (by.name, read.read_at)
    with pytest.raises(Forbidden):
        take_note(notice, by=client())


def test_what_changes_nothing_for_the_matter_is_told_to_nobody(case):
    check, _ = case
    from sanctions.lists.tests.factories import WatchListFactory

    StandingEntryFactory(record__subject=check.subject, credit_list=WatchListFactory(code="ZD-2"))
    assert keep([check.subject_id], on=TODAY) == 1
    assert not CheckNotice.objects.exists()


def test_who_has_told_an_outcome_hears_no_more(case):
    check, by = case
    told(check, by, decided_on=TODAY)
    StandingEntryFactory(record__subject=check.subject, credit_list__code="SY-9")
    keep([check.subject_id], on=TODAY)
    assert not CheckNotice.objects.exists()

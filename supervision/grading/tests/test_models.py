"""A version of the model: every move, a stored dry run, a second person, and no adoption against what inspections found."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory
from credit_platform.errors import Conflict, Forbidden, Refused
from disclosure.tests.factories import PublishedFactory, severe_penalty
from records.tests.factories import CreditRecordFactory, SubjectFactory
from supervision.grading.actions import adopting, drawing, trying
from supervision.grading.models import Band, Grade, GradingModel, Indicator
from supervision.grading.rules.states import MOVES, ModelState
from supervision.grading.rules.trials import Verdict
from supervision.grading.tests.conftest import TODAY
from supervision.grading.tests.factories import drawn, graded, model_in, tried

pytestmark = pytest.mark.usefixtures("schemes", "today")
VERBS = {
    "edit": lambda row, by: drawing.save_model(row, {"name": "改名"}, by=by, version=str(row.version)),
    "try": lambda row, by: trying.order(row, by=by),
    "propose": lambda row, by: adopting.propose(row, by=by),
    "revise": lambda row, by: adopting.revise(row, by=by, reason="调整分值"),
    "adopt": lambda row, by: adopting.adopt(row, by=by, reason="数据不足"),
    "discard": lambda row, by: drawing.discard(row, by=by, reason="另行编制"),
}
STARTS = sorted({state for state, _ in MOVES} | set(MOVES.values()))


@pytest.mark.parametrize("state", STARTS)
def test_every_verb_from_every_state(state):
    row, by = model_in(state), CreditOfficeFactory()
    for verb, act in VERBS.items():
        point = transaction.savepoint()
        row.refresh_from_db()
        if (state, verb) in MOVES:
            act(row, by)
            row.refresh_from_db()
            assert row.state == (state if verb == "try" else MOVES[state, verb]), verb
        else:
            with pytest.raises(Conflict):
                act(row, by)
            row.refresh_from_db()
            assert row.state == state, verb
        transaction.savepoint_rollback(point)


def test_the_diagram_of_the_readme_is_the_table_of_moves():
    text = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    told = set()
    for starts, verb, end in re.findall(r"^    ([a-z |]+) ──(\w+)──► (\w+)$", text, re.MULTILINE):
        told |= {(start.strip(), verb, end) for start in starts.split("|")}
    assert told == {(state, verb, end) for (state, verb), end in MOVES.items() if verb != "edit"}


def test_who_drew_up_or_proposed_does_not_adopt():
    row = model_in(ModelState.PROPOSED)
    for by in (row.drawn_by, row.proposed_by):
        with pytest.raises(Forbidden, match="以外的人"):
            adopting.adopt(row, by=by, reason="数据不足")
    with pytest.raises(IntegrityError, match="grading_model_adopted_by_another_than_drawn"), transaction.atomic():
        GradingModel.objects.filter(pk=row.pk).update(state="adopted", adopted_by=row.drawn_by)


def test_a_clerk_draws_up_nothing():
    with pytest.raises(Forbidden):
        drawing.draw_up("示例", by=ClerkFactory(), basis="示例")


def test_bands_with_a_gap_are_not_tried():
    """Trap 103."""
    row = drawn()
    band = row.bands.get(grade="C")
    drawing.save_line(row, Band, {"lowest": 76}, by=row.drawn_by, version=str(row.version), line=band)
    row.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        trying.order(row, by=row.drawn_by)
    assert [each.rule for each in refusal.value.findings] == ["model.bands"]
    assert "D级到74，C级从76起" in refusal.value.findings[0].text.replace(".00", "")


def test_what_somebody_else_has_changed_is_not_overwritten():
    row = drawn()
    line = row.indicators.first()
    drawing.save_line(row, Indicator, {"points": -9}, by=row.drawn_by, version="1", line=line)
    with pytest.raises(Conflict):
        drawing.remove_line(line, by=row.drawn_by, version="1")


def inspected(model_class: int, hits: int) -> None:
    """Ten firms with so many penalties two years ago, inspected this year: of them `hits` with a problem."""
    for number in range(10):
        firm = SubjectFactory(district="230103")
        for _ in range(model_class):
            face = severe_penalty(subject=firm, decided_on=date(2024, 3, 1))
            type(face).objects.filter(pk=face.pk).update(created_at="2024-03-02T00:00:00Z")
            PublishedFactory(record=face, published_on=date(2024, 3, 2), ends_on=date(2027, 3, 1))
        result = "发现问题已责令改正" if number < hits else "未发现问题"
        CreditRecordFactory(
            subject=firm, kind="act-inspection", decided_on=date(2026, 6, 1), content={"JC_JG_LX": result}
        )


def test_a_dry_run_tells_what_moves_and_what_inspections_found():
    inspected(0, 1)
    inspected(1, 4)
    row = tried()
    trial = row.trials.get()
    assert trial.verdict == Verdict.RISES
    assert [tuple(each) for each in trial.figures["hits"]] == [
        ("A", 0, 0),
        ("B", 10, 1),
        ("C", 0, 0),
        ("D", 10, 4),
        ("E", 0, 0),
    ]
    assert {tuple(each) for each in trial.figures["moves"]} == {("", "B", 9), ("", "C", 1), ("", "D", 10)}
    assert {tuple(each) for each in trial.figures["by_district"]} == {
        ("230103", "B", 9),
        ("230103", "C", 1),
        ("230103", "D", 10),
    }
    assert not Grade.objects.exists(), "a dry run touches no grade"
    adopting.adopt(adopting.propose(row, by=row.drawn_by), by=CreditOfficeFactory(), reason="")


def test_a_model_that_is_no_better_than_chance_is_refused():
    inspected(0, 4)
    inspected(1, 4)
    row = adopting.propose(tried(), by=CreditOfficeFactory())
    with pytest.raises(Refused, match="不优于随机"):
        adopting.adopt(row, by=CreditOfficeFactory(), reason="急用")


def test_where_too_few_were_inspected_the_adopter_says_why():
    row = model_in(ModelState.PROPOSED)
    by = CreditOfficeFactory()
    with pytest.raises(Refused) as refusal:
        adopting.adopt(row, by=by, reason=" ")
    assert [each.field for each in refusal.value.findings] == ["reason"]
    adopting.adopt(row, by=by, reason="首次采用，尚无检查结果")


def test_a_trial_of_an_earlier_wording_does_not_count():
    row = drawn()
    trial = trying.order(row, by=row.drawn_by)
    drawing.save_model(row, {"name": "改名"}, by=row.drawn_by, version="1")
    trying.run(trial.pk)
    row.refresh_from_db()
    assert row.state == ModelState.DRAFT


def test_a_cancelled_trial_leaves_nothing_and_a_second_is_not_begun_beside_the_first():
    row = drawn()
    trial = trying.order(row, by=row.drawn_by)
    with pytest.raises(Conflict):
        trying.order(row, by=row.drawn_by)
    trying.cancel(trial, by=row.drawn_by)
    assert trying.run(trial.pk).state == "cancelled"
    row.refresh_from_db()
    trial.refresh_from_db()
    assert (row.state, trial.figures) == ("draft", {})


def test_the_next_version_retires_the_one_in_use_and_its_grades():
    SubjectFactory()
    first = graded()
    second = drawing.draw_up("第二版", by=CreditOfficeFactory(), basis="示例", previous=first)
    assert second.indicators.count() == first.indicators.count()
    adopting.adopt(adopting.propose(tried(second), by=second.drawn_by), by=CreditOfficeFactory(), reason="例行更新")
    first.refresh_from_db()
    assert first.state == ModelState.RETIRED
    from supervision.grading.actions.computing import compute_due

    assert compute_due() == 1
    assert compute_due() == 0
    assert Grade.objects.get().model == second
    assert Grade.objects.get().computed_on == TODAY

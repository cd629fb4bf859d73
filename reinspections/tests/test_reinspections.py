"""Repairs looked at again: drawn by chance, inspected by one, confirmed and put right by another."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from casework.models import Case, Notice
from casework.tests import drawing, kit
from credit_platform.accounts.tests.factories import CreditOfficeFactory, DepartmentFactory
from credit_platform.errors import Forbidden, Refused
from disclosure.models import Disclosure
from disclosure.tests.factories import PublishedFactory
from reinspections import actions, queries
from reinspections.actions import SAMPLING
from reinspections.models import ReinspectionCase
from reinspections.rules import QUESTIONS, REINSPECTION, Answer, Result
from reinspections.tests.factories import TODAY, case_in, found, looked_again, take
from repair.tests import factories as repairs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")

test_moves = kit.every_pair(REINSPECTION, case_in, take)
test_second_person = kit.two_people(
    REINSPECTION, case_in, take, ready={"confirm": "inspected", "deny": "inspected"}, person=CreditOfficeFactory
)
test_diagram = kit.diagram(REINSPECTION, README)
test_race = kit.one_of_two(case_in, take, verb="confirm", ready="inspected", person=CreditOfficeFactory)


def item_of(case: Case) -> Disclosure:
    return Disclosure.objects.get(pk=case.own.repair.disclosure_id)


def faulty(case: Case, result: Result, *no: str, **more) -> Case:
    more = {"responsible": DepartmentFactory(), "fault": "核实环节没有核对凭证。"} | more
    return take(take(case, "inspect", **found(result, *no, **more)), "confirm")


def test_a_wrong_repair_is_shown_again_to_its_first_last_day_and_its_subject_is_told():
    case = looked_again()
    last = item_of(case).ends_on
    case = faulty(case, Result.WRONG, "performed")
    item = item_of(case)
    assert (item.state, item.ends_on) == ("published", last)
    own = ReinspectionCase.objects.get(pk=case.pk)
    assert (own.correction, own.wrong_days) == ("已恢复公示至原截止日。", 0)
    assert "错修" in Notice.objects.filter(case=case, subject=case.subject).get().text


def test_a_wrong_repair_whose_last_day_has_passed_is_noted_and_not_shown():
    case = looked_again()
    Disclosure.objects.filter(pk=case.own.repair.disclosure_id).update(ends_on=TODAY - timedelta(days=1))
    case = faulty(case, Result.WRONG, "minimum")
    assert item_of(case).state == "repaired"
    assert ReinspectionCase.objects.get(pk=case.pk).correction == "原公示期已经届满，不再恢复公示。"


def test_a_missed_repair_stops_being_shown_in_the_same_act():
    case = looked_again(repairs.case_in("rejected"))
    assert item_of(case).state == "published"
    case = faulty(case, Result.MISSED, "reasons", performed_on=repairs.PERFORMED)
    assert item_of(case).state == "repaired"
    assert ReinspectionCase.objects.get(pk=case.pk).correction == "已停止公示。"


def test_a_correction_that_is_refused_undoes_the_confirmation():
    case = looked_again(repairs.case_in("rejected"))
    Disclosure.objects.filter(pk=case.own.repair.disclosure_id).update(earliest_repair_on=None)
    given = found(
        Result.MISSED, "reasons", performed_on=repairs.PERFORMED, responsible=DepartmentFactory(), fault="漏办。"
    )
    case = take(case, "inspect", **given)
    with pytest.raises(Refused):
        take(case, "confirm")
    case.refresh_from_db()
    assert case.state == "inspected"


@pytest.mark.parametrize(
    ("result", "no", "rule"),
    [
        (Result.SOUND, ("performed",), "reinspection.sound"),
        (Result.WRONG, (), "reinspection.fault"),
        (Result.MISSED, ("performed",), "reinspection.missed"),
    ],
)
def test_result_and_answers_must_agree(result, no, rule):
    with pytest.raises(Refused) as refused:
        take(case_in("drawn"), "inspect", **found(result, *no))
    assert rule in {each.rule for each in refused.value.findings}


def test_every_question_is_answered_and_a_fault_is_somebodys():
    with pytest.raises(Refused) as refused:
        take(case_in("drawn"), "inspect", answers={"minimum": Answer.YES}, result=Result.SOUND)
    assert len(refused.value.findings) == len(QUESTIONS) - 1
    with pytest.raises(Refused) as refused:
        take(case_in("drawn"), "inspect", **found(Result.WRONG, "people"))
    assert {each.field for each in refused.value.findings} == {"responsible", "fault"}
    with pytest.raises(IntegrityError), transaction.atomic():
        ReinspectionCase.objects.filter(pk=case_in("drawn").pk).update(result="wrong")


@pytest.mark.parametrize("verb", ["inspect", "confirm"])
def test_who_handled_the_repair_does_not_judge_it(verb):
    case = case_in({"inspect": "drawn", "confirm": "inspected"}[verb])
    with pytest.raises(Forbidden) as refused:
        take(case, verb, by=case.own.repair.decided_by)
    assert refused.value.code == "reinspection.oneself"


def test_the_draw_is_of_all_repairs_that_ended_and_begins_a_case_of_each():
    for state in ("granted", "granted", "rejected", "applied"):
        repairs.case_in(state)
    strata = queries.population(DepartmentFactory(), TODAY)
    assert [(each.code, len(each.ids), each.size) for each in strata] == [("granted", 2, 1), ("refused", 1, 1)]
    draw = drawing.announced(SAMPLING, CreditOfficeFactory())
    for verb in ("enter", "confirm"):
        draw = drawing.take(draw, verb, CreditOfficeFactory())
    cases = ReinspectionCase.objects.filter(draw=draw)
    assert cases.count() == 2
    assert queries.objects_of(draw, [str(each.repair_id) for each in cases])[0][2].endswith("/")
    assert sum(len(each.ids) for each in queries.population(DepartmentFactory(), TODAY)) == 1


def test_what_was_undone_since_or_is_looked_at_falls_out():
    undone, open_now, fresh = repairs.case_in("undone"), repairs.case_in("granted"), repairs.case_in("granted")
    looked_again(open_now)
    ids = [str(each.pk) for each in (undone, open_now, fresh)]
    assert queries.gone(ids) == [str(undone.pk), str(open_now.pk)]
    assert actions.begin(None, [str(open_now.pk)], CreditOfficeFactory(), TODAY) == []


def test_pages_and_figures(client):
    PublishedFactory()
    case = case_in("drawn")
    client.force_login(CreditOfficeFactory())
    page = reverse("reinspection:case", args=[case.pk])
    assert "待复核" in client.get(page).content.decode()
    step = reverse("reinspection:step", args=[case.pk, "inspect"])
    form = client.get(step).context["form"]
    hidden = {field.name: field.value() for field in form.hidden_fields()}
    given = dict.fromkeys(QUESTIONS, "yes") | {"result": "sound", "remarks": "无误。", "on": TODAY.isoformat()}
    assert client.post(step, hidden | given).status_code == 302
    take(case, "confirm")
    figures = client.get(reverse("reinspection:figures"))
    assert [(line.total, line.sound, line.rate) for line in figures.context["lines"]] == [(1, 1, "0.00%")]
    listed = client.get(reverse("reinspection:cases"), {"scope": "closed", "result": "sound"})
    assert case.number in listed.content.decode()

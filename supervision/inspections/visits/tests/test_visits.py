"""Visits: every move, two people, cards, recusal, what becomes public, what follows, and how the draw is told."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from casework.tests import kit
from companies.tests.factories import ActiveFactory
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, Refused
from disclosure.models import Disclosure
from records.models import CreditRecord
from records.tests.factories import PersonFactory, SoleTraderFactory
from supervision.inspections.libraries.models import Inspector, Recusal
from supervision.inspections.plans import actions as plans
from supervision.inspections.plans.models import TaskItem, TaskObject, TaskPart
from supervision.inspections.tests.factories import (
    TODAY,
    InspectorFactory,
    ItemEntryFactory,
    ItemFactory,
    ShareRowFactory,
    bureau,
)
from supervision.inspections.visits import actions, rules
from supervision.inspections.visits.models import FollowUp, VisitCase
from supervision.inspections.visits.queries import figures
from supervision.inspections.visits.queries.teams import offered
from supervision.inspections.visits.rules.procedure import VISIT
from supervision.inspections.visits.rules.results import Result
from supervision.inspections.visits.tests.factories import PHOTO, authority, brought_to, case_in, opened, take

README = (Path(rules.__file__).parent.parent / "README.md").read_text(encoding="utf-8")
READY = {"notify": "assigned", "rule": "notified", "return": "entered", "review": "entered", "publish": "reviewed"}

test_moves = kit.every_pair(VISIT, case_in, take, ready={"close": "clean"}, but=("recuse", "rule"))
test_second_person = kit.two_people(VISIT, case_in, take, ready=READY)
test_race = kit.one_of_two(case_in, take, verb="publish", ready="reviewed")
test_atomic = kit.nothing_half_done(
    case_in, take, verb="publish", ready="reviewed", breaks="supervision.inspections.visits.actions.reviewing.submit"
)
test_diagram = kit.diagram(VISIT, README)

pytestmark = pytest.mark.django_db


def drawn_object(joint: bool = False) -> tuple[TaskObject, list[TaskPart]]:
    """A firm that was drawn; joint, for a second authority too."""
    ShareRowFactory()
    task = bureau().drawn()
    parts = [task.parts.get()]
    found = task.objects_drawn.order_by("place").first()
    if joint:
        partner = authority()
        entry = ItemEntryFactory(departments=[partner])
        with acting(SYSTEM):
            part = TaskPart.objects.create(task=task, department=partner)
            found.items.add(TaskItem.objects.create(part=part, item=entry.item, entry=entry))
            for inspector in Inspector.objects.filter(department=partner)[:2]:
                found.assignments.create(part=part, inspector=inspector, rank=1, since=TODAY)
        parts.append(part)
    return found, parts


def begun(drawn: TaskObject, part: TaskPart):
    return actions.open_drawn(drawn, part=part, by=ClerkFactory(department=part.department), on=TODAY)


def test_who_entered_the_results_neither_reviews_nor_publishes_them():
    case = case_in("inspecting")
    both = ReviewerFactory(department=case.department)
    case = take(case, "enter", by=both)
    for verb in ("review", "return"):
        with pytest.raises(Forbidden) as told:
            take(case, verb, by=both)
        assert told.value.code == "visit.two_people"
    case = take(case, "review")
    with pytest.raises(Forbidden):
        take(case, "publish", by=both)
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        VisitCase.objects.filter(pk=case.pk).update(reviewed_by=both)


def test_a_card_that_ended_the_day_before_the_visit_is_not_valid():
    case = case_in("notified")
    team = list(offered(case.own)[:2])
    with acting(SYSTEM):
        Inspector.objects.filter(pk=team[0].pk).update(card_until=case.moved_on - timedelta(days=1))
    with pytest.raises(Refused) as told:
        take(case, "inspect")
    assert [each.rule for each in told.value.findings] == ["visit.card"]
    with acting(SYSTEM):
        Inspector.objects.filter(pk=team[0].pk).update(card_until=case.moved_on)
    case = take(case, "inspect")
    for wrong in ({"cards_until": case.moved_on - timedelta(days=1)}, {"second_inspector": case.own.first_inspector}):
        with pytest.raises(IntegrityError, match="visit_by_two_with_valid_cards"), transaction.atomic():
            VisitCase.objects.filter(pk=case.pk).update(**wrong)


def test_one_alone_and_somebody_from_elsewhere_do_not_inspect():
    case = case_in("notified")
    team = list(offered(case.own)[:2])
    for people in (team[:1], [team[0], InspectorFactory()]):
        with pytest.raises(Refused):
            take(case, "inspect", inspectors=people)


@pytest.mark.parametrize("subject", [PersonFactory, None])
def test_outside_the_draw_only_for_a_ground_and_what_is_on_the_list(subject):
    department = authority()
    if subject:
        with pytest.raises(Refused):
            opened(department, subject=subject())
        return
    for changes in ({"ground": " "}, {"exempt": "daily"}, {"items": []}, {"items": [ItemFactory()]}):
        with pytest.raises(Refused):
            opened(department, **changes)
    with pytest.raises(Forbidden):
        opened(department, by=ClerkFactory())


def test_recusal_is_decided_before_the_visit_and_granted_it_lasts():
    case = case_in("notified")
    account, someone = ActiveFactory(subject=case.subject), offered(case.own).first()
    asked = {"inspector": someone, "ground": "relative", "account": "系本单位股东的配偶。"}
    with pytest.raises(Forbidden):
        actions.recuse(case, by=ActiveFactory(), **asked)
    actions.recuse(case, by=account, **asked)
    with pytest.raises(Conflict):
        actions.recuse(case, by=account, **asked)
    with pytest.raises(Refused) as told:
        take(case, "inspect", on=TODAY)
    assert "visit.undecided" in [each.rule for each in told.value.findings]
    request = case.own.recusal_requests.get()
    with acting(SYSTEM):
        Inspector.objects.filter(pk=someone.pk).update(account=(himself := ReviewerFactory(department=case.department)))
    given = {"request": request, "ruling": "granted", "reasons": "情况属实。", "on": TODAY}
    with pytest.raises(Forbidden):
        actions.rule(case, by=himself, **given)
    case = actions.rule(case, by=ReviewerFactory(department=case.department), **given)
    assert Recusal.objects.get().inspector == someone
    with pytest.raises(Refused) as told:
        take(case, "inspect", on=TODAY)
    assert [each.rule for each in told.value.findings] == ["visit.recusal"]
    others = list(offered(case.own).exclude(pk=someone.pk)[:2])
    assert take(case, "inspect", on=TODAY, inspectors=others).state == "inspecting"


def test_refused_recusal_keeps_its_reasons_and_the_visit_goes_on():
    case = case_in("notified")
    asked = {"inspector": offered(case.own).first(), "ground": "other", "account": "态度不好。"}
    actions.recuse(case, by=ActiveFactory(subject=case.subject), **asked)
    given = {"request": case.own.recusal_requests.get(), "by": ReviewerFactory(department=case.department), "on": TODAY}
    with pytest.raises(Refused):
        actions.rule(case, ruling="refused", reasons=" ", **given)
    case = actions.rule(case, ruling="refused", reasons="不属于应当回避的情形。", **given)
    assert not Recusal.objects.exists()
    assert take(case, "inspect", on=TODAY).state == "inspecting"


def test_a_photo_that_changed_on_its_way_is_refused_and_nothing_is_kept():
    case = case_in("inspecting")
    with pytest.raises(Refused):
        take(case, "enter", digests={PHOTO.name: "0" * 64})
    case.refresh_from_db()
    assert case.state == "inspecting"
    assert not case.attachments.exists()


def test_the_result_is_public_under_its_authority_and_names_no_inspector():
    case = case_in("published", subject=SoleTraderFactory())
    record, shown = case.record, Disclosure.objects.get(record=case.record)
    assert (record.kind, record.source_department, record.decided_on) == (
        "act-inspection", case.department, case.decided_on,
    )  # fmt: skip
    assert record.content["JC_JG_LX"] == "发现问题待后续处理"
    assert (shown.state, shown.published_on) == ("published", case.moved_on)
    for each in (case.own.first_inspector, case.own.second_inspector):
        assert each.name in record.content["JC_JCRY"]
        assert each.name not in str(shown.shown)
        assert each.card_number not in str(shown.shown)


def test_a_pending_result_stays_open_until_it_is_final():
    case = case_in("published")
    with pytest.raises(Refused):
        take(case, "close")
    case = take(case, "follow")
    row = FollowUp.objects.get(visit=case.own)
    assert (row.stage, case.due_on) == ("decide", row.due_on)
    with pytest.raises(Refused):
        take(case, "close")
    case = take(take(case, "settle"), "close")
    assert case.state == "closed"
    assert "已立案（示立〔2026〕1号）" in CreditRecord.objects.get(pk=case.record_id).content["JC_CL"]
    shown = Disclosure.objects.get(record=case.record)
    assert shown.needs_correction, "the public sees it when another person has confirmed it"


def test_an_order_that_is_not_obeyed_opens_the_entry_as_abnormal():
    case = take(case_in("published", result="unpublished"), "follow")
    order = case.own.follow_ups.get()
    given = {"follow_up": order, "outcome": "uncorrected", "document": ""}
    with pytest.raises(Refused):
        take(case, "settle", **given)
    with acting(SYSTEM):
        FollowUp.objects.filter(pk=order.pk).update(due_on=TODAY - timedelta(days=1))
    case = take(case, "settle", on=TODAY, **given)
    listing = case.own.follow_ups.get(ended_on=None)
    assert (listing.stage, case.due_on) == ("listing", listing.due_on)
    case = take(case, "settle", on=TODAY, outcome="listed", document="示异〔2026〕1号")
    assert take(case, "close", on=TODAY).state == "closed"


def test_nothing_follows_from_a_clean_visit():
    case = case_in("clean")
    with pytest.raises(Refused):
        take(case, "follow")
    assert CreditRecord.objects.get(pk=case.record_id).content["JC_JG_LX"] == "未发现问题"


def test_a_drawn_firm_is_visited_by_who_was_drawn_and_the_task_begins_with_the_notice():
    drawn, (part,) = drawn_object()
    case = begun(drawn, part)
    with pytest.raises(Conflict):
        begun(drawn, part)
    assert set(offered(case.own)) == {each.inspector for each in drawn.assignments.current()}
    case = take(case, "notify")
    drawn.refresh_from_db()
    drawn.task.refresh_from_db()
    assert (drawn.state, drawn.notified_on, drawn.task.state) == ("notified", TODAY, "running")
    for verb in ("inspect", "enter", "review", "publish", "close"):
        case = take(case, verb, result="clean")
    drawn.refresh_from_db()
    assert drawn.state == "closed"
    assert case.record.content["JC_RWBH"] == drawn.task.number


def test_granted_recusal_sends_the_next_in_the_rank_of_the_draw():
    drawn, (part,) = drawn_object()
    case = take(begun(drawn, part), "notify")
    leaving = drawn.assignments.current().order_by("rank").first()
    asked = {"inspector": leaving.inspector, "ground": "interest", "account": "有债务纠纷。"}
    actions.recuse(case, by=ActiveFactory(subject=case.subject), **asked)
    request = case.own.recusal_requests.get()
    by = ReviewerFactory(department=case.department)
    case = actions.rule(case, request=request, ruling="granted", reasons="情况属实。", by=by, on=TODAY)
    team = set(offered(case.own))
    assert leaving.inspector not in team
    assert len(team) == 2


def test_who_is_gone_is_skipped_and_the_next_ticket_steps_in():
    drawn, (part,) = drawn_object()
    case = take(begun(drawn, part), "skip")
    drawn.refresh_from_db()
    assert (case.state, drawn.state, drawn.skip_reason) == ("skipped", "skipped", "deregistered")
    assert drawn.substitute.state == "assigned"


@pytest.mark.parametrize("state", ["assigned", "notified", "inspecting"])
def test_whose_visit_has_begun_is_skipped_there_and_not_on_the_page_of_the_draw(client, state):
    drawn, (part,) = drawn_object()
    case = brought_to(state, begun(drawn, part))
    drawn.refresh_from_db()
    given = {"reason": "moved", "note": "登记截图。"}
    with pytest.raises(Conflict, match="已经开始办理"):
        plans.skip(drawn, by=ClerkFactory(department=case.department), on=TODAY, **given)
    client.force_login(ClerkFactory(department=case.department))
    page = reverse("inspections:drawn-object", args=[drawn.pk])
    assert f"{page}skip/" not in client.get(page).content.decode()
    refused = client.post(f"{page}skip/", given | {"version_seen": str(drawn.version)})
    assert refused.status_code == 409
    assert "请在“检查”中打开该对象的检查，登记不能检查。" in refused.content.decode()
    take(case, "skip")
    drawn.refresh_from_db()
    assert (drawn.state, drawn.substitute.state) == ("skipped", "assigned")


def test_a_visit_of_a_task_that_was_drawn_anew_still_ends_as_skipped_and_nobody_steps_in():
    drawn, (part,) = drawn_object()
    case = take(begun(drawn, part), "notify")
    plans.redraw(drawn.task, reason="抽取范围遗漏。", by=ReviewerFactory(department=part.department), on=TODAY)
    assert take(case, "skip").state == "skipped"
    drawn.refresh_from_db()
    assert drawn.state == "skipped"
    assert not TaskObject.objects.filter(stands_for=drawn).exists()


def test_of_two_authorities_none_waits_for_the_other():
    drawn, parts = drawn_object(joint=True)
    mine, other = (take(begun(drawn, part), "notify") for part in parts)
    for verb in ("inspect", "enter", "review", "publish"):
        mine = take(mine, verb)
    drawn.refresh_from_db()
    assert mine.record.content["JC_BMLH"] == "是"
    assert (mine.state, drawn.state) == ("published", "notified")
    other = take(other, "skip", reason="nobody")
    drawn.refresh_from_db()
    assert (other.state, drawn.state) == ("skipped", "published")


def test_the_figures_account_for_everybody():
    drawn, (part,) = drawn_object()
    size = drawn.task.objects_drawn.count()
    case = take(begun(drawn, part), "notify")
    for verb in ("inspect", "enter", "review", "publish"):
        case = take(case, verb, result="ordered")
    take(begun(drawn.task.objects_drawn.exclude(pk=drawn.pk).first(), part), "skip")
    brought_to("clean", opened(part.department))
    (line,) = figures.of_year(2026, [part.department, DepartmentFactory()])
    assert (line.drawn, line.skipped, line.open) == (size + 1, 1, size - 1)
    assert (line.inspected, line.outside, line.problems) == (2, 1, 1)
    assert (line.results[Result.ORDERED], line.results[Result.CLEAN], line.hit_rate) == (1, 1, "50.00%")


def test_results_are_due_twenty_days_after_the_visit_and_seven_after_the_review():
    case = case_in("entered")
    assert case.due_on == date(2026, 12, 14)
    assert take(case, "review").due_on == date(2026, 12, 2)

"""Two weeks of a city's inspections, day by day: a plan, a draw, a void one and its repetition, a joint task, recusals, a substitute.

Afterwards the whole is counted anew from the rows.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import pytest
from django.db.models import Q
from django.utils import timezone

from casework.actions import draws
from casework.models import Case, Draw
from casework.queries.draws import holds
from casework.rules.draws import Named
from companies.tests.factories import ActiveFactory
from credit_platform.accounts.models import Department
from credit_platform.accounts.tests.factories import ClerkFactory
from credit_platform.workdays.queries import calendar
from records.models import Subject
from supervision.inspections.libraries.models import Recusal
from supervision.inspections.plans import actions as plans
from supervision.inspections.plans.actions.planning import Batch
from supervision.inspections.plans.models import InspectionTask, TaskExclusion, TaskObject
from supervision.inspections.plans.queries.freezing import visits_of
from supervision.inspections.tests.factories import (
    Bureau,
    FrequencyCapFactory,
    ItemEntryFactory,
    ShareRowFactory,
    bureau,
)
from supervision.inspections.visits import actions
from supervision.inspections.visits.models import VisitCase
from supervision.inspections.visits.queries.desk import unbegun
from supervision.inspections.visits.queries.figures import of_year
from supervision.inspections.visits.rules.results import PROBLEMS, Result
from supervision.inspections.visits.tests.factories import opened, take

MONDAY = date(2026, 11, 23)
DAYS = [MONDAY + timedelta(days=n) for n in range(14)]
VALUE = "03 07 14 19 25 31 + 09"
FIRMS, OF_THE_PLAN, JOINT = 40, 12, 9
NEXT = {"assigned": "notify", "notified": "inspect", "inspecting": "enter", "entered": "review", "reviewed": "publish"}
RESULTS = [Result.CLEAN] * 6 + [Result.ORDERED, Result.UNREACHABLE, Result.NO_BUSINESS, Result.PENDING]


@dataclass
class City:
    """Two authorities; the day is moved by the test, and what is done on it is done by people of the authority."""

    at: Bureau
    partner: Department
    today: date = MONDAY
    chance: random.Random = field(default_factory=lambda: random.Random(20261123))
    tasks: dict[str, InspectionTask] = field(default_factory=dict)

    def now(self) -> datetime:
        """Ten in the morning."""
        return timezone.make_aware(datetime.combine(self.today, time(10)))

    def announce(self, name: str, *, number: int, load_cap: int | None = None, **draft: object) -> None:
        """A task is drawn up, frozen by one and announced by another; its value comes tomorrow at nine."""
        task = plans.draft(self.at.department, self.at.given(**draft), by=self.at.clerk, on=self.today)
        self.tasks[name] = self.commit(task, number=number, load_cap=load_cap)

    def commit(self, task: InspectionTask, *, number: int, load_cap: int | None = None) -> InspectionTask:
        tomorrow = self.now() + timedelta(hours=23)
        named = Named("SSQ", str(number), tomorrow, str(number + 1), tomorrow + timedelta(hours=1))
        task = plans.freeze(task, by=self.at.clerk)
        return plans.commit(task, named=named, by=self.at.second, load_cap=load_cap)

    def draw(self, name: str) -> None:
        """Two people enter the public value."""
        self.tasks[name] = self.at.confirmed(self.at.entered(self.tasks[name], self.now()), self.now())

    def begin_visits(self) -> None:
        """Each authority opens a case for every object that was drawn for it, substitutes too."""
        for task in InspectionTask.objects.filter(state__in=["drawn", "running"]):
            for part in task.parts.select_related("department"):
                for drawn in unbegun(part):
                    actions.open_drawn(drawn, part=part, by=ClerkFactory(department=part.department))

    def go_on(self) -> None:
        """Every open case takes its next step; what was reviewed is published within a few days."""
        for case in Case.objects.filter(procedure="visit", state__in=NEXT).order_by("pk"):
            verb = NEXT[case.state]
            if verb == "publish" and self.today < DAYS[-3] and self.chance.random() < 0.3:
                continue
            more = {"result": self.chance.choice(RESULTS)} if verb == "enter" else {}
            take(case, verb, on=self.today, **more)

    def visit_of(self, **which: object) -> Case:
        """A visit that a test picks out."""
        return Case.objects.filter(procedure="visit", **which).order_by("pk").first()

    def ask_for_recusal(self, case: Case, ruling: str) -> None:
        """The firm asks that somebody stay away, and it is decided at once."""
        given = {"ground": "relative", "account": "检查人员与本公司负责人系近亲属。"}
        inspector = case.own.object.assignments.current().filter(part=case.own.part).first().inspector
        actions.recuse(case, inspector=inspector, by=ActiveFactory(subject=case.subject), **given)
        request = case.own.recusal_requests.get()
        take(case, "rule", on=self.today, request=request, ruling=ruling)


@pytest.fixture
def city(monkeypatch):
    ShareRowFactory()
    at = bureau(FIRMS, inspectors=8)
    partner = Department.objects.get(pk=bureau(0, inspectors=8).department.pk)
    for department in (at.department, partner):
        FrequencyCapFactory(department=department, per_year=1)
    made = City(at, partner)
    monkeypatch.setattr("django.utils.timezone.now", made.now)
    return made


@pytest.mark.django_db
def test_two_weeks_of_inspections(city):
    for day in DAYS:
        city.today = day
        draws.void_unrevealed(day)
        if not calendar().is_workday(day):
            continue
        city.go_on()
        _what_this_day_brings(city)
        city.begin_visits()
    _everybody_was_visited_or_skipped_with_evidence(city)
    _nobody_was_visited_more_often_than_the_caps_allow(city)
    _every_visit_was_made_by_two_who_could(city)
    _everything_was_public_in_time(city)
    _figures_are_what_a_recount_finds(city)
    _every_draw_can_be_repeated(city)


def _what_this_day_brings(city: City) -> None:
    at, day = city.at, (city.today - MONDAY).days
    if day == 0:
        batch = Batch(
            title="第四季度", items=[at.entry.item], scope="示例经营者", planned="30%", first_month=10, last_month=12
        )
        plan = plans.save_plan(
            at.department, year=2026, title="2026年度计划", batches=[batch], by=at.clerk, on=city.today
        )
        plan = plans.publish(plans.approve(plan, by=at.second, on=city.today), by=at.second, on=city.today)
        city.announce("planned", number=2026131, load_cap=5, batch=plan.batches.get(), reason="")
        # Nobody is going to reveal this one: a refusal to reveal is how a bad result would be made to disappear.
        other = ItemEntryFactory(departments=[at.department])
        city.announce("unrevealed", number=2026131, items=[other.item], criteria={"kinds": ["legal"]})
    elif day == 1:
        city.draw("planned")
    elif day == 2:
        _one_is_deregistered(city)
        first, second = Case.objects.filter(procedure="visit", state="notified").order_by("pk")[:2]
        city.ask_for_recusal(first, "granted")
        city.ask_for_recusal(second, "refused")
    elif day == 3:
        partner_item = ItemEntryFactory(departments=[city.partner])
        more = ItemEntryFactory(departments=[at.department])
        city.announce(
            "joint", number=2026132, load_cap=4, items=[more.item], partners={city.partner: [partner_item.item]}
        )
    elif day == 4:
        city.draw("joint")
        already = TaskObject.objects.filter(task=city.tasks["planned"]).exclude(state="skipped").first()
        opened(at.department, already.subject, on=city.today, by=at.clerk)
    elif day == 9:
        void = city.tasks["unrevealed"]
        void.refresh_from_db()
        assert void.state == "void"
        again = plans.redraw(void, reason="逾期没有揭示，重新抽取。", by=at.second, on=city.today)
        city.tasks["again"] = city.commit(again, number=2026140)


def _one_is_deregistered(city: City) -> None:
    case = city.visit_of(state="notified")
    Subject.objects.filter(pk=case.subject_id).update(operating_status="注销")
    skipped = take(case, "skip", on=city.today)
    assert skipped.own.object.substitute.state == "assigned"


def _everybody_was_visited_or_skipped_with_evidence(city: City) -> None:
    planned, joint = (InspectionTask.objects.get(pk=city.tasks[name].pk) for name in ("planned", "joint"))
    assert (planned.size, joint.size) == (OF_THE_PLAN, JOINT)
    assert planned.objects_drawn.count() == OF_THE_PLAN + 1
    assert [planned.objects_drawn.open().count(), joint.objects_drawn.open().count()] == [0, 0]
    (skipped,) = TaskObject.objects.filter(state="skipped")
    assert skipped.skip_note
    assert {planned.state, joint.state} == {"done"}


def _nobody_was_visited_more_often_than_the_caps_allow(city: City) -> None:
    counted = TaskObject.objects.counted(2026)
    for department in (city.at.department, city.partner):
        visits = Counter(counted.filter(task__parts__department=department).values_list("subject", flat=True))
        assert set(visits.values()) == {1}
    # Whoever had been drawn for the plan stood in no later list; a visit that a complaint led to counts against nobody.
    left = TaskExclusion.objects.get(task=city.tasks["joint"], code="cap")
    assert left.count == OF_THE_PLAN
    outside = VisitCase.objects.get(object=None)
    assert visits_of(outside.case.subject, 2026)[""] == 1


def _every_visit_was_made_by_two_who_could(city: City) -> None:
    made = VisitCase.objects.filter(visited_on__isnull=False).select_related(
        "case", "first_inspector", "second_inspector"
    )
    assert made.count() == OF_THE_PLAN + 2 * JOINT + 1
    for each in made:
        team = {each.first_inspector, each.second_inspector}
        assert len(team) == 2
        assert all(one.card_from <= each.visited_on <= one.card_until for one in team)
        assert {one.department_id for one in team} == {each.case.department_id}
        away = Recusal.objects.on(each.visited_on).filter(subject=each.case.subject, inspector__in=team)
        assert not away.exists()
    assert Recusal.objects.count() == 1
    assert TaskObject.objects.filter(assignments__ended_reason__startswith="准许回避").count() == 1


def _everything_was_public_in_time(city: City) -> None:
    days = calendar()
    rows = VisitCase.objects.filter(reviewed_by__isnull=False).select_related("case__record__disclosure")
    assert rows.count() == OF_THE_PLAN + 2 * JOINT + 1
    for each in rows:
        shown = each.case.record.disclosure.published_on
        assert each.case.decided_on <= shown <= days.due_on(each.case.decided_on, 7)
        assert shown <= days.due_on(each.ended_on, 20)
    assert len({each.case.record.disclosure.published_on - each.case.decided_on for each in rows}) > 1


def _figures_are_what_a_recount_finds(city: City) -> None:
    for figures, drawn, skipped, outside in zip(
        of_year(2026, [city.at.department, city.partner]), (OF_THE_PLAN + 1 + JOINT, JOINT), (1, 0), (1, 0), strict=True
    ):
        own = VisitCase.objects.filter(case__department=figures.department, reviewed_by__isnull=False)
        found = own.filter(Q(items__result__in=[each.value for each in PROBLEMS])).distinct().count()
        assert (figures.drawn, figures.skipped, figures.open, figures.outside) == (drawn, skipped, 0, outside)
        assert figures.inspected == own.count() == drawn - skipped + outside
        assert figures.problems == found > 0
        assert (figures.completion, figures.hit_rate) == ("100.00%", f"{100 * found / own.count():.2f}%")


def _every_draw_can_be_repeated(city: City) -> None:
    states = Counter(Draw.objects.values_list("state", flat=True))
    assert states == {"drawn": 2, "void": 1, "announced": 1}
    assert all(holds(each) for each in Draw.objects.exclude(state="announced"))
    void = city.tasks["unrevealed"]
    assert void.draw.reveal_by < date(2026, 12, 2)
    assert not void.objects_drawn.exists()
    assert InspectionTask.objects.public().filter(pk__in=[void.pk, city.tasks["again"].pk]).count() == 2

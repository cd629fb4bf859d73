"""The day before, the day and the day after of every date of a disclosure, in each way that asks it: query, single verb, sweep, desk."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.utils import timezone

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, ReviewerFactory
from credit_platform.errors import Refused
from disclosure import actions
from disclosure.models import Disclosure, Reminder
from disclosure.models.disclosures import visible
from disclosure.queries.desk import desk_list
from disclosure.queries.worklists import work
from disclosure.rules.showing import Version
from disclosure.rules.states import OPEN, State
from disclosure.tests.factories import (
    BY_STATE,
    ApprovedFactory,
    DisclosureFactory,
    PublishedFactory,
    RepairedFactory,
    SuspendedFactory,
    held,
)
from records.models import CreditRecord
from tests.days import ONE, around

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 23)
WRITTEN = timezone.make_aware(datetime(2026, 1, 1))


def in_query(row, query):
    return lambda day: query(day).filter(pk=row.pk).exists()


def done(act):
    """Whether a verb was carried out; asked of a copy, for the next day finds the same item."""

    def tried(day):
        try:
            act(day)
        except Refused:
            return False
        return True

    return tried


def test_shown_from_the_day_of_publication_through_the_last_day():
    begins, ends, waits = (
        PublishedFactory(published_on=DAY, ends_on=None),
        PublishedFactory(ends_on=DAY),
        PublishedFactory(ends_on=DAY, waits_for_performance=True),
    )
    assert around(DAY, in_query(begins, Disclosure.objects.visible_on)) == (False, True, True)
    assert around(DAY, in_query(ends, Disclosure.objects.visible_on)) == (True, True, False)
    assert around(DAY, in_query(waits, Disclosure.objects.visible_on)) == (True, True, True)


@pytest.mark.parametrize("state", list(State), ids=lambda state: state.value)
def test_the_query_the_path_to_it_and_the_rule_of_former_days_say_the_same(state):
    for dates in (
        {"published_on": DAY, "ends_on": None},
        {"ends_on": DAY},
        {"ends_on": DAY, "waits_for_performance": True},
    ):
        row = BY_STATE[state]()
        Disclosure.objects.filter(pk=row.pk).update(
            **({"published_on": date(2026, 11, 10), "published_at": WRITTEN} | dates)
        )
        row.refresh_from_db()
        version = Version(
            key=1, number=1, state=row.state, published_on=row.published_on, ends_on=row.ends_on,
            waits=row.waits_for_performance, written=WRITTEN,
        )  # fmt: skip
        asked = around(DAY, in_query(row, Disclosure.objects.visible_on))
        assert asked == around(DAY, version.visible)
        by_record = around(DAY, lambda day: CreditRecord.objects.filter(visible(day, "disclosure__")).exists())
        assert by_record == asked
        if state is not State.PUBLISHED:
            assert asked == (False, False, False)
        row.delete()


@pytest.mark.parametrize("state", list(State), ids=lambda state: state.value)
def test_open_and_due_on_or_before_a_day(state):
    row = BY_STATE[state](due_on=DAY)
    assert Disclosure.objects.open().exists() is (state in OPEN)
    assert around(DAY, in_query(row, Disclosure.objects.due)) == (
        (False, True, True) if state in OPEN else (False,) * 3
    )


def test_late_the_day_after_the_due_day_on_the_list_and_on_the_desks_home():
    row = DisclosureFactory(due_on=DAY)
    user = ClerkFactory(department=row.source_department)
    assert around(DAY, in_query(row, lambda day: desk_list(user, "overdue", day))) == (False, False, True)

    def heading(day):
        return [section.title for section in work(user, day) if section.rows]

    assert around(DAY, heading) == (["待提交"], ["今日到期"], ["已逾期未公示"])


def test_what_could_not_be_published_on_its_day_is_told_the_day_after():
    row = ApprovedFactory(publish_from=DAY, due_on=DAY + 9 * ONE)
    user = ReviewerFactory(department=row.source_department)

    def told(day):
        return any(section.title == "到发布日未能发布" and section.rows for section in work(user, day))

    assert around(DAY, told) == (False, False, True)
    assert around(DAY, in_query(row, Disclosure.objects.to_publish)) == (False, True, True)


@pytest.mark.parametrize(("day", "published"), [(DAY - ONE, 0), (DAY, 1), (DAY + ONE, 1)])
def test_the_sweep_publishes_from_the_chosen_day_on(day, published):
    row = ApprovedFactory(publish_from=DAY, due_on=DAY + 9 * ONE)
    assert actions.publish_approved(day) == published
    row.refresh_from_db()
    assert (row.state == State.PUBLISHED) is bool(published)


@pytest.mark.parametrize("factory", [PublishedFactory, SuspendedFactory])
@pytest.mark.parametrize(("day", "over"), [(DAY - ONE, False), (DAY, False), (DAY + ONE, True)])
def test_a_period_is_over_the_day_after_its_last_by_the_sweep_and_by_the_verb(factory, day, over):
    row, other = factory(ends_on=DAY), factory(ends_on=DAY)
    assert in_query(row, Disclosure.objects.to_end)(day) is over
    assert done(lambda on: actions.end(row, by=SYSTEM, on=on))(day) is over
    assert actions.end_due(day) == (1 if over else 0)
    for each in (row, other):
        each.refresh_from_db()
        assert (each.state == State.ENDED) is over


def test_what_waits_for_somebody_or_for_the_duty_is_not_ended_by_the_sweep():
    held(SuspendedFactory(ends_on=DAY))
    PublishedFactory(ends_on=DAY, waits_for_performance=True)
    PublishedFactory(ends_on=None)
    for state in set(State) - {State.PUBLISHED, State.SUSPENDED}:
        BY_STATE[state](ends_on=DAY)
    assert list(Disclosure.objects.to_end(DAY + ONE)) == []
    assert actions.end_due(DAY + ONE) == 0


@pytest.mark.parametrize(("day", "again"), [(DAY - ONE, True), (DAY, True), (DAY + ONE, False)])
def test_what_was_repaired_wrongly_is_shown_again_through_its_last_day(day, again):
    row = RepairedFactory(ends_on=DAY)
    assert done(lambda on: actions.restore(row, by=CreditOfficeFactory(), reason="错修", on=on))(day) is again
    if again:
        assert in_query(row, Disclosure.objects.visible_on)(day)


def test_what_has_no_end_or_waits_is_shown_again_on_any_day():
    for more in ({"ends_on": None}, {"ends_on": DAY, "waits_for_performance": True}):
        row = RepairedFactory(**more)
        actions.restore(row, by=CreditOfficeFactory(), reason="错修", on=DAY + ONE)


@pytest.mark.parametrize(("day", "granted"), [(DAY - ONE, False), (DAY, True), (DAY + ONE, True)])
def test_repaired_from_the_earliest_day_on(day, granted):
    row = PublishedFactory(earliest_repair_on=DAY)
    assert done(lambda on: actions.repair(row, by=CreditOfficeFactory(), reason="修复决定", on=on))(day) is granted


def test_reminded_with_three_and_one_working_day_left_and_when_late():
    """Due on a Thursday: the Monday has three working days left, the Wednesday one, the Friday is late."""
    due = date(2026, 11, 26)
    kinds = []
    for day in (date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 25), due, due + ONE):
        Reminder.objects.all().delete()
        row = DisclosureFactory(due_on=due)
        actions.remind(day)
        kinds.append(sorted(Reminder.objects.filter(disclosure=row).values_list("kind", flat=True)))
        row.delete()
    three, one, late = Reminder.Kind.THREE_LEFT.value, Reminder.Kind.ONE_LEFT.value, Reminder.Kind.LATE.value
    assert kinds == [[], [three], [one], [one], [late]]

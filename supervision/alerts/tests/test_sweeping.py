"""The night: one open alert of a rule and a subject, what is brought again, what clears, what lapses, the budget, two nights at once."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connections, transaction

from casework.models import Case
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ClerkFactory, ReviewerFactory
from credit_platform.audit.models import AuditEntry
from disclosure.actions import repair as repaired
from disclosure.actions.published import withdraw
from disclosure.models import Disclosure
from disclosure.tests.factories import PublishedFactory
from records.actions.changes import revoke
from records.models import CreditRecord
from records.tests.factories import SubjectFactory
from supervision.alerts.actions.sweeping import sweep
from supervision.alerts.models import AlertCase, AlertFact, Digest, Firing, SweepLine
from supervision.alerts.tests.factories import (
    TODAY,
    alerted,
    case_in,
    department_with_people,
    known,
    penalty,
    rule,
    take,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("night")]
ALONE = {"kinds": ["penalty"], "without_minor": 0}


def states() -> list[str]:
    return list(Case.objects.of("alert").order_by("pk").values_list("state", flat=True))


def test_two_penalties_within_a_year_are_one_alert_for_who_brought_the_last_with_days_and_one_line():
    alert = alerted()
    case = alert.case
    assert (case.state, case.drafted_by, alert.level, alert.code) == ("open", None, 2, "W01")
    newest = alert.facts.order_by("-since").first().record
    assert case.department == newest.source_department
    assert case.due_days == 3
    assert {fact.record.subject_id for fact in alert.facts.all()} == {alert.subject_id}
    digest = Digest.objects.get()
    assert (digest.officer.department, digest.text) == (case.department, "今日新预警1件，原有预警补充依据0件。")


def test_a_second_night_of_the_day_and_an_event_brought_again_change_nothing():
    alert = alerted()
    before = list(AlertFact.objects.values()), list(SweepLine.objects.values()), AlertCase.objects.count()
    CreditRecord.objects.filter(subject=alert.subject).update(version=2)  # the file of yesterday, imported again
    sweep()
    assert before == (list(AlertFact.objects.values()), list(SweepLine.objects.values()), AlertCase.objects.count())
    assert Digest.objects.count() == 1


def test_a_later_event_is_added_to_the_open_alert(clock):
    alert = alerted()
    clock(TODAY + timedelta(days=1))
    penalty(alert.subject, on=TODAY)
    sweep()
    alert.refresh_from_db()
    assert (AlertCase.objects.count(), alert.level, alert.facts.count()) == (1, 3, 3)
    assert AuditEntry.objects.filter(verb="alerts.alert.append").count() == 1


def test_the_database_holds_one_open_alert_of_a_rule_and_a_subject():
    alert = alerted()
    closed = case_in("closed")
    with pytest.raises(IntegrityError, match="alert_one_open_of_rule_and_subject"), transaction.atomic():
        AlertCase.objects.filter(pk=closed.pk).update(subject=alert.subject, is_open=True, verdict="")


def test_an_alert_clears_when_its_window_is_over_and_is_the_same_one_when_it_is_there_again(clock):
    alert = alerted()
    clock(TODAY + timedelta(days=400))
    sweep()
    case = Case.objects.get(pk=alert.pk)
    assert (case.state, case.closed_why, AlertCase.objects.get().is_open) == ("cleared", "预警的情形已消失。", False)
    for days in (1, 2):
        penalty(alert.subject, on=TODAY + timedelta(days=380 + days))
    sweep()
    case.refresh_from_db()
    assert (states(), case.due_days, AlertCase.objects.get().reopened) == (["open"], 3, 1)
    assert AlertFact.objects.filter(alert=alert, gone_on__isnull=True).count() == 2


def test_while_somebody_handles_it_they_decide_and_not_the_clock(clock):
    case = case_in("handling")
    clock(TODAY + timedelta(days=400))
    sweep()
    assert states() == ["handling"]
    assert AlertCase.objects.get(pk=case.pk).level == 2, "only what still counts is told anew"


def test_an_annulled_penalty_ends_the_alert_in_the_same_transaction_with_its_reason():
    alert = alerted()
    record = alert.facts.first().record
    revoke(record, by=ClerkFactory(department=record.source_department), reason="复议撤销。", on=TODAY)
    case, alert = Case.objects.get(pk=alert.pk), AlertCase.objects.get(pk=alert.pk)
    assert (case.state, alert.verdict, case.closed_on) == ("closed", "lapsed", TODAY)
    assert case.closed_why == "依据的信息已撤销。预警随之结束。"
    sweep()
    assert states() == ["closed"]


def test_an_alert_that_also_stands_on_others_goes_on():
    alert = alerted(count=3)
    record = alert.facts.first().record
    revoke(record, by=ClerkFactory(department=record.source_department), reason="复议撤销。", on=TODAY)
    assert states() == ["open"]
    assert AlertFact.objects.get(record=record).gone_why == "依据的信息已撤销。"


@pytest.mark.parametrize("how", ["repaired", "withdrawn"])
def test_what_was_repaired_or_withdrawn_ends_its_alert_and_raises_none(how):
    rule(threshold=1, clear_threshold=0, parameters=ALONE)
    item = shown()
    sweep()
    assert states() == ["open"]
    if how == "repaired":
        _repair(item)
    else:
        withdraw(
            item,
            by=ReviewerFactory(department=item.source_department),
            reason="决定撤销。",
            public_note="决定已撤销。",
            annulled_on=TODAY,
        )
    assert states() == ["closed"]
    assert AlertCase.objects.get().verdict == "lapsed"
    sweep()
    assert states() == ["closed"]


def shown() -> Disclosure:
    """A penalty that is public, and known since today."""
    item = PublishedFactory()
    known(item.record, TODAY)
    return item


def _repair(item: Disclosure) -> None:
    repaired(item, by=SYSTEM, reason="已履行。")


def test_a_restored_repair_is_told_anew_for_what_lapsed_silences_nothing():
    rule(threshold=1, clear_threshold=0, parameters=ALONE)
    item = shown()
    sweep()
    _repair(item)
    Disclosure.objects.filter(pk=item.pk).update(state="published", ended_at=None)
    sweep()
    assert states() == ["closed", "open"]


@pytest.mark.parametrize(
    ("verdict", "days", "news", "expected"),
    [
        ("false", 400, False, 0),
        ("false", 1, True, 1),
        ("true", 29, False, 0),
        ("true", 30, False, 1),
        ("true", 1, True, 1),
    ],
)
def test_a_closed_alert_comes_again_on_a_new_fact_or_after_its_rest(clock, verdict, days, news, expected):
    given = {"verdict": verdict, "measure": "remind" if verdict == "true" else ""}
    case = take(case_in("handling", cooldown_days=30, window_days=1000), "close", **given)
    clock(TODAY + timedelta(days=days))
    if news:
        penalty(case.subject, on=TODAY + timedelta(days=days))
    sweep()
    assert AlertCase.objects.open().count() == expected


def test_the_budget_of_a_week_is_spent_on_the_gravest_and_the_rest_comes_next_week(clock):
    department = department_with_people()
    rule("W01", threshold=1, clear_threshold=0, weekly_budget=2, severity="note", parameters=ALONE)
    rule("W11", threshold=1, clear_threshold=0, weekly_budget=2, parameters=ALONE | {"kinds": ["permit"]})
    for _ in range(2):
        penalty(authority=department, on=TODAY - timedelta(days=2))
    penalty(authority=department, on=TODAY - timedelta(days=2), kind="permit")
    run = sweep()
    assert sorted(AlertCase.objects.values_list("code", flat=True)) == ["W01", "W11"]
    assert run.lines.get(rule__code="W01").held == 1
    clock(TODAY + timedelta(days=6))
    sweep()
    assert AlertCase.objects.count() == 2, "the same week until Sunday"
    clock(TODAY + timedelta(days=7))
    sweep()
    assert AlertCase.objects.count() == 3


def test_whoever_has_nobody_to_handle_it_leaves_it_to_the_credit_office():
    rule(threshold=1, clear_threshold=0, parameters=ALONE)
    penalty()
    sweep()
    assert Case.objects.of("alert").get().department.code == "xyb"


def test_a_rule_on_trial_tells_nobody():
    row = rule("W01", "shadow", threshold=1, clear_threshold=0, parameters=ALONE)
    record = penalty()
    sweep()
    sweep()
    assert (Case.objects.of("alert").count(), Digest.objects.count()) == (0, 0)
    firing = Firing.objects.get()
    assert (firing.rule, firing.subject_id, firing.on, firing.ended_on) == (row, record.subject_id, TODAY, None)
    CreditRecord.objects.update(status="revoked", revoked_on=TODAY)
    sweep()
    assert Firing.objects.get().ended_on == TODAY


def test_a_rule_that_was_not_renewed_falls_silent_and_one_without_data_says_so():
    late = rule("W01", review_by=TODAY - timedelta(days=1))
    rule("W04")
    run = sweep()
    late.refresh_from_db()
    assert (late.state, late.state_why) == ("paused", "超过复审期限未续期，自动停用。")
    lines = {line.rule.code: line.why for line in run.lines.all()}
    assert lines in ({"W04": "所需的数据标准未登记：complaint。"}, {"W04": ""})


@pytest.mark.django_db(transaction=True)
def test_of_two_nights_at_once_one_does_it():
    rule(threshold=1, clear_threshold=0, parameters=ALONE)
    for _ in range(5):
        penalty()
    gate, runs = Barrier(2), []

    def run() -> None:
        gate.wait()
        try:
            runs.append(sweep())
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert AlertCase.objects.count() == 5
    assert SweepLine.objects.get().raised == 5


def test_the_first_day_of_a_fact_is_told_with_it():
    alert = alerted(SubjectFactory())
    assert {fact.since for fact in alert.facts.all()} == {TODAY - timedelta(days=20), TODAY - timedelta(days=21)}
    assert date(2026, 11, 23) == TODAY

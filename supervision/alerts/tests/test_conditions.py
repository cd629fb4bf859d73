"""What was known on a day, and nothing else: the vectors of the back-test, versions, repairs, annulments; each condition on its days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from casework.models import Case
from disclosure.models import Disclosure
from disclosure.tests.factories import PublishedFactory
from records.models import CreditRecord, Subject
from records.tests.factories import (
    CatalogueItemFactory,
    CreditRecordFactory,
    PermitRecordFactory,
    PersonFactory,
    SubjectFactory,
)
from supervision.alerts.queries.conditions import CONDITIONS, condition_of
from supervision.alerts.queries.knowledge import Asked, gathered
from supervision.alerts.queries.levels import facts, levels
from supervision.alerts.rules.folding import Level, firings
from supervision.alerts.tests.factories import known, moment, penalty, rule

pytestmark = pytest.mark.django_db
YEAR = date(2026, 1, 1), date(2026, 11, 20)


def fired(row, first=YEAR[0], last=YEAR[1]) -> list[tuple[int, date]]:
    """Whom and when a rule would have warned of, from a day to a day: the back-test's own way."""
    with gathered([Asked.of(row)], first, last):
        steps = list(levels(row.pk, first, last))
    return [
        (each.subject, each.day)
        for each in firings(steps, threshold=row.threshold, clear_threshold=row.clear_threshold)
    ]


def level_on(row, subject: Subject, day: date) -> int:
    """What the night of a day would have seen: the same statements for one day."""
    with gathered([Asked.of(row)], day, day):
        return {each.subject: each.level for each in levels(row.pk, day, day)}.get(subject.pk, 0)


def penalties_of_the_vector() -> Subject:
    subject = SubjectFactory()
    for happened, since in ((105, 120), (210, 301), (320, 425), (402, 430)):
        penalty(subject, on=_day(happened), since=_day(since))
    return subject


def _day(number: int) -> date:
    return date(2026, number // 100, number % 100)


def test_a_back_test_fires_on_the_day_on_which_it_could_be_known():
    row = rule("W01", window_days=90, threshold=3, clear_threshold=2)
    subject = penalties_of_the_vector()
    assert fired(row) == [(subject.pk, date(2026, 4, 30))], "by the days of the acts it would claim 2026-03-20"
    CreditRecord.objects.update(
        created_at=moment(_day(101)), first_compliant_at=moment(_day(101)), updated_at=moment(_day(101))
    )
    assert fired(row) == [(subject.pk, date(2026, 3, 20))]
    assert (date(2026, 4, 30) - date(2026, 3, 20)).days == 41


def test_the_night_and_the_back_test_say_the_same_of_every_day():
    row = rule("W01", window_days=90, threshold=3, clear_threshold=0)
    subject = penalties_of_the_vector()
    with gathered([Asked.of(row)], date(2026, 1, 1), date(2026, 8, 1)):
        steps = list(levels(row.pk, date(2026, 1, 1), date(2026, 8, 1)))
    for day in (
        date(2026, 1, 25),
        date(2026, 4, 24),
        date(2026, 4, 25),
        date(2026, 4, 30),
        date(2026, 5, 12),
        date(2026, 7, 2),
    ):
        then = max((each for each in steps if each.day <= day), key=lambda each: each.day, default=Level(0, day, 0))
        assert level_on(row, subject, day) == then.level, day


def test_parts_of_the_subjects_together_are_all_of_them():
    row = rule("W01", threshold=1, clear_threshold=0)
    for number in range(5):
        penalty(on=date(2026, 3, 1 + number))
    with gathered([Asked.of(row)], *YEAR):
        parts = [each for part in range(3) for each in levels(row.pk, *YEAR, part=part, parts=3)]
        assert sorted(parts, key=lambda each: (each.subject, each.day)) == list(levels(row.pk, *YEAR))
    assert len({each.subject for each in parts}) == 5


def test_a_window_ends_on_its_last_day():
    row = rule("W01", window_days=30, threshold=1, clear_threshold=0)
    record = penalty(on=date(2026, 3, 2))
    seen = [level_on(row, record.subject, date(2026, 3, 2) + timedelta(days=days)) for days in (-1, 0, 30, 31)]
    assert seen == [0, 1, 1, 0]


def _rewritten(record: CreditRecord, day: date, **values) -> None:
    """A change of a record on a day, by the clock of the platform."""
    CreditRecord.objects.filter(pk=record.pk).update(version=record.version + 1, updated_at=moment(day), **values)


def test_what_was_revoked_since_was_still_there_then():
    row = rule("W01", threshold=1, clear_threshold=0)
    record = penalty(on=date(2026, 3, 2))
    _rewritten(record, date(2026, 5, 6), status="revoked", revoked_on=date(2026, 5, 4), revoked_reason="复议撤销。")
    seen = [level_on(row, record.subject, date(2026, 5, day)) for day in (3, 4, 5, 6)]
    assert seen == [1, 1, 1, 0], "on the 4th nobody knew yet that it was annulled"
    assert fired(row) == [(record.subject_id, date(2026, 3, 2))]


def test_what_was_repaired_since_was_still_there_then_and_counts_again_once_restored():
    row = rule("W01", threshold=1, clear_threshold=0, parameters={"kinds": ["penalty"], "without_minor": 0})
    item = PublishedFactory()
    record = known(item.record, date(2026, 3, 2))
    CreditRecord.objects.filter(pk=record.pk).update(decided_on=date(2026, 3, 2))
    rows = Disclosure.objects.filter(pk=item.pk)
    rows.update(state="repaired", ended_at=moment(date(2026, 5, 6)), updated_at=moment(date(2026, 5, 6)))
    seen = [level_on(row, record.subject, date(2026, 5, day)) for day in (5, 6, 7)]
    assert seen == [1, 0, 0]
    rows.update(state="published", ended_at=None, updated_at=moment(date(2026, 7, 8)))
    assert [level_on(row, record.subject, day) for day in (date(2026, 5, 5), date(2026, 7, 7), date(2026, 7, 8))] == [
        1,
        0,
        1,
    ]
    assert [day for _, day in fired(row)] == [date(2026, 3, 2), date(2026, 7, 8)]


def test_a_minor_penalty_and_a_natural_person_count_for_nothing():
    row = rule("W01", threshold=1, clear_threshold=0)
    item = PublishedFactory(severity="轻微")
    known(item.record, date(2026, 3, 2))
    CreditRecord.objects.filter(pk=item.record_id).update(decided_on=date(2026, 3, 2))
    penalty(PersonFactory(), on=date(2026, 3, 2))
    assert fired(row) == []
    row.parameters = {"kinds": ["penalty"], "without_minor": 0}
    assert fired(row) == [(item.subject_id, date(2026, 3, 2))]


def test_a_record_that_went_over_to_another_subject_counted_for_the_first_until_then():
    row = rule("W01", threshold=1, clear_threshold=0)
    record, other = penalty(on=date(2026, 3, 2)), SubjectFactory()
    first = record.subject
    CreditRecord.objects.filter(pk=record.pk).update(subject=other, updated_at=moment(date(2026, 5, 6)))
    assert fired(row) == [(first.pk, date(2026, 3, 2)), (other.pk, date(2026, 5, 6))]


def registration(subject: Subject, day: date, **content) -> CreditRecord:
    item = CatalogueItemFactory(code="DJZC", name="登记注册基本信息")
    given = {"QYMC": subject.name, "FDDBR": "赵某", "ZS": "道里区示例路1号", "DJZT": "存续"} | content
    return known(
        CreditRecordFactory(
            subject=subject,
            item=item,
            kind="registration",
            standard="registration",
            content=given,
            decided_on=date(2020, 1, 1),
        ),
        day,
    )


def test_changes_count_on_the_day_on_which_they_became_known():
    row = rule("W10", window_days=183)
    record = registration(SubjectFactory(), date(2026, 1, 5))
    for day, change in (
        (date(2026, 3, 2), {"QYMC": "甲"}),
        (date(2026, 4, 1), {"FDDBR": "钱某"}),
        (date(2026, 6, 1), {"ZS": "南岗区"}),
    ):
        record.refresh_from_db()
        _rewritten(record, day, content=record.content | change)
    assert fired(row) == [(record.subject_id, date(2026, 6, 1))]
    assert fired(row, date(2026, 5, 1), date(2026, 7, 1)) == [(record.subject_id, date(2026, 6, 1))], (
        "older changes are looked back at"
    )


def test_many_firms_at_one_address_are_one_alert_about_the_oldest():
    row = rule("W09", threshold=3, clear_threshold=2)
    firms = [SubjectFactory() for _ in range(4)]
    for number, firm in enumerate(firms):
        gone = {"DJZT": "注销"} if number == 1 else {}
        registration(firm, date(2026, 3, 1 + number), ZS="道里区 示例路1号" if number else "道里区示例路1号。", **gone)
    assert fired(row) == [(firms[0].pk, date(2026, 3, 4))]


def test_inspections_count_by_result_and_an_open_one_after_sixty_days():
    row = rule("W07")
    item = CatalogueItemFactory(code="XZJC", name="行政监督检查")

    def inspected(result: str) -> CreditRecord:
        given = {"item": item, "kind": "act-inspection", "standard": "act-inspection", "content": {"JC_JG_LX": result}}
        return known(CreditRecordFactory(decided_on=date(2026, 3, 2), **given), date(2026, 3, 2))

    inspected("未发现问题")
    hidden, pending = inspected("通过登记的住所（经营场所）无法联系"), inspected("发现问题待后续处理")
    after = date(2026, 3, 2) + timedelta(days=61)
    assert fired(row) == [(hidden.subject_id, date(2026, 3, 2)), (pending.subject_id, after)]
    _rewritten(pending, after - timedelta(days=1), content={"JC_JG_LX": "发现问题已责令改正"})
    assert fired(row) == [(hidden.subject_id, date(2026, 3, 2))]


def test_activity_after_a_permit_has_ended_unless_it_was_renewed():
    row = rule("W06")
    subject = SubjectFactory()
    permit = {"subject": subject, "valid_from": date(2023, 3, 2), "decided_on": date(2023, 3, 1)}
    known(PermitRecordFactory(valid_until=date(2026, 3, 1), **permit), date(2023, 3, 2))
    penalty(subject, on=date(2026, 3, 1))
    assert fired(row) == [], "the last day is still covered"
    penalty(subject, on=date(2026, 3, 5), since=date(2026, 3, 9))
    assert fired(row) == [(subject.pk, date(2026, 3, 9))]
    renewed = PermitRecordFactory(valid_until=date(2029, 3, 1), **permit | {"decided_on": date(2026, 2, 20)})
    known(renewed, date(2026, 3, 20))
    assert fired(row) == [(subject.pk, date(2026, 3, 9))], "nobody knew of the renewal yet"
    assert [level_on(row, subject, date(2026, 3, day)) for day in (19, 20)] == [1, 0]
    known(renewed, date(2026, 2, 21))
    assert fired(row) == []


@pytest.mark.parametrize("renewed", ["食品经营许可证", "药品经营许可证"])
def test_a_permit_that_was_renewed_excuses_no_other(renewed):
    row, subject = rule("W06"), SubjectFactory()
    for number, name in enumerate(("食品经营许可证", "药品经营许可证", renewed)):
        until = date(2026, 3, 1) if number < 2 else date(2029, 3, 1)
        begins = {"decided_on": date(2023, 3, 1 + number), "valid_from": date(2023, 3, 1 + number)}
        permit = PermitRecordFactory(subject=subject, content={"XK_XKZS": name}, valid_until=until, **begins)
        known(permit, date(2023, 3, 9))
    penalty(subject, on=date(2026, 3, 5), since=date(2026, 3, 9))
    assert fired(row) == [(subject.pk, date(2026, 3, 9))]


def test_every_rule_of_the_installation_asks_a_declared_condition_that_runs():
    from supervision.alerts.start_rules import RULES

    for given in RULES:
        row = rule(given["code"], "draft")
        with gathered([Asked.of(row)], date(2026, 3, 1), date(2026, 3, 3)):
            assert list(levels(row.pk, date(2026, 3, 1), date(2026, 3, 3))) == [], row.code
            assert facts(row.pk, date(2026, 3, 3)) == {}
    assert {each["condition"] for each in RULES} <= set(CONDITIONS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tablename LIKE 'alerts!_spans' ESCAPE '!'")
        assert cursor.fetchone() == (0,), "nothing stays behind"


def test_a_condition_whose_data_nobody_registered_says_so():
    assert condition_of("records").missing({"kinds": ["accident"]}) == ["accident"]
    assert condition_of("records").missing({"kinds": ["penalty"]}) == []
    assert condition_of("inspections").missing({}) == []


def test_open_cases_of_breach_count_while_they_are_open():
    from commitments.tests import cases

    row = rule("W05")
    case = cases.CandidateFactory()
    second = cases.CandidateFactory(letter__subject=case.subject)
    Case.objects.filter(pk__in=[case.pk, second.pk]).update(created_at=moment(date(2026, 3, 2)))
    assert fired(row) == [(case.subject_id, date(2026, 3, 2))]
    Case.objects.filter(pk=second.pk).update(closed_on=date(2026, 3, 2))
    assert fired(row) == []

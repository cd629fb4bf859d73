"""An event from its delivery to its receipt: taken in once, assigned, verified, approved by a second person, answered, closed."""

from __future__ import annotations

import json
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections

from casework.models import Case
from casework.tests import kit
from credit_platform import sealing, vault
from credit_platform.accounts.tests.factories import (
    ClerkFactory,
    CreditOfficeFactory,
    DepartmentFactory,
    ReviewerFactory,
)
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, DomainError, Forbidden, Refused
from credit_platform.workdays.queries import calendar
from records.tests.factories import PersonFactory, SubjectFactory
from sanctions.national.actions import answering, handling, receiving
from sanctions.national.models import NationalDelivery, NationalEvent, NationalFeedback, NationalFeedbackLine
from sanctions.national.rules import EVENT
from sanctions.national.tests.factories import PDF, PERSON, TODAY, body, event_in, receipt, receive, take, told

pytestmark = pytest.mark.django_db
test_moves = kit.every_pair(EVENT, event_in, take)
test_second_person = kit.two_people(EVENT, event_in, take, ready={"approve": "verified", "send_back": "verified"})
test_race = kit.one_of_two(event_in, take, verb="approve", ready="verified")


def outcomes(delivery):
    return list(delivery.lines.order_by("place").values_list("outcome", flat=True))


def test_an_event_is_a_case_of_the_credit_office_with_two_days_to_assign_it():
    office = CreditOfficeFactory()
    receive(told("A-1"), by=office)
    case = NationalEvent.objects.get(number="A-1").case
    assert (case.state, case.department, case.due_on) == ("received", office.department, calendar().due_on(TODAY, 2))


def test_the_same_delivery_again_changes_nothing():
    events = [told("A-1"), told("A-2")]
    receive(*events)
    before = list(NationalEvent.objects.values()), Case.objects.count()
    assert outcomes(receive(*events)) == ["same", "same"]
    assert (list(NationalEvent.objects.values()), Case.objects.count()) == before


def test_a_changed_event_is_followed_until_it_is_answered():
    case = event_in("verified", number="A-1")
    assert outcomes(receive(told("A-1", account="名单已经更正。"))) == ["changed"]
    case = Case.objects.get(pk=case.pk)
    assert (case.nationalevent.account, case.state) == ("名单已经更正。", "verified")
    take(case, "approve")
    late = receive(told("A-1", account="又有更正。"))
    assert outcomes(late) == ["late"]
    assert "人工核对" in late.lines.get().text
    case.nationalevent.refresh_from_db()
    assert case.nationalevent.account == "名单已经更正。"


def test_wrong_events_are_refused_alone_each_with_its_reason():
    delivery = receive(
        told("A-1"), told("A-2", kind="other"), {"number": "A-3"}, told("A-1"), told("A-4", occurred_on="昨天")
    )
    assert outcomes(delivery) == ["new", "refused", "refused", "refused", "refused"]
    texts = list(delivery.lines.order_by("place").values_list("text", flat=True))
    assert "事件类别" in texts[1]
    assert "缺少" in texts[2]
    assert "重复" in texts[3]
    assert "不是日期" in texts[4]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"format": "X", "events": [1]}',
        b'{"format": "HRB-NE-1", "events": []}',
        b"{" * 5000,
    ],
)
def test_what_is_no_delivery_is_refused_and_not_kept(data):
    with pytest.raises(DomainError):
        receiving.receive(data, name="坏.json", format_code="HRB-NE-1", channel="file", by=CreditOfficeFactory())
    assert not NationalDelivery.objects.exists()


def test_an_event_is_matched_by_code_and_never_by_name():
    subject = SubjectFactory(name="哈尔滨示例有限公司")
    receive(told("A-1", subject_code=subject.code), told("A-2"))
    found = dict(NationalEvent.objects.values_list("number", "case__subject"))
    assert found == {"A-1": subject.pk, "A-2": None}


def test_a_person_is_matched_by_the_digest_and_the_number_is_sealed():
    number = PERSON
    person = PersonFactory(id_hash=sealing.number_hash(number))
    receive(told("A-1", subject_code=None, id_number=number, account=f"身份证{number}被列入名单。"))
    event = NationalEvent.objects.select_related("case").get()
    assert event.case.subject == person
    assert number not in event.account
    assert number.encode() not in bytes(event.id_number)
    assert event.id_masked.endswith(number[-4:])
    delivery = NationalDelivery.objects.get()
    assert number.encode() in vault.read(delivery.path)


def test_another_number_of_a_person_is_a_change():
    receive(told("A-1", subject_code=None, id_number=PERSON))
    assert outcomes(receive(told("A-1", subject_code=None, id_number=PERSON))) == ["same"]
    assert outcomes(receive(told("A-1", subject_code=None, id_number="230102198001010021"))) == ["changed"]


def test_a_number_is_seen_only_on_the_record_by_who_verifies():
    case = event_in("assigned", subject_code=None, id_number=PERSON)
    clerk = ClerkFactory(department=case.department)
    with pytest.raises(Forbidden):
        handling.person_number(case.nationalevent, by=ClerkFactory(), purpose="核查")
    assert handling.person_number(case.nationalevent, by=clerk, purpose="核查") == PERSON
    look = AuditEntry.objects.filter(verb="sanctions.national.person").latest("pk")
    assert PERSON not in json.dumps([look.detail, look.purpose, look.object_label], default=str)


def test_a_kept_delivery_can_be_read_again():
    office = CreditOfficeFactory()
    delivery = receive(told("A-1"), by=office)
    again = receiving.replay(delivery, by=office)
    assert outcomes(again) == ["same"]
    with pytest.raises(Forbidden):
        receiving.replay(delivery, by=ClerkFactory())


@pytest.mark.parametrize(("answer_by", "days"), [(None, 10), ("2026-12-31", 10), ("2026-11-27", 4), ("2026-11-23", 0)])
def test_the_days_of_verification_end_before_the_answer_is_wanted(answer_by, days):
    case = event_in("assigned", answer_by=answer_by)
    assert (case.due_days, case.due_on) == (days, calendar().due_on(TODAY, days))


def test_an_event_may_be_given_to_another_department_and_comes_back():
    case = event_in("assigned")
    other = DepartmentFactory()
    assert take(case, "assign", department=other).department == other
    back = take(Case.objects.get(pk=case.pk), "give_back")
    assert (back.state, back.department, back.nationalevent.returned_why) == (
        "received", back.nationalevent.office, "不属于本单位职责。",
    )  # fmt: skip


def test_a_department_that_is_gone_gets_no_event():
    gone = DepartmentFactory(valid_until=TODAY - timedelta(days=1))
    with pytest.raises(Refused):
        take(event_in("received"), "assign", department=gone)


def test_what_contradicts_the_event_needs_evidence():
    case = event_in("assigned")
    given = {"result": "untrue", "statement": "法院证明该主体不在名单。"}
    with pytest.raises(Refused):
        take(case, "verify", **given)
    case = take(case, "verify", **given, evidence=[PDF])
    assert (case.nationalevent.result, case.attachments.count()) == ("untrue", 1)


def test_only_the_department_verifies_and_only_its_reviewer_approves():
    case = event_in("assigned")
    for by in (CreditOfficeFactory(), ClerkFactory()):
        with pytest.raises(Forbidden):
            take(case, "verify", by=by)
    case = take(case, "verify")
    for by in (ClerkFactory(department=case.department), ReviewerFactory()):
        with pytest.raises(Forbidden):
            take(case, "approve", by=by)


def test_answers_leave_in_one_numbered_file():
    office = CreditOfficeFactory()
    first, second = event_in("answered", number="A-1"), event_in("answered", number="A-2")
    feedback = answering.dispatch(by=office)
    told_back = json.loads(answering.file_of(feedback, by=office))
    assert feedback.number == "国联反〔2026〕0001号"
    assert [each["number"] for each in told_back["answers"]] == ["A-1", "A-2"]
    assert told_back["answers"][0]["result_label"] == "属实"
    assert {Case.objects.get(pk=case.pk).state for case in (first, second)} == {"dispatched"}
    with pytest.raises(Refused):
        answering.dispatch(by=office)
    event_in("answered")
    assert answering.dispatch(by=office).number == "国联反〔2026〕0002号"


def test_a_receipt_closes_what_was_accepted_and_brings_the_rest_back():
    office = CreditOfficeFactory()
    first, second = event_in("answered", number="A-1"), event_in("answered", number="A-2")
    feedback = answering.dispatch(by=office)
    results = [{"number": "A-1", "accepted": True}, {"number": "A-2", "accepted": False, "reason": "缺少证明材料。"}]
    data = json.dumps({"format": "HRB-NE-1", "feedback": feedback.number, "results": results}).encode()
    answering.take_receipt(data, format_code="HRB-NE-1", by=office)
    first, second = (Case.objects.get(pk=case.pk) for case in (first, second))
    assert (first.state, first.closed_on) == ("closed", TODAY)
    assert (second.state, second.nationalevent.returned_why) == ("assigned", "缺少证明材料。")
    with pytest.raises(Conflict):
        answering.take_receipt(data, format_code="HRB-NE-1", by=office)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"feedback": "国联反〔2020〕0001号"}, "receipt.feedback"),
        ({"results": [{"number": "X-1", "accepted": True}]}, "receipt.event"),
        ({"results": []}, "receipt.none"),
        ({"results": [{"number": "A-1", "accepted": False}]}, "receipt.reason"),
        ({"results": [{"number": "A-1", "accepted": True}] * 2}, "receipt.event"),
    ],
)
def test_a_receipt_that_does_not_fit_is_refused_as_a_whole(change, rule):
    case = event_in("dispatched", number="A-1")
    given = json.loads(receipt(case, accepted=True)) | change
    with pytest.raises(Refused) as refused:
        answering.take_receipt(json.dumps(given).encode(), format_code="HRB-NE-1", by=CreditOfficeFactory())
    assert refused.value.code == rule
    assert Case.objects.get(pk=case.pk).state == "dispatched"


def test_a_rejected_event_is_answered_again():
    case = take(event_in("dispatched", number="A-1"), "reject")
    for verb in ("verify", "approve", "dispatch", "acknowledge"):
        case = take(case, verb)
    assert case.state == "closed"
    assert list(NationalFeedbackLine.objects.order_by("pk").values_list("accepted", flat=True)) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_send_at_once_one_file_is_made():
    event_in("answered")
    people = [CreditOfficeFactory() for _ in range(20)]
    ends = _at_once(people, lambda by: answering.dispatch(by=by))
    assert sum(isinstance(each, NationalFeedback) for each in ends) == 1
    assert NationalFeedbackLine.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_twenty_deliveries_of_one_event_at_once_one_is_new():
    people = [CreditOfficeFactory() for _ in range(20)]
    event = told("A-1")
    ends = _at_once(people, lambda by: receive(event, by=by))
    assert sorted(outcome for each in ends for outcome in outcomes(each)) == ["new"] + ["same"] * 19
    assert NationalEvent.objects.count() == 1


def _at_once(people, do):
    gate, ends = Barrier(len(people)), []

    def run(by):
        gate.wait()
        try:
            ends.append(do(by))
        except DomainError as refusal:
            ends.append(refusal)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(by,)) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def test_only_the_credit_office_takes_files_in():
    with pytest.raises(Forbidden):
        receive(told(), by=ClerkFactory())
    assert not NationalDelivery.objects.exists()


def test_more_than_a_delivery_may_hold_is_refused(monkeypatch):
    monkeypatch.setattr(receiving, "MOST_IN_FILE", 1)
    with pytest.raises(Refused, match="最多接收1个"):
        receive(told(), told())
    assert len(body(told())) < receiving.MOST_BYTES
    assert date(2026, 11, 23) == TODAY

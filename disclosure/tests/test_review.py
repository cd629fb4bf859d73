"""Submission, review, publication: two people, findings, one and many alike."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ClerkFactory, ReviewerFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from disclosure import actions
from disclosure.models import Disclosure, DisclosureChange, TimelinessTally
from disclosure.rules.states import State
from disclosure.tests import factories
from disclosure.tests.factories import TODAY, ApprovedFactory, DisclosureFactory, SubmittedFactory
from records.tests import factories as ledger

pytestmark = pytest.mark.django_db


def reviewer_of(row):
    return ReviewerFactory(department=row.source_department)


def published(row, **more):
    actions.approve_and_publish(row, by=reviewer_of(row), on=TODAY, **more)
    return Disclosure.objects.get(pk=row.pk)


def with_content(row, **fields):
    row.record.content |= fields
    row.record.save(update_fields=["content"])
    return row


def test_publication_fixes_what_is_shown_and_until_when():
    row = published(SubmittedFactory())
    assert (row.published_on, row.ends_on, row.earliest_repair_on) == (TODAY, date(2029, 11, 2), date(2027, 11, 3))
    assert (row.rule_set, row.severity, row.severity_stated_by) == ("R3", "严重", "处罚类别")
    assert row.shown["CF_WSH"] == row.document_number
    assert "HRB_YZCD" not in row.shown
    assert row.shown_record_version == row.record.version
    assert DisclosureChange.objects.get(disclosure=row).event == "appeared"
    assert any("R3" in line for line in row.ends_explained["lines"])


def test_no_personal_number_leaves_the_record():
    record = factories.permit(subject=ledger.PersonFactory(name="李某某"))
    row = published(SubmittedFactory(record=record))
    number = record.content["XK_XDR_ZJHM"]["masked"]
    text = str(row.shown) + row.subject_name + row.title
    assert number not in text
    assert "XK_XDR_ZJHM" not in row.shown
    assert "XK_XDR_ZJLX" not in row.shown


def test_the_operator_of_a_sole_trader_is_masked_everywhere():
    subject = ledger.SoleTraderFactory(legal_representative="王小明")
    row = SubmittedFactory(record=factories.severe_penalty(subject=subject))
    with_content(row, CF_FRDB="王小明", CF_SY="经营者王小明销售超过保质期的食品。")
    shown = published(row).shown
    assert shown["CF_FRDB"] == "王**"
    assert shown["CF_SY"] == "经营者王**销售超过保质期的食品。"
    assert shown["CF_XDR_MC"] == subject.name


def test_the_legal_representative_of_a_firm_is_shown():
    row = SubmittedFactory()
    assert published(row).shown["CF_FRDB"] == "赵某"


@pytest.mark.parametrize(
    "text",
    [
        "当事人身份证号230102199003071237。",
        "联系电话13804511234。",
    ],
)
def test_personal_data_in_free_text_stops_the_review(text):
    row = with_content(SubmittedFactory(), CF_SY=text)
    with pytest.raises(Refused) as refused:
        actions.approve(row, by=reviewer_of(row), on=TODAY)
    assert refused.value.findings[0].field == "CF_SY"
    assert "230102199003071237" not in str(refused.value.findings)
    assert Disclosure.objects.get(pk=row.pk).state == State.SUBMITTED


def test_a_reviewer_who_checked_publishes_the_masked_text():
    row = with_content(SubmittedFactory(), CF_SY="当事人身份证号230102199003071237，联系电话13804511234。")
    done = published(row, confirm_masked=True)
    assert done.masking_confirmed
    assert "230102199003071237" not in done.shown["CF_SY"]
    assert "13804511234" not in done.shown["CF_SY"]


def test_a_fine_without_a_class_cannot_be_submitted():
    row = DisclosureFactory(record=factories.fine())
    with pytest.raises(Refused) as refused:
        actions.submit(row, by=row.drafted_by, on=TODAY)
    assert refused.value.findings[0].rule == "severity.missing"


def test_the_class_is_stated_and_then_submitted():
    row = DisclosureFactory(record=factories.fine())
    actions.state_severity(row, by=row.drafted_by, severity="一般", basis="裁量基准第3条", on=TODAY)
    actions.submit(row, by=row.drafted_by, on=TODAY)
    row = published(row)
    assert (row.severity, row.severity_stated_by, row.ends_on) == ("一般", "department", date(2027, 11, 2))


def test_a_class_that_is_not_public_awaits_a_second_person():
    row = DisclosureFactory(record=factories.fine())
    actions.state_severity(row, by=row.drafted_by, severity="轻微", basis="裁量基准第1条", on=TODAY)
    row.refresh_from_db()
    assert (row.state, row.severity, row.awaits_confirmation) == (State.SUBMITTED, "轻微", True)
    actions.confirm(row, by=ReviewerFactory(department=row.source_department), on=TODAY)
    row.refresh_from_db()
    assert (row.state, row.awaits_confirmation) == (State.EXEMPT, False)
    assert "轻微失信（机关认定）" in row.ended_why


def test_nobody_reviews_the_own_work():
    both = ClerkFactory(roles=["clerk", "reviewer"])
    record = factories.severe_penalty(authority=both.department)
    for column in ("drafted_by", "submitted_by", "changed_by"):
        row = SubmittedFactory(record=factories.severe_penalty(authority=both.department), drafted_by=None)
        Disclosure.objects.filter(pk=row.pk).update(**{"submitted_by": None, column: both})
        with pytest.raises(Forbidden, match="本人"):
            actions.approve(row, by=both, on=TODAY)
    row = SubmittedFactory(record=record)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.filter(pk=row.pk).update(reviewed_by=row.submitted_by)


def test_approved_for_a_later_day_is_published_by_the_sweep():
    row = SubmittedFactory(due_on=date(2026, 11, 25))
    actions.approve(row, by=reviewer_of(row), on=TODAY, publish_from=date(2026, 11, 25))
    assert actions.publish_approved(date(2026, 11, 24)) == 0
    assert actions.publish_approved(date(2026, 11, 25)) == 1
    assert actions.publish_approved(date(2026, 11, 25)) == 0
    row.refresh_from_db()
    assert (row.state, row.published_on) == (State.PUBLISHED, date(2026, 11, 25))


def test_the_day_of_publication_is_not_in_the_past():
    row = SubmittedFactory()
    with pytest.raises(Refused, match="早于今天"):
        actions.approve(row, by=reviewer_of(row), on=TODAY, publish_from=date(2026, 11, 22))


def test_the_day_of_publication_is_not_after_the_due_day():
    row = SubmittedFactory(due_on=date(2026, 11, 25))
    with pytest.raises(Refused, match="公示截止日"):
        actions.approve(row, by=reviewer_of(row), on=TODAY, publish_from=date(2026, 11, 26))
    late = SubmittedFactory(due_on=date(2026, 11, 20))
    assert actions.approve(late, by=reviewer_of(late), on=TODAY).publish_from == TODAY


def test_a_return_needs_a_reason():
    row = SubmittedFactory()
    with pytest.raises(Refused, match="退回原因"):
        actions.return_(row, by=reviewer_of(row), reason="  ")


COMPARED = [
    field.attname
    for field in Disclosure._meta.concrete_fields
    if field.name
    not in {
        "id", "public_id", "record", "subject", "document_number", "document_key", "drafted_by", "submitted_by", "reviewed_by",
        "source_department", "authority", "shown", "subject_name", "subject_code",
    }
    and not field.name.endswith("_at")
]  # fmt: skip


def test_one_and_many_end_in_the_same_state():
    one, many = DisclosureFactory(), DisclosureFactory()
    actions.submit(one, by=one.drafted_by, on=TODAY)
    assert [each.ok for each in actions.submit_many([many.pk], by=many.drafted_by, on=TODAY)] == [True]
    actions.approve_and_publish(one, by=reviewer_of(one), on=TODAY)
    assert [each.ok for each in actions.approve_many([many.pk], by=reviewer_of(many), on=TODAY)] == [True]
    rows = [Disclosure.objects.filter(pk=row.pk).values(*COMPARED).get() for row in (one, many)]
    assert rows[0] == rows[1]
    assert DisclosureChange.objects.filter(event="appeared").count() == 2


def test_many_tell_what_could_not_be_done():
    good = DisclosureFactory()
    people = good.source_department
    bad = DisclosureFactory(record=factories.fine(authority=people))
    other = DisclosureFactory()
    outcomes = {
        o.disclosure.pk: o for o in actions.submit_many([good.pk, bad.pk, other.pk], by=good.drafted_by, on=TODAY)
    }
    assert outcomes[good.pk].ok
    assert isinstance(outcomes[bad.pk].error, Refused)
    assert isinstance(outcomes[other.pk].error, Forbidden)
    entry = AuditEntry.objects.get(verb="disclosure.submit")
    assert entry.members == [good.pk]


def test_a_publication_after_the_due_day_is_counted():
    row = ApprovedFactory(due_on=date(2026, 11, 20))
    actions.publish(row, by=SYSTEM, on=TODAY)
    assert {t.published_late for t in TimelinessTally.objects.all()} == {1}


def test_a_revoked_record_is_not_published():
    row = ApprovedFactory()
    row.record.status, row.record.revoked_on = "revoked", TODAY
    row.record.save()
    with pytest.raises(Conflict):
        actions.publish(row, by=SYSTEM, on=TODAY)


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_once_publish_once():
    row = SubmittedFactory()
    people = [reviewer_of(row), reviewer_of(row)]
    answers, start = [], threading.Barrier(2)

    def run(by):
        start.wait()
        try:
            actions.approve_and_publish(row, by=by, on=TODAY)
            answers.append("done")
        except Conflict:
            answers.append("conflict")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(by,)) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["conflict", "done"]
    assert DisclosureChange.objects.filter(disclosure=row).count() == 1


WRONG_UNIT = {
    "rule": "amount.matches-text",
    "level": "warning",
    "text": "处罚内容写明罚款2000元，金额填2000万元，相差一万倍，疑似单位错误。",
    "mend": "金额单位是万元。",
    "field": "CF_NR_FK",
    "value": "2000",
    "article": "",
}
REMARK = WRONG_UNIT | {"rule": "dates.shown-until", "text": "长期已统一记为2099年12月31日。"}


def doubtful(row: Disclosure, *warnings: dict[str, str]) -> Disclosure:
    row.record.warnings = list(warnings)
    row.record.save(update_fields=["warnings"])
    return row


def test_a_record_that_may_not_agree_with_its_decision_is_not_published_unchecked():
    row = doubtful(SubmittedFactory(), REMARK, WRONG_UNIT)
    with pytest.raises(Refused) as refused:
        actions.approve(row, by=reviewer_of(row), on=TODAY)
    assert [each.rule for each in refused.value.findings] == ["amount.matches-text"]
    assert "已与决定书核对" in refused.value.mend
    assert Disclosure.objects.get(pk=row.pk).state == State.SUBMITTED


def test_who_held_it_against_the_decision_publishes_and_the_audit_tells_so():
    row = doubtful(SubmittedFactory(), WRONG_UNIT)
    assert published(row, confirm_doubts=True).state == State.PUBLISHED
    entry = AuditEntry.objects.get(verb="disclosure.approve", object_id=str(row.pk))
    assert entry.detail["confirmed"] == ["amount.matches-text"]


def test_other_remarks_do_not_stop_a_review():
    assert published(doubtful(SubmittedFactory(), REMARK)).state == State.PUBLISHED


def test_many_at_once_leave_a_doubtful_one_for_a_look_of_its_own():
    reviewer = reviewer_of(SubmittedFactory())
    rows = [SubmittedFactory(source_department=reviewer.department) for _ in range(2)]
    doubtful(rows[0], WRONG_UNIT)
    outcomes = {
        each.disclosure.pk: each.ok for each in actions.approve_many([row.pk for row in rows], by=reviewer, on=TODAY)
    }
    assert outcomes == {rows[0].pk: False, rows[1].pk: True}

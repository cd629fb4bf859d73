"""Disclosures, one factory per state. Records come from the ledger's factories; all invented."""

from __future__ import annotations

from datetime import date, timedelta

import factory
from django.utils import timezone

from credit_platform.accounts.tests.factories import ClerkFactory, ReviewerFactory
from disclosure.actions.annulments import WAITS
from disclosure.models import Disclosure, Lowering
from disclosure.rules.states import State
from records.ledger_rules import content_hash
from records.models import CreditRecord
from records.tests import factories as ledger

TODAY = date(2026, 11, 23)
"""The day of the tests that give `on=`."""


def severe_penalty(**values: object) -> CreditRecord:
    """A penalty whose class needs no statement (责令停产停业 is 严重 under R3), in the catalogue in force."""
    ledger.PenaltyEntryFactory()
    record = ledger.PenaltyRecordFactory(**values)
    record.content |= {"CF_CFLB": "责令停产停业", "CF_NR": "责令停产停业三个月。"}
    record.content.pop("CF_NR_FK", None)
    record.content_hash = content_hash(record.content)
    record.save(update_fields=["content", "content_hash"])
    return record


def fine(**values: object) -> CreditRecord:
    """A fine of 2,000 yuan without a stated class."""
    ledger.PenaltyEntryFactory()
    return ledger.PenaltyRecordFactory(**values)


def permit(**values: object) -> CreditRecord:
    """A permit until 2031."""
    ledger.PermitEntryFactory()
    return ledger.PermitRecordFactory(**values)


class DisclosureFactory(factory.django.DjangoModelFactory):
    """A draft of a severe penalty, due on the seventh working day; the people are of the record's department."""

    class Meta:
        model = Disclosure
        skip_postgeneration_save = True

    class Params:
        drafter = factory.LazyAttribute(lambda made: ClerkFactory(department=made.record.source_department))
        reviewer = factory.LazyAttribute(lambda made: ReviewerFactory(department=made.record.source_department))

    record = factory.LazyFunction(severe_penalty)
    kind = factory.SelfAttribute("record.kind")
    subject = factory.SelfAttribute("record.subject")
    subject_name = factory.SelfAttribute("record.subject.name")
    subject_code = factory.LazyAttribute(lambda made: made.record.subject.code or "")
    source_department = factory.SelfAttribute("record.source_department")
    authority = factory.SelfAttribute("record.authority")
    title = factory.SelfAttribute("record.title")
    document_number = factory.SelfAttribute("record.document_number")
    document_key = factory.SelfAttribute("record.document_key")
    decided_on = factory.SelfAttribute("record.decided_on")
    state = State.DRAFT.value
    due_on = factory.LazyAttribute(lambda made: made.decided_on + timedelta(days=9))
    arrived_on = factory.SelfAttribute("decided_on")
    arrival_late = False
    drafted_by = factory.SelfAttribute("drafter")


class SubmittedFactory(DisclosureFactory):
    state = State.SUBMITTED.value
    submitted_by = factory.SelfAttribute("drafted_by")
    submitted_at = factory.LazyFunction(timezone.now)


class ReturnedFactory(DisclosureFactory):
    state = State.RETURNED.value
    review_note = "请补充处罚依据条款。"


class ApprovedFactory(SubmittedFactory):
    state = State.APPROVED.value
    reviewed_by = factory.SelfAttribute("reviewer")
    reviewed_at = factory.LazyFunction(timezone.now)
    publish_from = TODAY


class PublishedFactory(ApprovedFactory):
    state = State.PUBLISHED.value
    published_on = date(2026, 11, 10)
    published_at = factory.LazyFunction(timezone.now)
    ends_on = date(2029, 11, 10)
    earliest_repair_on = date(2026, 11, 11)
    rule_set = "R3"
    severity = "严重"
    shown = factory.LazyAttribute(lambda made: {"CF_XDR_MC": made.subject_name, "CF_WSH": made.document_number})
    shown_record_version = 1


class SuspendedFactory(PublishedFactory):
    state = State.SUSPENDED.value
    ended_why = "异议核查期间中止公示"


class WithdrawnFactory(PublishedFactory):
    state = State.WITHDRAWN.value
    ended_why = "行政复议决定撤销"
    public_note = "该处罚决定已被撤销。"


class EndedFactory(PublishedFactory):
    state = State.ENDED.value
    published_on = date(2025, 5, 1)
    ends_on = date(2026, 5, 1)
    ended_why = "公示期届满"


class RepairedFactory(PublishedFactory):
    state = State.REPAIRED.value
    ended_why = "信用修复"


class ExemptFactory(DisclosureFactory):
    state = State.EXEMPT.value
    ended_why = "依法不予公开：涉及未成年人"


def annulled(row: Disclosure, **values: object) -> Disclosure:
    """The item that was public, hidden on somebody's word that its decision was revoked, waiting for another person."""
    given = {"what": "revocation", "text": WAITS, "reason": "复议决定书〔2026〕9号", "annulled_on": row.decided_on}
    said_by = ClerkFactory(department=row.source_department)
    given |= {"said_by": said_by, "said_by_name": said_by.full_name}
    Disclosure.objects.filter(pk=row.pk).update(ended_why=WAITS, withdraw_due_on=TODAY)
    return held(row, **(given | values))


def held(row: Disclosure, **values: object) -> Disclosure:
    """The item, with somebody's word that it is not public by law waiting for another person."""
    said_by = ReviewerFactory(department=row.source_department)
    given = {
        "what": "exemption",
        "text": "依法不公示：涉及商业秘密",
        "said_by": said_by,
        "said_by_name": said_by.full_name,
    }
    Lowering.objects.create(disclosure=row, department=row.source_department, **(given | values))
    Disclosure.objects.filter(pk=row.pk).update(awaits_confirmation=True)
    return Disclosure.objects.get(pk=row.pk)


BY_STATE = {
    State.DRAFT: DisclosureFactory,
    State.SUBMITTED: SubmittedFactory,
    State.RETURNED: ReturnedFactory,
    State.APPROVED: ApprovedFactory,
    State.PUBLISHED: PublishedFactory,
    State.SUSPENDED: SuspendedFactory,
    State.WITHDRAWN: WithdrawnFactory,
    State.ENDED: EndedFactory,
    State.REPAIRED: RepairedFactory,
    State.EXEMPT: ExemptFactory,
}

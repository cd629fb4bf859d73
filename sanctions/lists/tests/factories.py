"""Lists and entries for tests: one factory a nature and a state; everything made up."""

from __future__ import annotations

from datetime import date, timedelta

import factory

from credit_platform.accounts.tests.factories import ActingFactory, DepartmentFactory, ReviewerFactory
from disclosure.models import Disclosure
from records.tests import factories as ledger
from records.tests.factories import SubjectFactory
from sanctions.lists import actions
from sanctions.lists.actions import Listed
from sanctions.lists.models import CreditList, ListEntry
from sanctions.lists.rules import ExitFrom, Level, Nature, Persons, Publication, Rank, Start, Way

TODAY = date(2026, 11, 23)


class SeriousListFactory(ActingFactory):
    """Three years from the listing, early exit after one; in force, and public."""

    class Meta:
        model = CreditList
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"SY-{n:04d}")
    name = factory.LazyAttribute(lambda made: f"示例严重失信主体名单{made.code}")
    short_name = factory.LazyAttribute(lambda made: f"示例{made.code}")
    nature = Nature.SERIOUS.value
    field = "市场监管"
    authority = "县级以上示例主管部门"
    authority_level = Level.COUNTY.value
    basis = "《示例条例》第一条"
    basis_rank = Rank.REGULATION.value
    standard_at = "示例部门网站"
    consultation_days = 30
    review_due = date(2027, 12, 31)
    term_months = 36
    term_from = Start.LISTING.value
    may_exit = True
    exit_months = 12
    exit_from = ExitFrom.START.value
    exit_conditions = "列入满十二个月、纠正失信行为并作出信用承诺的，可以申请提前移出。"
    publication = Publication.PUBLIC.value
    persons = Persons.MASKED.value
    lists_responsible = True
    valid_from = date(2022, 1, 1)


class WaitingListFactory(SeriousListFactory):
    """A row that waits for the word of its department."""

    valid_from = None
    basis_rank = ""
    standard_at = ""
    review_due = None


class RepealedListFactory(SeriousListFactory):
    valid_until = date(2025, 12, 31)


class AbnormalListFactory(SeriousListFactory):
    nature = Nature.ABNORMAL.value
    term_months = None
    exit_months = None
    exit_from = ExitFrom.PERFORMED.value
    persons = Persons.NEVER.value
    lists_responsible = False


class RedListFactory(SeriousListFactory):
    nature = Nature.RED.value
    basis_rank = Rank.POLICY.value
    term_months = 12
    may_exit = False
    exit_months = None


class WatchListFactory(SeriousListFactory):
    nature = Nature.WATCH.value
    basis_rank = Rank.POLICY.value
    term_months = 6
    publication = Publication.SHARED.value
    persons = Persons.NEVER.value


class EntryRecordFactory(ledger.CreditRecordFactory):
    """What the ledger has of an entry."""

    item = factory.SubFactory(ledger.CatalogueItemFactory, code="YZSX", name="严重失信主体名单信息")
    kind = "list-entry"
    standard = "list-entry"
    document_number = factory.Sequence(lambda n: f"示列决〔2026〕{n}号")
    decided_on = date(2026, 6, 1)


class StandingEntryFactory(ActingFactory):
    """Listed on 1 June 2026, for three years."""

    class Meta:
        model = ListEntry

    record = factory.SubFactory(EntryRecordFactory, decided_on=factory.SelfAttribute("..entered_on"))
    credit_list = factory.SubFactory(SeriousListFactory)
    subject = factory.SelfAttribute("record.subject")
    document_number = factory.SelfAttribute("record.document_number")
    entered_on = date(2026, 6, 1)
    starts_on = factory.SelfAttribute("entered_on")
    ends_on = date(2029, 6, 1)


class PastTermEntryFactory(StandingEntryFactory):
    """Its last day was yesterday, and nobody has ended it."""

    entered_on = date(2023, 11, 22)
    ends_on = TODAY - timedelta(days=1)


class EndedEntryFactory(PastTermEntryFactory):
    ended_on = factory.LazyAttribute(lambda made: made.ends_on + timedelta(days=1))
    ended_way = Way.TERM.value


def said(number: int = 1, **more) -> Listed:
    """What a decision of ours says."""
    given = {
        "document_number": f"示列决〔2026〕{number}号",
        "entered_on": TODAY,
        "facts": "拖欠工资数额较大，经责令限期支付仍未支付。",
        "basis": "《示例条例》第一条",
    }
    return Listed(**given | more)


def enter(row, subject=None, given=None, **more) -> ListEntry:
    """A subject on a list, by the real verb."""
    department = more.pop("department", None) or DepartmentFactory()
    by = more.pop("by", None) or ReviewerFactory(department=department)
    return actions.enter(row, subject or SubjectFactory(), given or said(), department=department, by=by, **more)


def face(entry: ListEntry) -> Disclosure:
    """The public face of an entry."""
    return Disclosure.objects.get(record=entry.record_id)

"""Letters, reviews and breach cases for tests, one factory a kind; the catalogue that their outcomes are entered under."""

from __future__ import annotations

from datetime import date, datetime

import factory
from django.utils import timezone

from casework.models import Case
from casework.rules.attachments import AttachedFile
from commitments.breaches import actions as breaches
from commitments.breaches.rules import BREACH, BreachState, Source
from commitments.models import BreachCase, CommitmentLetter, Matter, MatterEntry, MatterList, Measure, Review
from commitments.rules.kinds import BreachKind, Channel, CommitmentType, MatterKind, MeasureKind, ReviewKind, Unit
from companies.tests.factories import ActiveFactory
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import User
from credit_platform.accounts.tests.factories import ActingFactory, ClerkFactory, DepartmentFactory, ReviewerFactory
from credit_platform.audit.context import acting
from credit_platform.editions.rules import EditionState
from records.models import CatalogueEntry
from records.tests import factories as ledger

TODAY = date(2026, 11, 23)
PDF = AttachedFile("送达回证.pdf", b"%PDF-1.4 tested")


def at(day: date, monkeypatch) -> None:
    """It is ten in the morning of a day."""
    moment = timezone.make_aware(datetime(day.year, day.month, day.day, 10, 0))
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def catalogue() -> None:
    """The three items that letters, reviews and decisions are entered under."""
    for code, standard in (("XYCN", "commitment"), ("XYLY", "commitment-fulfilment"), ("XYWN", "commitment-breach")):
        ledger.CatalogueEntryFactory(
            item=ledger.CatalogueItemFactory(code=code, name=standard),
            category="commitment",
            standard=standard,
            publication=CatalogueEntry.Publication.ON_ENTRY,
            nature=CatalogueEntry.Nature.NEGATIVE if code == "XYWN" else CatalogueEntry.Nature.NEUTRAL,
        )


class MatterListFactory(ActingFactory):
    class Meta:
        model = MatterList
        django_get_or_create = ("code",)

    code = "list-2020"
    name = "示例市承诺事项清单"
    basis = "示例文件"
    state = EditionState.ISSUED.value
    valid_from = date(2020, 10, 31)


class MatterFactory(ActingFactory):
    class Meta:
        model = Matter

    code = factory.Sequence(lambda n: f"SX{n:05d}")
    name = "食品经营许可（仅销售预包装食品）"


class EntryFactory(ActingFactory):
    class Meta:
        model = MatterEntry

    edition = factory.SubFactory(MatterListFactory)
    matter = factory.SubFactory(MatterFactory)
    kind = MatterKind.POWER.value
    department = factory.SubFactory(DepartmentFactory)
    commitment_type = CommitmentType.APPROVAL.value
    subject_kinds = ["legal", "sole_trader"]
    who = "符合条件的市场主体"
    notice = "办理前请知悉各项条件。"
    every = 6
    every_unit = Unit.MONTH.value
    random_share = 10


class MeasureFactory(ActingFactory):
    class Meta:
        model = Measure

    code = factory.Sequence(lambda n: f"CS{n:04d}")
    name = "一年内不再适用告知承诺"
    kind = MeasureKind.BAR.value
    months = 12
    basis = "国办发〔2020〕42号"
    valid_from = date(2020, 11, 30)


class LetterRecordFactory(ledger.CreditRecordFactory):
    """A letter as the ledger has it."""

    item = factory.SubFactory(ledger.CatalogueItemFactory, code="XYCN", name="信用承诺信息")
    kind = "commitment"
    standard = "commitment"
    title = "食品经营许可（仅销售预包装食品）"
    document_number = factory.Sequence(lambda n: f"CN2026{n:06d}")
    decided_on = date(2026, 5, 11)
    valid_until = None
    content = factory.LazyAttribute(
        lambda made: {
            "CN_BM": made.document_number,
            "CN_SXMC": made.title,
            "CN_NR": "承诺符合全部条件。",
            "CN_GKSX": "社会公开",
        }
    )


class LetterFactory(ActingFactory):
    """A letter of May 2026 under an entry of the list, 履行中, nothing due."""

    class Meta:
        model = CommitmentLetter

    entry = factory.SubFactory(EntryFactory)
    department = factory.SelfAttribute("entry.department")
    matter = factory.SelfAttribute("entry.matter")
    record = factory.SubFactory(LetterRecordFactory, authority=factory.SelfAttribute("..department"))
    code = factory.SelfAttribute("record.document_number")
    subject = factory.SelfAttribute("record.subject")
    commitment_type = factory.SelfAttribute("entry.commitment_type")
    channel = Channel.DESK.value
    made_on = factory.SelfAttribute("record.decided_on")


class DueLetterFactory(LetterFactory):
    next_review_on = TODAY
    next_review_kind = ReviewKind.FIRST.value


class ShortfallLetterFactory(LetterFactory):
    entry = factory.SubFactory(EntryFactory, commitment_type=CommitmentType.SHORTFALL.value, shortfall_after=20)
    shortfall_papers = "房屋租赁合同"
    shortfall_due_on = TODAY


class ReviewFactory(ActingFactory):
    """Open, due today."""

    class Meta:
        model = Review

    letter = factory.SubFactory(LetterFactory)
    department = factory.SelfAttribute("letter.department")
    kind = ReviewKind.PERIODIC.value
    due_on = TODAY


class CandidateFactory(ActingFactory):
    """A case of the desk, drafted by a clerk of the department, with the row of the breach beside it."""

    class Meta:
        model = Case

    letter = factory.SubFactory(LetterFactory)
    kind = BreachKind.UNFULFILLED.value
    source = Source.DESK.value
    facts = "现场核查发现未按承诺配备冷藏设备。"
    procedure = BREACH.slug
    number = factory.Sequence(
        lambda n: f"违诺示例〔2026〕{n:06d}号"
    )  # not the numbers that cases of the demonstration have
    subject = factory.SelfAttribute("letter.subject")
    department = factory.SelfAttribute("letter.department")
    state = BreachState.CANDIDATE.value
    drafted_by = factory.LazyAttribute(lambda made: ClerkFactory(department=made.department))
    drafted_on = TODAY
    moved_on = factory.SelfAttribute("drafted_on")

    @classmethod
    def _create(cls, model, *args, **given):
        own = {name: given.pop(name) for name in ("letter", "kind", "source", "facts")}
        case = super()._create(model, *args, **given)
        with acting(SYSTEM):
            BreachCase.objects.create(case=case, **own)
        return case


def step(case: Case, verb: str, by: User | None = None, **more) -> Case:
    """Carry a case one step on, by the person whom it falls to."""
    handler = case.drafted_by or ClerkFactory(department=case.department)
    reviewer = ReviewerFactory(department=case.department)
    codes = list(case.own.letter.entry.measures.values_list("code", flat=True)) if case.own.letter.entry else []
    given = {
        "notify": {"by": handler, "notice": "告知事实、依据、措施和权利。", "intended": codes},
        "serve": {"by": handler, "how": "直接送达", "on": TODAY, "proof": [PDF]},
        "hear": {"by": handler, "statement": "设备正在采购。", "on": TODAY},
        "determine": {
            "by": reviewer,
            "reasons": "事实清楚，证据充分。",
            "considered": "采购不影响承诺时的事实，不予采纳。",
        },
        "decide": {"by": reviewer, "document_number": "示市监诺决〔2026〕1号", "measures": codes},
        "respond": {"by": by or ActiveFactory(subject=case.subject), "statement": "设备已到货。"},
        "dismiss": {"by": reviewer, "reason": "核实不构成违诺。"},
        "annul": {"by": reviewer, "reason": "行政复议决定撤销。", "public_note": "该决定已依法撤销。"},
    }[verb] | more
    if by is not None:
        given["by"] = by
    return getattr(breaches, verb)(case, **given)


def case_in(state: str, **more) -> Case:
    """A case brought to a state by its real steps; its matter has one measure with a bar of twelve months."""
    case = CandidateFactory(**more)
    if not case.own.letter.entry.measures.exists():
        case.own.letter.entry.measures.add(MeasureFactory())
    way = {
        "candidate": (),
        "notified": ("notify",),
        "served": ("notify", "serve"),
        "heard": ("notify", "serve", "hear"),
        "determined": ("notify", "serve", "hear", "determine"),
        "decided": ("notify", "serve", "hear", "determine", "decide"),
        "dismissed": ("dismiss",),
        "annulled": ("notify", "serve", "hear", "determine", "decide", "annul"),
    }[state]
    for verb in way:
        case = step(case, verb)
    return case

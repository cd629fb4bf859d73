"""What a check needs, ready made: a field with measures, a matter, subjects of whom something is known; everything made up."""

from __future__ import annotations

import secrets
from datetime import date

import factory

from checks.actions.asking import Answer, Setting, ask
from checks.actions.register import keep_register
from checks.models import Check, CheckMatter
from checks.rules.questions import Question
from checks.rules.states import Channel
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ActingFactory, ApiClientFactory
from records.tests.factories import CreditRecordFactory, SubjectFactory
from sanctions.lists.models import ListEntry
from sanctions.lists.tests.factories import RedListFactory, SeriousListFactory, StandingEntryFactory, WatchListFactory
from sanctions.measures.rules import Term
from sanctions.measures.tests.factories import BanEntryFactory, FieldFactory, RewardEntryFactory, WeighedEntryFactory

TODAY = date(2026, 11, 23)
PROCUREMENT, FOOD = "HC-ZFCG", "HC-SPJY"


class MatterFactory(ActingFactory):
    """A matter that no field of measures names."""

    class Meta:
        model = CheckMatter

    code = factory.Sequence(lambda n: f"T-{n:04d}")
    name = "示例许可"
    basis = "示例依据"
    valid_from = date(2020, 12, 31)


def measures() -> None:
    """Procurement: firms of the list CZ must be kept out, every serious entry is weighed; a reward for red entries. Then the register is made."""
    FieldFactory()
    FieldFactory(code="food", name="食品生产经营许可")
    BanEntryFactory(measure__code="M01a", lists=["CZ"], term=Term.ENTRY.value, months_least=None, months_most=None)
    WeighedEntryFactory(measure__code="M10")
    RewardEntryFactory(measure__code="I01")
    keep_register(on=TODAY, by=SYSTEM)


def client(*scopes: str):
    """An API client that may ask; its key is in `.key`."""
    key = secrets.token_urlsafe(32)
    made = ApiClientFactory(scopes=list(scopes or ("checks.ask",)), key=key)
    made.key = key
    return made


def setting(by=None, *, matter: str = PROCUREMENT, channel: Channel = Channel.API) -> Setting:
    by = by or client()
    return Setting(by, by.department.name, matter, "procurement", channel)


def asked(subject, by=None, *, matter: str = PROCUREMENT, case_number: str = "办〔2026〕1号", **more) -> Answer:
    """One check of a subject by its code."""
    return ask(Question(case_number, subject.code or "", **more), setting(by, matter=matter))


def check_of(answer: Answer) -> Check:
    return Check.objects.get(number=answer.payload["receipt"])


def listed(subject=None, *, code: str = "SY-1", **more) -> ListEntry:
    """A subject on a serious list since June, its state kept."""
    return _kept(SeriousListFactory, subject, code, more)


def barred(subject=None, **more) -> ListEntry:
    """A subject on the list that keeps it out of procurement."""
    return _kept(SeriousListFactory, subject, "CZ", more)


def watched(subject=None, **more) -> ListEntry:
    """A subject on a list that is not public."""
    return _kept(WatchListFactory, subject, "ZD-1", more)


def rewarded(subject=None, **more) -> ListEntry:
    return _kept(RedListFactory, subject, "HB-1", more)


def _kept(made: type[SeriousListFactory], subject, code: str, more: dict[str, object]) -> ListEntry:
    from checks.actions.states import keep

    entry = StandingEntryFactory(record__subject=subject or SubjectFactory(), credit_list=made(code=code), **more)
    keep([entry.subject_id], on=TODAY)
    return entry


def fined(subject, wan: str = "250", *, decided_on: date = date(2025, 5, 6), kinds: str = "罚款"):
    """A penalty that counts as a 重大违法记录, its state kept."""
    from checks.actions.states import keep

    record = CreditRecordFactory(subject=subject, decided_on=decided_on)
    record.content |= {"CF_CFLB": kinds, "CF_NR_FK": wan}
    record.save()
    keep([subject.pk], on=TODAY)
    return record

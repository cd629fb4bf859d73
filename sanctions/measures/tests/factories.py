"""Editions of the list of measures for tests: everything made up."""

from __future__ import annotations

from datetime import date

import factory

from credit_platform.accounts.tests.factories import ActingFactory
from credit_platform.editions.rules import EditionState
from sanctions.measures.models import MatterField, Measure, MeasureEntry, MeasureList
from sanctions.measures.rules import Force, MeasureKind, Term, Whom


class IssuedListFactory(ActingFactory):
    """In force since 2022."""

    class Meta:
        model = MeasureList
        django_get_or_create = ("code",)

    code = "cs-2022"
    name = "示例联合奖惩措施清单"
    basis = "示例发布文件"
    state = EditionState.ISSUED.value
    valid_from = date(2022, 1, 1)


class DraftListFactory(IssuedListFactory):
    code = factory.Sequence(lambda n: f"cs-draft-{n}")
    state = EditionState.DRAFT.value
    valid_from = date(2027, 1, 1)


class MeasureFactory(ActingFactory):
    class Meta:
        model = Measure
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"T{n:03d}")
    name = factory.LazyAttribute(lambda made: f"示例措施{made.code}")


class FieldFactory(ActingFactory):
    class Meta:
        model = MatterField
        django_get_or_create = ("code",)

    code = "procurement"
    name = "政府采购"


class WeighedEntryFactory(ActingFactory):
    """Weighed in government procurement, for everybody on a serious list, as long as the entry stands."""

    class Meta:
        model = MeasureEntry
        skip_postgeneration_save = True

    edition = factory.SubFactory(IssuedListFactory)
    measure = factory.SubFactory(MeasureFactory)
    kind = MeasureKind.MANAGING.value
    force = Force.WEIGH.value
    whom = Whom.BOTH.value
    lists = ("@serious",)
    matters = ("procurement",)
    term = Term.ENTRY.value
    authority = "示例主管部门"
    basis = "《示例条例》第二条"
    legal_text = "有关部门应当将其作为重要考量因素。"

    @factory.post_generation
    def departments(self, create, given, **options):
        self.departments.set(given or [])


class BanEntryFactory(WeighedEntryFactory):
    """Firms must be kept out, for one to three years as decided."""

    kind = MeasureKind.LIMITING.value
    force = Force.MUST.value
    whom = Whom.FIRM.value
    term = Term.DECIDED.value
    months_least = 12
    months_most = 36


class AutonomousEntryFactory(WeighedEntryFactory):
    kind = MeasureKind.AUTONOMOUS.value
    force = Force.INFORM.value
    matters = ("finance",)


class RewardEntryFactory(WeighedEntryFactory):
    kind = MeasureKind.REWARDING.value
    whom = Whom.FIRM.value
    lists = ("@red",)

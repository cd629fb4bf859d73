"""One edition a state, and an entry of it."""

from __future__ import annotations

from datetime import date

import factory

from credit_platform.accounts.tests.factories import ActingFactory
from credit_platform.editions.rules import EditionState
from credit_platform.editions.tests.toy.models import Toy, ToyEdition, ToyEntry

FIRST, SECOND = date(2026, 1, 1), date(2026, 7, 1)


class ToyFactory(ActingFactory):
    class Meta:
        model = Toy
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"T-{n}")
    name = factory.LazyAttribute(lambda toy: f"事项{toy.code}")


class DraftEditionFactory(ActingFactory):
    class Meta:
        model = ToyEdition
        django_get_or_create = ("code",)

    code = "draft"
    name = "编制中的清单"
    basis = "示例文件"
    state = EditionState.DRAFT.value
    valid_from = SECOND


class IssuedEditionFactory(DraftEditionFactory):
    code = "issued"
    name = "现行的清单"
    state = EditionState.ISSUED.value
    valid_from = FIRST


class RepealedEditionFactory(DraftEditionFactory):
    code = "repealed"
    name = "废止的清单"
    state = EditionState.REPEALED.value
    valid_from = FIRST


class EntryFactory(ActingFactory):
    class Meta:
        model = ToyEntry

    edition = factory.SubFactory(DraftEditionFactory)
    toy = factory.SubFactory(ToyFactory)
    kind = "may"
    months = 12
    basis = "示例办法"


OF_STATE = {
    EditionState.DRAFT: DraftEditionFactory,
    EditionState.ISSUED: IssuedEditionFactory,
    EditionState.REPEALED: RepealedEditionFactory,
}

"""Versions of the model as the rules read them."""

from __future__ import annotations

from collections.abc import Iterable

from credit_platform.errors import Finding
from records.queries.ledger import kinds
from supervision.grading.models import GradingModel, Trial
from supervision.grading.rules import model as rules
from supervision.grading.rules.model import Model, Rounding
from supervision.grading.rules.states import TrialState


def in_use() -> GradingModel | None:
    """The adopted version, None before the first."""
    return GradingModel.objects.adopted().select_related("scheme").first()


def model_of(row: GradingModel) -> Model:
    """A version with its lines and bands; three questions."""
    return Model(
        base=row.base,
        least=row.least,
        most=row.most,
        places=row.places,
        rounding=Rounding(row.rounding),
        indicators=tuple(
            rules.Indicator(each.code, each.name, each.selection, each.points, each.weight, each.cap)
            for each in row.indicators.all()
        ),
        direct=tuple(
            rules.DirectRule(each.code, each.name, each.selection, each.grade) for each in row.directrules.all()
        ),
        bands=tuple(rules.Band(each.grade, each.lowest, each.highest) for each in row.bands.all()),
    )


def against(row: GradingModel) -> Iterable[Finding]:
    """What stands against trying and adopting a version."""
    return rules.unsound(model_of(row), row.scheme.scale, [code for code, _ in kinds()])


def counted_kinds() -> frozenset[str]:
    """The kinds of records that the version in use counts; nothing before the first."""
    row = in_use()
    if row is None:
        return frozenset()
    lines = (*row.indicators.all(), *row.directrules.all())
    return frozenset(kind for line in lines for kind in line.kinds)


def last_trial(row: GradingModel) -> Trial | None:
    """The last finished dry run of a version as it stands: one of an earlier wording does not count."""
    done = row.trials.filter(state=TrialState.DONE.value, of_version=row.version)
    return done.order_by("-pk").first()

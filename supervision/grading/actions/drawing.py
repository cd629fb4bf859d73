"""Drawing up a version of the model: begun empty or from another one, edited as a draft, discarded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models
from django.db.models import Max
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actions.validation import check
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.editions.actions import as_kept
from credit_platform.errors import Refused
from credit_platform.web.once import require_version
from supervision.grading import start_model
from supervision.grading.models import Band, DirectRule, GradeScheme, GradingModel, Indicator
from supervision.grading.rules.permissions import DRAW
from supervision.grading.rules.schemes import Source
from supervision.grading.rules.states import next_state

LINES: tuple[type[Indicator | DirectRule | Band], ...] = (Indicator, DirectRule, Band)
HEAD = ("basis", "base", "least", "most", "places", "rounding")
"""What a version says of itself beside its name."""
Part = TypeVar("Part", Indicator, DirectRule, Band)


def draw_up(name: str, *, by: User, basis: str, previous: GradingModel | None = None) -> GradingModel:
    """Begin a version as a draft, with everything of another one, or (None) with the platform's proposal. Who: `grading.models.draw`.

    Refused when no scheme of our own holds today.
    """
    with acting(by):
        policy.require(by, DRAW)
        scheme = GradeScheme.objects.in_force(timezone.localdate()).filter(source=Source.OWN.value).first()
        if scheme is None:
            raise Refused("grading.scheme", "本市没有施行中的分级方案。", mend="请系统管理员登记本市的评价方案。")
        # The scheme is what versions are numbered under: two begun at once do not get one number.
        GradeScheme.objects.select_for_update().get(pk=scheme.pk)
        last = GradingModel.objects.filter(scheme=scheme).aggregate(last=Max("number"))["last"] or 0
        head = {each: getattr(previous, each) for each in HEAD} if previous else start_model.HEAD
        own = {
            "scheme": scheme,
            "number": last + 1,
            "name": name,
            "basis": basis,
            "drawn_by": by,
            "drawn_at": timezone.now(),
        }
        made = GradingModel.objects.create(**head | own)
        for table in LINES:
            add_lines(table, made, _lines(table, previous))
        after = {"number": made.number, "previous": previous.number if previous else None}
        audit.record("grading.model.draw", made, by=by, after=after, basis=basis)
    return made


def save_model(model: GradingModel, values: Mapping[str, Any], *, by: User, version: str) -> GradingModel:
    """Change name, basis, base, line and rounding of a draft. Conflict when it is none any more, or somebody else has changed it."""
    with acting(by):
        row = _editable(model, by=by, version=version)
        before = {name: getattr(row, name) for name in values}
        for name, value in values.items():
            setattr(row, name, value)
        _touched(row, *values)
        audit.record("grading.model.edit", row, by=by, before=_kept(before), after=_kept(values))
    return row


def save_line(
    model: GradingModel,
    table: type[Part],
    values: Mapping[str, Any],
    *,
    by: User,
    version: str,
    line: Part | None = None,
) -> Part:
    """Put an indicator, a direct rule or a band into a draft, or change it there. Errors as `save_model`; Refused for a code that the draft has
    already, and for what its columns do not hold."""
    with acting(by):
        row = _editable(model, by=by, version=version)
        made = line if line is not None else table(model=row)
        before = {name: getattr(made, name) for name in values} if line is not None else {}
        for name, value in values.items():
            setattr(made, name, value)
        check(made, "grading.line")
        made.save()
        _touched(row)
        detail = {"table": table._meta.verbose_name, "line": str(made)}
        audit.record("grading.model.edit", row, by=by, before=_kept(before), after=_kept(values), detail=detail)
    return made


def remove_line(line: Indicator | DirectRule | Band, *, by: User, version: str) -> None:
    """Take a line out of a draft. Errors as `save_model`."""
    with acting(by):
        row = _editable(line.model, by=by, version=version)
        audit.record("grading.model.edit", row, by=by, before={"line": str(line)}, after={"line": None})
        line.delete()
        _touched(row)


def discard(model: GradingModel, *, by: User, reason: str) -> GradingModel:
    """Give a version up that was not proposed. Refused without a reason; Conflict when it is in another state."""
    with acting(by):
        row = locked(model, DRAW, by=by)
        row.state = next_state(row.state, "discard").value
        if not reason.strip():
            raise Refused("grading.reason", "请填写作废理由。")
        row.save(update_fields=["state"])
        audit.record("grading.model.discard", row, by=by, reason=reason.strip())
    return row


def locked(model: GradingModel, permission: str, *, by: User) -> GradingModel:
    """The version as it stands, held until the end of the transaction; Forbidden without the permission."""
    policy.require(by, permission)
    return GradingModel.objects.select_for_update(of=("self",)).select_related("scheme").get(pk=model.pk)


def add_lines(table: type[models.Model], model: GradingModel, lines: Iterable[Mapping[str, Any]]) -> None:
    """Put whole lines into a version that nobody has seen yet."""
    table._default_manager.bulk_create([table(model=model, **given) for given in lines])


def _editable(model: GradingModel, *, by: User, version: str) -> GradingModel:
    row = locked(model, DRAW, by=by)
    next_state(row.state, "edit")
    require_version(row, version)
    return row


def _touched(row: GradingModel, *names: str) -> None:
    row.version += 1
    row.save(update_fields=["version", *names])


def _lines(table: type[models.Model], previous: GradingModel | None) -> Iterable[Mapping[str, Any]]:
    if previous is None:
        return start_model.LINES[table.__name__]
    names = [each.name for each in table._meta.concrete_fields if each.name not in ("id", "model")]
    return table._default_manager.filter(model=previous).values(*names)


def _kept(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the audit keeps them: points and borders as texts, for their decimals count."""
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in as_kept(values).items()}

"""What the validation of rows needs from the database: the register of authorities, exempt codes, the seal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from credit_platform import sealing
from credit_platform.accounts.models import Department
from records.identifiers.idcard import mask_id
from records.models import CodeExemption
from records.standards.row import Context, DepartmentInfo

Register = Callable[[str, date], bool]
"""Whether a code stands in a list in force on a day."""

_registers: dict[str, Callable[[], Register]] = {}


def register_codes(name: str, provider: Callable[[], Register]) -> None:
    """An app above answers for codes of a list that rules ask for; the provider is asked once per form or batch."""
    _registers[name] = provider


def row_context(today: date) -> Context:
    """A fresh context for one form or one batch; asks the database twice, whatever the number of rows."""
    register = {info.code: info for info in map(_info, Department.objects.exclude(uscc=None))}
    return Context(
        today=today,
        received_on=today,
        departments=register.get,
        exempt_codes=frozenset(CodeExemption.objects.values_list("code", flat=True)),
        seal=lambda number: dict(sealing.seal(number, mask_id(number))),
        registers={name: provider() for name, provider in _registers.items()},
    )


def _info(department: Department) -> DepartmentInfo:
    return DepartmentInfo(
        code=department.uscc or "",
        name=department.name,
        valid_from=department.valid_from,
        valid_until=department.valid_until,
        other_names=frozenset({department.short_name} - {""}),
    )

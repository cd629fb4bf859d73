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

Term = Callable[[str, date], date | None]
"""The last day of what began on a day under a code of a list; None when the list sets no term."""

_registers: dict[str, Callable[[], Register]] = {}
_terms: dict[str, Callable[[], Term]] = {}


def register_codes(name: str, provider: Callable[[], Register]) -> None:
    """An app above answers for codes of a list that rules ask for; the provider is asked once per form or batch."""
    _registers[name] = provider


def register_terms(name: str, provider: Callable[[], Term]) -> None:
    """An app above answers until when something holds whose row does not tell; the provider is asked once per form or batch."""
    _terms[name] = provider


def row_context(today: date) -> Context:
    """A fresh context for one form or one batch; asks the database twice and each provider once, whatever the number of rows."""
    register = {info.code: info for info in map(_info, Department.objects.exclude(uscc=None))}
    return Context(
        today=today,
        received_on=today,
        departments=register.get,
        exempt_codes=frozenset(CodeExemption.objects.values_list("code", flat=True)),
        seal=lambda number: dict(sealing.seal(number, mask_id(number))),
        registers={name: provider() for name, provider in _registers.items()},
        terms={name: provider() for name, provider in _terms.items()},
    )


def _info(department: Department) -> DepartmentInfo:
    return DepartmentInfo(
        code=department.uscc or "",
        name=department.name,
        valid_from=department.valid_from,
        valid_until=department.valid_until,
        other_names=frozenset({department.short_name} - {""}),
    )

"""The standards that the platform knows. Local catalogue items are made from their field lists by `fromdict`."""

from __future__ import annotations

from datetime import date

from records.standards.declaration import Standard
from records.standards.declared.acts import ALL_ACTS
from records.standards.declared.commitment import ALL_COMMITMENTS
from records.standards.declared.layouts_2015 import PENALTY_2015, PERMIT_2015
from records.standards.declared.penalty import PENALTY_2018
from records.standards.declared.permit import PERMIT_2018
from records.standards.declared.registration import REGISTRATION

_ALL: dict[str, Standard] = {
    each.code: each
    for each in (PERMIT_2018, PENALTY_2018, *ALL_ACTS, *ALL_COMMITMENTS, REGISTRATION, PERMIT_2015, PENALTY_2015)
}


def get(code: str) -> Standard:
    """The standard with that code; KeyError when there is none."""
    return _ALL[code]


def all() -> tuple[Standard, ...]:  # noqa: A001 - reads as registry.all()
    """Every standard, the current ones first."""
    return tuple(_ALL.values())


def current_for(kind: str, day: date | None = None) -> Standard:
    """The standard of a kind (permit, penalty, act-award …) to fill in on a day, by default the newest; KeyError when there is none."""
    fitting = [each for each in _ALL.values() if each.kind == kind and (day is None or each.current_on(day))]
    if not fitting:
        raise KeyError(kind)
    return max(fitting, key=lambda each: (not each.accepted_as, each.valid_from or date.min))

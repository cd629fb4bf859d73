"""The standards that the platform knows: those of the ledger, and those that an app above registers in its AppConfig.ready().

Local catalogue items are made from their field lists by `fromdict`.
"""

from __future__ import annotations

from records.standards.declaration import Standard
from records.standards.declared.acts import ALL_ACTS
from records.standards.declared.layouts_2015 import PENALTY_2015, PERMIT_2015
from records.standards.declared.penalty import PENALTY_2018
from records.standards.declared.permit import PERMIT_2018
from records.standards.declared.registration import REGISTRATION

_ALL: dict[str, Standard] = {
    each.code: each for each in (PERMIT_2018, PENALTY_2018, *ALL_ACTS, REGISTRATION, PERMIT_2015, PENALTY_2015)
}


def register(*standards: Standard) -> None:
    """The owner of standards tells them; the same again is harmless. ValueError when a code is another's already."""
    for each in standards:
        if _ALL.setdefault(each.code, each) is not each:
            raise ValueError(f"the standard {each.code} is registered twice")


def get(code: str) -> Standard:
    """The standard with that code; KeyError when there is none."""
    return _ALL[code]


def all() -> tuple[Standard, ...]:  # noqa: A001 - reads as registry.all()
    """Every standard, the current ones first."""
    return tuple(sorted(_ALL.values(), key=lambda each: bool(each.accepted_as)))


def choices() -> list[tuple[str, str]]:
    """For a field of a form, asked when it is shown: all apps have registered by then."""
    return [(each.code, f"{each.name}（{each.version}）") for each in all()]

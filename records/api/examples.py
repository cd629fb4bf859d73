"""Examples of the documentation: one push for every current data standard, all invented."""

from __future__ import annotations

from datetime import date

from drf_spectacular.utils import OpenApiExample

from records.standards import registry
from records.standards.example import example_row

DAY = date(2026, 11, 1)
"""Code tables of this day: examples do not change from one day to the next."""


def pushes() -> list[OpenApiExample]:
    """A push of one row for each current standard."""
    return [
        OpenApiExample(
            each.code,
            summary=each.name,
            description=f"字段说明见 /api/v1/standards/{each.code}/",
            value={"standard": each.code, "rows": [example_row(each, DAY)]},
            request_only=True,
        )
        for each in registry.all()
        if each.current_on(DAY)
    ]

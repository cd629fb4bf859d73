"""Addresses of the same page with other parameters. Pure."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict


def with_params(params: QueryDict, /, **changes: Any) -> str:
    """`?…` of the current parameters with some replaced; None or "" removes one. A changed filter or order starts at the
    first page, so `cursor` and `export` go unless they are given."""
    copy = params.copy()
    for moving in ("cursor", "export"):
        copy.pop(moving, None)
    for name, value in changes.items():
        copy.pop(name, None)
        if value not in (None, ""):
            copy[name] = str(value)
    return f"?{copy.urlencode()}" if copy else "?"

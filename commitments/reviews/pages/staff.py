"""The tabs of a list."""

from __future__ import annotations


def tabs(scopes: dict[str, str], current: str) -> list[dict[str, object]]:
    """The tabs of a list's scopes."""
    return [{"label": label, "url": f"?scope={key}", "current": key == current} for key, label in scopes.items()]

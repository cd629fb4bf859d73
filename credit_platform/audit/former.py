"""Names under which the trail knows a kind of object from before: its lines are never rewritten when a table moves to another app.

    former.declare("<app>.<model>", "<former app>.<model>")       in AppConfig.ready() of the app that has it now

The history of a row lies under the name of its table, which is the same with an underscore.
"""

from __future__ import annotations

_before: dict[str, list[str]] = {}
_now: dict[str, str] = {}


def declare(now: str, *before: str) -> None:
    """A kind of object (`app.model`, lower case) and what it was called before; the same again is once."""
    _before[now] = list(before)
    _now.update(dict.fromkeys(before, now))


def today(object_type: str) -> str:
    """What a kind of object is called now."""
    return _now.get(object_type, object_type)


def names(object_type: str) -> list[str]:
    """All names under which the trail holds a kind of object: its own first."""
    return [object_type, *_before.get(object_type, [])]


def tables(table: str) -> list[str]:
    """All names under which the history holds the rows of a table: its own first."""
    before = next((old for now, old in _before.items() if now.replace(".", "_") == table), [])
    return [table, *(name.replace(".", "_") for name in before)]

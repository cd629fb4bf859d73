"""The migration operation that counts what happens to a table.

dependencies = [("freshness", "0001_initial"), …]
operations = [CountChanges("disclosure_disclosure", seen="state NOT IN ('draft', 'submitted')")]
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from credit_platform.audit.history import Triggers, plain_name

EVENTS = {"INSERT": "new", "UPDATE": "both", "DELETE": "old"}
TABLES = {
    "new": "REFERENCING NEW TABLE AS new_rows",
    "old": "REFERENCING OLD TABLE AS old_rows",
    "both": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
}


class CountChanges(Triggers):
    """Leave a mark for every statement that changes rows of `table` which pages show.

    `seen`: a condition in SQL, true of the rows that a page may show (before or after the change); without it every row counts.
    `events`: what counts; a table whose new rows nobody sees before another table names them leaves INSERT out.
    """

    def __init__(self, table: str, seen: str = "true", events: Sequence[str] = tuple(EVENTS)) -> None:
        self.table = plain_name(table)
        self.seen = seen
        self.events = tuple(events)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [], {"table": self.table, "seen": self.seen, "events": self.events}

    def describe(self) -> str:
        return f"Count what happens to {self.table}"

    def statements(self) -> tuple[list[str], list[str]]:
        seen = self.seen.replace("'", "''")
        forwards = [
            f"CREATE TRIGGER {self.table}_counted_{event[0].lower()} AFTER {event} ON {self.table} {TABLES[EVENTS[event]]} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION freshness_mark_{EVENTS[event]}('{seen}')"
            for event in self.events
        ]
        backwards = [
            f"DROP TRIGGER IF EXISTS {self.table}_counted_{event[0].lower()} ON {self.table}" for event in EVENTS
        ]
        return forwards, backwards

"""Migration operations that install the triggers of history and of append-only tables.

    dependencies = [("audit", "0002_triggers"), …]
    operations = [KeepHistory("records_creditrecord"), AppendOnly("disclosure_change")]

The triggers are per statement with transition tables, so that a bulk change of a hundred thousand rows costs one
INSERT … SELECT and not a hundred thousand calls.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

NAME = re.compile(r"^[a-z_][a-z0-9_]{0,45}\Z")


def plain_name(value: str) -> str:
    if not NAME.match(value):
        raise ValueError(f"not a plain table or column name: {value!r}")
    return value


class Triggers(Operation, ABC):
    """Statements forwards and backwards; no change to the model state."""

    reversible = True
    reduces_to_sql = True

    @abstractmethod
    def statements(self) -> tuple[list[str], list[str]]:
        """What is done forwards, and what undoes it."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        return None

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: ProjectState) -> None:
        for statement in self.statements()[0]:
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: ProjectState) -> None:
        for statement in self.statements()[1]:
            schema_editor.execute(statement, params=None)


class KeepHistory(Triggers):
    """Keep the old version of every changed or deleted row of `table`, and refuse TRUNCATE.

    `exclude`: columns whose values are never copied (password hashes, ciphers). `quiet`: columns whose change alone
    keeps nothing (a moment of last use). An INSERT keeps a line only when nobody has said who acts.
    """

    def __init__(self, table: str, pk: str = "id", exclude: Sequence[str] = (), quiet: Sequence[str] = ()) -> None:
        self.table = plain_name(table)
        self.pk = plain_name(pk)
        self.exclude = tuple(plain_name(column) for column in exclude)
        self.quiet = tuple(plain_name(column) for column in quiet)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (
            self.__class__.__name__,
            [],
            {"table": self.table, "pk": self.pk, "exclude": self.exclude, "quiet": self.quiet},
        )

    def describe(self) -> str:
        return f"Keep the history of {self.table}"

    def statements(self) -> tuple[list[str], list[str]]:
        table = self.table
        exclude, quiet = ("{" + ",".join(columns) + "}" for columns in (self.exclude, self.quiet))
        arguments = f"'{self.pk}', '{exclude}', '{quiet}'"
        on_update = "audit_keep_changed" if self.quiet else "audit_keep_old"
        both = " NEW TABLE AS new_rows" if self.quiet else ""
        forwards = [
            f"CREATE TRIGGER {table}_history_i AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows "
            f"FOR EACH STATEMENT EXECUTE FUNCTION audit_keep_stray({arguments})",
            f"CREATE TRIGGER {table}_history_u AFTER UPDATE ON {table} REFERENCING OLD TABLE AS old_rows{both} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {on_update}({arguments})",
            f"CREATE TRIGGER {table}_history_d AFTER DELETE ON {table} REFERENCING OLD TABLE AS old_rows "
            f"FOR EACH STATEMENT EXECUTE FUNCTION audit_keep_old({arguments})",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
        ]
        names = ("history_i", "history_u", "history_d", "no_truncate")
        return forwards, [f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}" for name in names]


class KeepUnlessResealed(Triggers):
    """Let the UPDATE trigger that `KeepHistory` made on `table` keep nothing for a row that was only sealed anew.

    `exclude` as there; `tokens`: columns of tokens and look-up hashes (depends on `("audit", "0007_resealing")`).
    """

    def __init__(self, table: str, pk: str = "id", exclude: Sequence[str] = (), tokens: Sequence[str] = ()) -> None:
        self.table = plain_name(table)
        self.pk = plain_name(pk)
        self.exclude = tuple(plain_name(column) for column in exclude)
        self.tokens = tuple(plain_name(column) for column in tokens)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (
            self.__class__.__name__,
            [],
            {"table": self.table, "pk": self.pk, "exclude": self.exclude, "tokens": self.tokens},
        )

    def describe(self) -> str:
        return f"Keep no history of {self.table} when it is only sealed anew"

    def statements(self) -> tuple[list[str], list[str]]:
        name = f"{self.table}_history_u"
        exclude, tokens = ("{" + ",".join(columns) + "}" for columns in (self.exclude, self.tokens))
        drop, create = f"DROP TRIGGER {name} ON {self.table}", f"CREATE TRIGGER {name} AFTER UPDATE ON {self.table}"
        each = "FOR EACH STATEMENT EXECUTE FUNCTION"
        return [
            drop,
            f"{create} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows "
            f"{each} audit_keep_unless_resealed('{self.pk}', '{exclude}', '{tokens}')",
        ], [drop, f"{create} REFERENCING OLD TABLE AS old_rows {each} audit_keep_old('{self.pk}', '{exclude}', '{{}}')"]


class AppendOnly(Triggers):
    """Refuse UPDATE, DELETE and TRUNCATE on `table`, whoever asks.

    `once`: columns that may be filled in later, a single time: an UPDATE passes when it turns NULL of these columns into a value and
    touches nothing else (depends on `("audit", "0004_once")`).
    """

    def __init__(self, table: str, once: Sequence[str] = ()) -> None:
        self.table = plain_name(table)
        self.once = tuple(plain_name(column) for column in once)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [], {"table": self.table} | ({"once": self.once} if self.once else {})

    def describe(self) -> str:
        return f"Make {self.table} append-only"

    def statements(self) -> tuple[list[str], list[str]]:
        table = self.table
        refuse = "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        refused = "DELETE" if self.once else "UPDATE OR DELETE"
        forwards = [
            f"CREATE TRIGGER {table}_append_only BEFORE {refused} ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} {refuse}",
        ]
        if self.once:
            columns = "{" + ",".join(self.once) + "}"
            forwards.append(
                f"CREATE TRIGGER {table}_once AFTER UPDATE ON {table} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows "
                f"FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_but_once('{columns}')"
            )
        return forwards, [
            f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}" for name in ("append_only", "no_truncate", "once")
        ]

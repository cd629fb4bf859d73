"""What the province has: items with their versions, and what it answered to each key; an SQLite file, written before it is answered."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from exchange.rules.messages import Result, Verb, digest, parsed_key
from exchange.rules.statements import Copy, months
from exchange.simulator.behaviours import REJECTED, REJECTED_OF, Behaviour

TABLES = """
CREATE TABLE IF NOT EXISTS item (kind TEXT, key TEXT, version INTEGER, digest TEXT, month TEXT, body TEXT, verb TEXT, PRIMARY KEY (kind, key));
CREATE TABLE IF NOT EXISTS answered (key TEXT PRIMARY KEY, result TEXT, rule TEXT, field TEXT, text TEXT);
CREATE TABLE IF NOT EXISTS applied (place INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT, key TEXT, version INTEGER, verb TEXT);
CREATE TABLE IF NOT EXISTS parcel (name TEXT PRIMARY KEY, keys TEXT);
CREATE TABLE IF NOT EXISTS counted (what TEXT PRIMARY KEY, number INTEGER);
"""


class Province:
    """The other side's data base. Every parcel is one transaction: killed in it, nothing of it was ever there."""

    def __init__(self, file: Path, behaviour: Behaviour = Behaviour.HONEST) -> None:
        self.behaviour = behaviour
        self._lock = threading.Lock()
        self._data = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._data.execute("PRAGMA journal_mode = WAL")
        self._data.execute("PRAGMA synchronous = FULL")
        self._data.executescript(TABLES)

    def close(self) -> None:
        """Let the file go."""
        self._data.close()

    def receive(self, name: str, kind: str, rows: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
        """Apply a parcel row by row, and answer each; the same key again is a duplicate, an older version is stale."""
        with self._lock:
            self._data.execute("BEGIN IMMEDIATE")
            try:
                receipts = [self._receive_one(kind, row) for row in rows]
                keys = "\n".join(str(row.get("key")) for row in rows)
                self._data.execute("INSERT OR REPLACE INTO parcel VALUES (?, ?)", (name, keys))
                self._data.execute("COMMIT")
            except BaseException:
                self._data.execute("ROLLBACK")
                raise
        return receipts

    def of_parcel(self, name: str) -> list[dict[str, str]]:
        """The receipts of a parcel that was taken."""
        row = self._data.execute("SELECT keys FROM parcel WHERE name = ?", (name,)).fetchone()
        return self.status(row[0].split("\n")) if row else []

    def status(self, keys: Sequence[str]) -> list[dict[str, str]]:
        """What became of idempotency keys; absent for what never came."""
        return [self._answered(key) or _receipt(key, Result.ABSENT) for key in keys]

    def months(self, kind: str) -> dict[str, dict[str, object]]:
        """The statement by month."""
        return {
            month: {"count": each.count, "digest": each.digest} for month, each in months(self.copies(kind)).items()
        }

    def copies(self, kind: str, only: Sequence[str] | None = None) -> list[Copy]:
        """What it shows, item by item."""
        rows = self._data.execute(
            "SELECT key, version, digest, month FROM item WHERE kind = ? AND verb = ?", (kind, Verb.UPSERT.value)
        )
        return [copy for copy in (Copy(*row) for row in rows) if only is None or copy.month in only]

    def applied(self) -> list[tuple[str, int, str]]:
        """Key, version and verb in the order in which they were applied."""
        return list(self._data.execute("SELECT key, version, verb FROM applied ORDER BY place"))

    def every(self, what: str, number: int) -> bool:
        """Whether this is the 2nd, 4th … (3rd, 6th …) of its sort, counted in the file: also after a death."""
        with self._lock:
            self._data.execute(
                "INSERT INTO counted VALUES (?, 1) ON CONFLICT (what) DO UPDATE SET number = number + 1", (what,)
            )
            count = self._data.execute("SELECT number FROM counted WHERE what = ?", (what,)).fetchone()[0]
        return bool(count % number == 0)

    def _receive_one(self, kind: str, row: dict[str, Any]) -> dict[str, str]:
        key = str(row.get("key"))
        former = self._answered(key)
        if former is not None and former["result"] != Result.REJECTED:
            return former | {"result": Result.DUPLICATE.value}
        receipt = self._judge(kind, row)
        self._data.execute(
            "INSERT OR REPLACE INTO answered VALUES (?, ?, ?, ?, ?)",
            [receipt[name] for name in ("key", "result", "rule", "field", "text")],
        )
        return receipt

    def _judge(self, kind: str, row: dict[str, Any]) -> dict[str, str]:
        name = str(row.get("key"))
        parsed = parsed_key(name)
        if parsed is None:
            return _receipt(name, Result.REJECTED, "key", "key", "幂等键不合规则。")
        key, version = parsed
        verb, body = str(row.get("verb")), str(row.get("body"))
        if digest(key, version, verb, body) != row.get("digest"):
            return _receipt(name, Result.REJECTED, "digest", "digest", "内容与摘要不符。")
        if self._dislikes(key, version):
            return _receipt(name, Result.REJECTED, "subject.unknown", "subject_code", "主体代码在本库中不存在。")
        there = self._data.execute("SELECT version FROM item WHERE kind = ? AND key = ?", (kind, key)).fetchone()
        if there is not None and there[0] >= version:
            return _receipt(name, Result.STALE)
        self._data.execute(
            "INSERT OR REPLACE INTO item VALUES (?, ?, ?, ?, ?, ?, ?)",
            (kind, key, version, row["digest"], str(row.get("month")), body, verb),
        )
        self._data.execute(
            "INSERT INTO applied (kind, key, version, verb) VALUES (?, ?, ?, ?)", (kind, key, version, verb)
        )
        return _receipt(name, Result.ACCEPTED)

    def _dislikes(self, key: str, version: int) -> bool:
        """Three first versions of every 500 that it never saw before."""
        if self.behaviour is not Behaviour.REJECTING or version > 1:
            return False
        known = self._data.execute("SELECT count(*) FROM answered").fetchone()[0]
        return bool(known % REJECTED_OF < REJECTED)

    def _answered(self, key: str) -> dict[str, str] | None:
        row = self._data.execute("SELECT key, result, rule, field, text FROM answered WHERE key = ?", (key,)).fetchone()
        return dict(zip(("key", "result", "rule", "field", "text"), row, strict=True)) if row else None


def _receipt(key: str, result: Result, rule: str = "", field: str = "", text: str = "") -> dict[str, str]:
    return {"key": key, "result": result.value, "rule": rule, "field": field, "text": text}

"""The embedded servers: PostgreSQL and Valkey for whoever has neither.

One place finds or starts them (`ensure_postgres`, `ensure_valkey`), so that `make run`, the tests and any management
command share the same two servers. They listen on unix sockets in a private temp folder only; the folder is recorded in
`var/servers.json`. Nothing here runs when DATABASE_URL and REDIS_URL are given.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from credit_platform.embedded import postgres, valkey
from credit_platform.embedded.processes import ServerError

__all__ = ["ServerError", "ensure_postgres", "ensure_valkey", "in_use", "keep", "remove", "status", "stop"]

PREFIX = "credit-"
LONGEST_SOCKET_FOLDER = 70  # a unix socket path must stay under 104 bytes, the names inside take up to 20


@dataclass(slots=True)
class Notes:
    """What `var/servers.json` remembers: where the sockets are, which servers were seen ready, and whether they stay.

    Servers stay when a single command started them; they go with the last long run when one of those did.
    """

    folder: Path
    ready: set[str]
    stays: bool

    @classmethod
    def read(cls, var: Path) -> Notes | None:
        try:
            raw = json.loads((var / "servers.json").read_text(encoding="utf-8"))
            return cls(Path(raw["folder"]), set(raw["ready"]), bool(raw["stays"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, var: Path) -> None:
        draft = var / "servers.json.new"
        text = json.dumps({"folder": str(self.folder), "ready": sorted(self.ready), "stays": self.stays})
        draft.write_text(text, encoding="utf-8")
        draft.replace(var / "servers.json")


def ensure_postgres(var: Path) -> str:
    """Find the embedded PostgreSQL of this folder, or start it; answer its DATABASE_URL."""
    folder = _ensure(var, postgres.NAME, postgres.answers, postgres.start)
    return postgres.url(folder)


def ensure_valkey(var: Path) -> str:
    """Find the embedded Valkey of this folder, or start it; answer its REDIS_URL (`unix:///path`)."""
    folder = _ensure(var, valkey.NAME, valkey.answers, valkey.start)
    return valkey.url(folder)


def stop(var: Path) -> list[str]:
    """Stop what runs of this folder, Valkey first, and name it. Safe when nothing runs."""
    stopped: list[str] = []
    if not var.is_dir():
        return stopped
    with _locked(var):
        notes = Notes.read(var)
        for server in (valkey, postgres):
            if server.stop(var):
                stopped.append(server.NAME)
        if notes is not None:
            Notes(notes.folder, set(), stays=False).write(var)
    return stopped


def status(var: Path) -> dict[str, str]:
    """The address of each embedded server that answers now, by name; starts nothing."""
    notes = Notes.read(var)
    if notes is None:
        return {}
    servers = (postgres, valkey)
    return {each.NAME: each.url(notes.folder) for each in servers if each.answers(var, notes.folder)}


@contextlib.contextmanager
def in_use(var: Path) -> Iterator[None]:
    """Hold the servers for a long run (`make run`, the tests); the last holder stops them.

    Servers that a single command started stay up. The kernel gives the lock back when a holder is killed, so that the
    next run takes over what a crash left behind.
    """
    var.mkdir(parents=True, exist_ok=True)
    with (var / "servers.use").open("a+") as holders:
        fcntl.flock(holders, fcntl.LOCK_SH)
        try:
            yield
        finally:
            notes = Notes.read(var)
            if notes is not None and not notes.stays and _alone(holders):
                stop(var)


def keep(var: Path) -> None:
    """Let the servers stay up after the run that started them."""
    with _locked(var):
        notes = Notes.read(var)
        if notes is not None:
            notes.stays = True
            notes.write(var)


def remove(var: Path) -> None:
    """Stop the servers and remove all that they and the platform keep: data, keys, sockets."""
    stop(var)
    notes = Notes.read(var)
    folders = [var, postgres.shelter(var)]
    if notes is not None and notes.folder.name.startswith(PREFIX) and _is_ours(notes.folder):
        folders.append(notes.folder)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def _alone(holders: IO[str]) -> bool:
    try:
        fcntl.flock(holders, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _held(var: Path) -> bool:
    with (var / "servers.use").open("a+") as holders:
        return not _alone(holders)


def _ensure(var: Path, name: str, answers: postgres.Answers, start: postgres.Start) -> Path:
    notes = Notes.read(var)
    if notes is not None and name in notes.ready and answers(var, notes.folder):
        return notes.folder
    var.mkdir(parents=True, exist_ok=True)
    with _locked(var):
        notes = Notes.read(var)
        if notes is not None and name in notes.ready and answers(var, notes.folder):
            return notes.folder
        if notes is None or not _is_ours(notes.folder):
            notes = Notes(_socket_folder(), set(), stays=True)
        notes.ready.discard(name)
        notes.stays = not _held(var)
        notes.write(var)
        start(var, notes.folder)
        notes.ready.add(name)
        notes.write(var)
        return notes.folder


@contextlib.contextmanager
def _locked(var: Path) -> Iterator[None]:
    with (var / "servers.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _is_ours(folder: Path) -> bool:
    try:
        return folder.stat().st_uid == os.geteuid()
    except OSError:
        return False


def _socket_folder() -> Path:
    base = tempfile.gettempdir()
    if len(base) > LONGEST_SOCKET_FOLDER:
        base = "/tmp"  # noqa: S108  mkdtemp makes a private folder in it
    return Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))

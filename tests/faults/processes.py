"""Programs of a private site: started each in a session of its own, killed whole or in part, waited for with patience."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from credit_platform.embedded.processes import command_line

PATIENCE = 120.0
"""Seconds. Nothing here is a measurement: a loaded machine may take its time, and what is awaited is awaited at least so long."""


def until(
    condition: Callable[[], Any], what: str | Callable[[], str], *, patience: float = PATIENCE, pause: float = 0.1
) -> Any:
    """The first true answer of the condition; AssertionError that says what was awaited in vain."""
    limit = time.monotonic() + patience
    while True:
        answer = condition()
        if answer:
            return answer
        late = time.monotonic() >= limit
        assert not late, f"waited {patience:.0f} s in vain: {what() if callable(what) else what}"
        time.sleep(pause)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children_of(pid: int) -> list[int]:
    """Direct children, from the kernel's own list."""
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    except OSError:
        return []


class Program:
    """One command that can be started again and again; its words go to a log."""

    def __init__(self, name: str, command: Sequence[str], env: Mapping[str, str], folder: Path, cwd: Path) -> None:
        self.name, self.command, self.env, self.cwd = name, list(command), dict(env), cwd
        self.log = folder / f"{name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.wanted: dict[str, str] | None = None

    def start(self, **env: str) -> None:
        assert not self.running(), f"{self.name} runs already"
        self.wanted = env
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                env=self.env | env,
                cwd=self.cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def keep(self) -> None:
        """What a supervisor does: a program that has ended by itself is started again. One that was killed or stopped here is let be."""
        if self.wanted is not None and not self.running():
            self.start(**self.wanted)

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def children(self) -> list[int]:
        return children_of(self.pid) if self.running() else []

    def kill(self) -> None:
        """SIGKILL to all of it at once, as when the power goes."""
        self.wanted = None
        family = [*self.children()]
        if self.process is not None:
            for pid in (self.process.pid, *family):
                _send(pid, signal.SIGKILL)
            self.process.wait(PATIENCE)
            until(lambda: not any(map(command_line, family)), f"the end of {self.name}")

    def kill_child(self, which: int = 0) -> None:
        """SIGKILL to one of its processes, as the kernel does when memory is short; the head starts another."""
        family = until(lambda: self.keep() or self.children(), f"a process of {self.name}")
        _send(family[which % len(family)], signal.SIGKILL)

    def stop(self, patience: float = PATIENCE) -> bool:
        """SIGTERM to the head, as a supervisor does; False when it had to be killed after `patience` seconds."""
        self.wanted = None
        if not self.running():
            return True
        assert self.process is not None
        self.process.terminate()
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()
            return False
        return True

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""


def _send(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return

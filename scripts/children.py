"""The processes of one run: started each in a session of its own, watched together, started again when one dies, ended together.

What runs is written to `var/run.json`, so that the next run can end what a killed one left behind.
"""

from __future__ import annotations

import fcntl
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, TracebackType
from typing import IO, Any

from credit_platform.embedded.processes import command_line

SECONDS_TO_ANSWER = 180
SECONDS_TO_STOP = 20
SECONDS_BETWEEN_LOOKS = 5
PAUSE = 0.1
LONGEST_PAUSE = 30
"""Seconds before a process that keeps dying is started again; 1, 2, 4 … until there."""
MOST_ENDS, WITHIN_SECONDS = 5, 60
"""So many ends of the leading process in this time, and the run gives up."""
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Somebody asked the run to end."""


class AlreadyRunning(Exception):
    """Another run holds this folder."""


@dataclass(slots=True)
class _Ends:
    """How often a process has ended of late, and when it is to come back."""

    moments: list[float] = field(default_factory=list)
    back_at: float = 0.0

    def add(self, now: float) -> None:
        self.moments = [moment for moment in self.moments if now - moment < WITHIN_SECONDS] + [now]
        self.back_at = now + min(2 ** (len(self.moments) - 1), LONGEST_PAUSE)


class Children:
    """All processes of this run; as a context it holds the lock of the folder and turns signals into `Stopped`.

    `lead`: the process without which there is no run. The others are started again for as long as it lasts.
    """

    def __init__(self, var: Path, lead: str = "web") -> None:
        self.var = var
        self.lead = lead
        self.code = 0
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._commands: dict[str, list[str]] = {}
        self._ends: dict[str, _Ends] = {}
        self._once = ""
        self._lock: IO[str] | None = None

    def __enter__(self) -> Children:
        self.var.mkdir(parents=True, exist_ok=True)
        self._lock = (self.var / "run.lock").open("w")
        if not _take(self._lock):
            pid = _note(self.var).get("runner")
            raise AlreadyRunning(f"平台已在运行（进程 {pid}）。如需重新启动，请先执行 make stop。")
        _end_left_behind(self.var)
        for number in SIGNALS:
            signal.signal(number, _stop)
        self._write()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        (self.var / "run.json").unlink(missing_ok=True)
        if self._lock:
            self._lock.close()

    def free(self, host: str, port: int) -> bool:
        """Can this port be bound?"""
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except (OSError, OverflowError):
                return False
        return True

    def start(self, name: str, command: list[str]) -> subprocess.Popen[bytes]:
        """Start one process in its own session: Ctrl-C at the terminal must reach it through us, in order."""
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
        self._running[name], self._commands[name] = process, command
        self._write()
        return process

    def wait_for(self, name: str, command: list[str]) -> int:
        """Run one process to its end while the others are looked after; its exit code, or that of the leading process when it gave up."""
        process = self.start(name, command)
        self._once = name
        while process.poll() is None:
            time.sleep(PAUSE)
            if not self._look():
                return self.code
        self._once = ""
        del self._running[name], self._commands[name]
        self._write()
        return process.returncode

    def answers(self, host: str, port: int) -> bool:
        """Wait for the first answer of the web server; False when the leading process ended or the time is over."""
        limit = time.monotonic() + SECONDS_TO_ANSWER
        while time.monotonic() < limit and not self._lead_ended() and self._look():
            connection = http.client.HTTPConnection(host, port, timeout=5)
            try:
                connection.request("GET", "/readyz", headers={"Host": "localhost"})
                if connection.getresponse().status < 500:
                    return True
            except (OSError, http.client.HTTPException):
                pass
            finally:
                connection.close()
            time.sleep(PAUSE)
        return False

    def watch(self, meanwhile: Callable[[], None] = lambda: None) -> int:
        """Start again whatever ends, later each time, until a signal comes. When the leading process ends `MOST_ENDS` times in a minute
        something is wrong that a start does not mend: answer its exit code, never 0. `meanwhile` is called every few seconds."""
        called = time.monotonic()
        while self._look():
            time.sleep(PAUSE)
            if time.monotonic() - called > SECONDS_BETWEEN_LOOKS:
                meanwhile()
                called = time.monotonic()
        return self.code

    def stop(self) -> None:
        """End all children, the last started first, and whatever they started."""
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        for process in reversed(self._running.values()):
            if process.poll() is None:
                process.terminate()
        limit = time.monotonic() + SECONDS_TO_STOP
        for process in self._running.values():
            try:
                process.wait(timeout=max(0.1, limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal_group(process.pid, signal.SIGKILL)
                process.wait()
            _signal_group(process.pid, signal.SIGKILL)
        self._running.clear()

    def _lead_ended(self) -> bool:
        process = self._running.get(self.lead)
        return process is not None and self._note_end(self.lead, process)

    def _note_end(self, name: str, process: subprocess.Popen[bytes]) -> bool:
        code = process.poll()
        if code is None:
            return False
        if name == self.lead:
            self.code = code if code > 0 else 128 - code if code < 0 else 1
        return True

    def _look(self) -> bool:
        """Note who ended and start who is due; False when the leading process has ended too often."""
        now = time.monotonic()
        for name, process in list(self._running.items()):
            if name == self._once or not self._note_end(name, process):
                continue
            _signal_group(process.pid, signal.SIGKILL)  # what it started would hold its port or its messages
            del self._running[name]
            ends = self._ends.setdefault(name, _Ends())
            ends.add(now)
            if name == self.lead and len(ends.moments) >= MOST_ENDS:
                print(
                    f"{name} 在 {WITHIN_SECONDS} 秒内退出 {MOST_ENDS} 次，不再重新启动，正在停止其余进程。请查看上面的错误信息。",
                    file=sys.stderr,
                )
                return False
            told = f"{name} 意外退出（代码 {process.returncode}），{ends.back_at - now:.0f} 秒后重新启动。"
            print(told, file=sys.stderr, flush=True)
        for name, ends in self._ends.items():
            if name not in self._running and now >= ends.back_at:
                self.start(name, self._commands[name])
                print(f"{name} 已重新启动。", file=sys.stderr, flush=True)
        return True

    def _write(self) -> None:
        running = {name: process.pid for name, process in self._running.items()}
        note = {"runner": os.getpid(), "children": running}
        draft = self.var / "run.json.new"
        draft.write_text(json.dumps(note), encoding="utf-8")
        draft.replace(self.var / "run.json")


def end_run(var: Path) -> list[str]:
    """End the run of this folder and wait until it is gone; then end what a killed one left behind."""
    ended: list[str] = []
    var.mkdir(parents=True, exist_ok=True)
    with (var / "run.lock").open("a") as lock:
        runner = _note(var).get("runner")
        if runner and not _take(lock):
            os.kill(int(runner), signal.SIGTERM)
            ended.append("平台")
            limit = time.monotonic() + 2 * SECONDS_TO_STOP
            while not _take(lock) and time.monotonic() < limit:
                time.sleep(PAUSE)
        return ended + _end_left_behind(var)


def _end_left_behind(var: Path) -> list[str]:
    """Children of a run that was killed. A process number may be somebody else's by now: ours name our own Python."""
    ours = {name: pid for name, pid in _note(var).get("children", {}).items() if _is_ours(pid)}
    for pid in ours.values():
        os.kill(pid, signal.SIGTERM)  # to the head of each group alone: it ends its workers in order
    limit = time.monotonic() + SECONDS_TO_STOP
    while any(_is_ours(pid) for pid in ours.values()) and time.monotonic() < limit:
        time.sleep(PAUSE)
    for pid in ours.values():
        _signal_group(pid, signal.SIGKILL)
    (var / "run.json").unlink(missing_ok=True)
    return list(ours)


def _is_ours(pid: int) -> bool:
    return sys.executable in command_line(pid)


def _signal_group(pid: int, number: signal.Signals) -> None:
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        return


def _note(var: Path) -> dict[str, Any]:
    try:
        return dict(json.loads((var / "run.json").read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _take(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _stop(number: int, frame: FrameType | None) -> None:
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise Stopped

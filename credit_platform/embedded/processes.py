"""Finding, signalling and awaiting server processes, and giving up root for the one that refuses to run as root."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.03
LARGEST_LOG = 10 * 1024 * 1024


class ServerError(RuntimeError):
    """An embedded server could not be started; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Identity:
    """How to run a program that refuses root: a prefix (user namespace) or another system user."""

    prefix: tuple[str, ...] = ()
    user: str | None = None


def unprivileged() -> Identity:
    """Nothing to do for an ordinary user; for root a user namespace, else the user `postgres` or `nobody`."""
    if os.geteuid() != 0:
        return Identity()
    prefix = ("unshare", "-U", "--map-user=1000", "--map-group=1000")
    if shutil.which("unshare") and subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:  # noqa: S603
        return Identity(prefix=prefix)
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return Identity(user=name)
    raise ServerError(
        "PostgreSQL 不能以 root 身份运行，且本机没有可用的普通用户。请改用普通用户运行，或设置 DATABASE_URL。"
    )


def reachable(path: Path, user: str | None) -> bool:
    """May this system user walk to the path and read it?"""
    if user is None:
        return True
    return subprocess.run(["test", "-r", str(path)], user=user, check=False).returncode == 0  # noqa: S603, S607


def spawn(command: list[str], log: Path, *, cwd: Path, user: str | None = None) -> subprocess.Popen[bytes]:
    """Start a server in a session of its own, so that Ctrl-C at the terminal does not reach it."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.unlink()
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=cwd,
            start_new_session=True,
            user=user,
        )


def listens(path: Path) -> bool:
    """Does somebody accept connections on this unix socket?"""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(2)
        try:
            probe.connect(str(path))
        except OSError:
            return False
    return True


def command_line(pid: int) -> str:
    """The command line of a live process, or "" for one that is gone or a zombie."""
    if Path("/proc/self").exists():
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
            if state == "Z":
                return ""
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (OSError, IndexError):
            return ""
    answer = subprocess.run(["ps", "-p", str(pid), "-o", "args="], capture_output=True, text=True, check=False)  # noqa: S603, S607
    return answer.stdout.strip()


def read_pid(path: Path) -> int | None:
    """The number on the first line of a pid file."""
    try:
        return int(path.read_text(encoding="utf-8").splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None


def end(pid: int, gentle: signal.Signals, *, seconds: float, mark: str) -> None:
    """Signal a process until it is gone: gently first, SIGKILL after `seconds`. `mark` must be in its command line."""
    for number, patience in ((gentle, seconds), (signal.SIGKILL, 5.0)):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        limit = time.monotonic() + patience
        while time.monotonic() < limit:
            reap(pid)
            if mark not in command_line(pid):
                return
            time.sleep(PAUSE)


def reap(pid: int) -> None:
    """Collect the exit status when the process was our child."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except (ChildProcessError, PermissionError):
        return


def last_lines(log: Path, count: int = 12) -> str:
    """The end of a log, for an error text."""
    try:
        return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])
    except OSError:
        return ""

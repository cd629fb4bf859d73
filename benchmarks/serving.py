"""gunicorn on a free port of this machine, and visitors who press it: wrk from Debian, or a bounded generator of our own without it."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import environment
from benchmarks.measure import percentile

SECONDS = 5
VISITORS = 16
WORKERS, THREADS = 2, 4
SCRIPT = """
local paths = {%s}
local place = 0
function request()
  if bodies then
    place = place %% #bodies + 1
    return wrk.format("POST", path, told, bodies[place])
  end
  place = place %% #paths + 1
  return wrk.format("GET", paths[place], {%s})
end
function done(summary, latency, requests)
  io.write(string.format('\\nRESULT {"requests": %%d, "duration": %%d, "p50": %%d, "p95": %%d, "status": %%d, "sent": %%d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(95), summary.errors.status, summary.bytes))
end
"""
POSTED = """
bodies, path, told = {%s}, %s, {%s}
"""


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a press gave: requests a second, milliseconds, answers of 400 and more, KB an answer."""

    requests: int
    rate: float
    p50: float
    p95: float
    errors: int
    kilobytes: float


@contextmanager
def served(more: Mapping[str, str] | None = None) -> Iterator[int]:
    """The platform under gunicorn with two workers; the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [
        sys.executable, "-m", "gunicorn", "credit_platform.wsgi:application", "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS),
        "--worker-class", "gthread", "--threads", str(THREADS), "--log-level", "warning", "--no-control-socket",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=environment.ROOT, env=os.environ | dict(more or {}))
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def press(
    port: int,
    paths: Sequence[str],
    headers: Mapping[str, str] | None = None,
    seconds: int = SECONDS,
    bodies: Sequence[str] = (),
) -> Pressed:
    """All visitors ask for the paths in turn, each as soon as it has its answer; with `bodies` they post these in turn to the first path."""
    return (_wrk if shutil.which("wrk") else _own)(port, paths, headers or {}, seconds, bodies)


def etag_of(port: int, path: str) -> str:
    """The ETag that an address answers with, "" without one."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
        return str(answer.headers.get("ETag") or "")


def worked_ms() -> float:
    """Milliseconds of the processor that the web server's and PostgreSQL's processes of this benchmark have had so far."""
    mine = (str(environment.ROOT), environment.database_name())
    ticks = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_text(encoding="utf-8", errors="replace")
            if ("gunicorn" in command and mine[0] in command) or ("postgres" in command and mine[1] in command):
                ticks += sum(map(int, (process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]))
        except OSError:
            continue  # it ended meanwhile
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def _wrk(port: int, paths: Sequence[str], headers: Mapping[str, str], seconds: int, bodies: Sequence[str]) -> Pressed:
    script = environment.var() / "wrk.lua"
    named = ", ".join(json.dumps(path) for path in paths)
    told = ", ".join(f"[{json.dumps(name)}] = {json.dumps(value)}" for name, value in headers.items())
    posted = ", ".join(json.dumps(body, ensure_ascii=False) for body in bodies)
    script.write_text(
        (POSTED % (posted, json.dumps(paths[0]), told) if bodies else "") + SCRIPT % (named, told), encoding="utf-8"
    )
    command = ["wrk", "-t1", f"-c{VISITORS}", f"-d{seconds}s", "--timeout", "10s", "-s", str(script)]
    answer = subprocess.run([*command, f"http://127.0.0.1:{port}"], capture_output=True, text=True, check=True)
    line = next(line for line in answer.stdout.splitlines() if line.startswith("RESULT "))
    found = json.loads(line.removeprefix("RESULT "))
    count = found["requests"]
    return Pressed(
        count, count / found["duration"] * 1e6, found["p50"] / 1000, found["p95"] / 1000, found["status"],
        found["sent"] / max(count, 1) / 1024,
    )  # fmt: skip


def _own(port: int, paths: Sequence[str], headers: Mapping[str, str], seconds: int, bodies: Sequence[str]) -> Pressed:
    took: list[float] = []
    sizes: list[int] = []
    errors: list[int] = []
    end = time.perf_counter() + seconds

    def visit(place: int) -> None:
        visitor = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        while time.perf_counter() < end:
            begin = time.perf_counter()
            body = bodies[place % len(bodies)].encode() if bodies else None
            visitor.request("POST" if body else "GET", paths[place % len(paths)], body, dict(headers))
            answer = visitor.getresponse()
            sizes.append(len(answer.read()))
            took.append((time.perf_counter() - begin) * 1000)
            if answer.status >= 400:
                errors.append(answer.status)
            place += VISITORS
        visitor.close()

    visitors = [threading.Thread(target=visit, args=(place,)) for place in range(VISITORS)]
    begin = time.perf_counter()
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    rate = len(took) / (time.perf_counter() - begin)
    return Pressed(
        len(took),
        rate,
        percentile(took, 0.5),
        percentile(took, 0.95),
        len(errors),
        sum(sizes) / max(len(took), 1) / 1024,
    )


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("gunicorn did not answer")

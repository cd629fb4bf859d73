"""The public pages under load: gunicorn on this machine, wrk from Debian; requests a second beside a bare read of Django REST framework."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from urllib.parse import quote

from benchmarks import environment
from benchmarks.measure import Book, Figure, rows_of
from benchmarks.pages import pages
from benchmarks.search import classes

SECONDS = 8
CONNECTIONS = 16
SCRIPT = """
local paths = {%s}
local place = 0
function request()
  place = place %% #paths + 1
  return wrk.format("GET", paths[place], {%s})
end
function done(summary, latency, requests)
  io.write(string.format('\\nRESULT {"requests": %%d, "duration": %%d, "p50": %%d, "p95": %%d, "status": %%d, "sent": %%d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(95), summary.errors.status, summary.bytes))
end
"""


def run(book: Book) -> None:
    """Each mix for some seconds, the bare read before it."""
    if shutil.which("wrk") is None:
        print("wrk is not installed: apt-get install wrk")
        return
    port = _free_port()
    server = _serve(port)
    try:
        _wait(port)
        bare = [
            f"/bare/{pk}/"
            for (pk,) in rows_of("SELECT id FROM disclosure_disclosure WHERE id %% 97 = 0 ORDER BY id LIMIT 200")
        ]
        for title, (paths, headers) in mixes(port).items():
            yard = _wrk(port, bare, {})
            found = _wrk(port, paths, headers)
            rate, yard_rate = found["requests"] / found["duration"] * 1e6, yard["requests"] / yard["duration"] * 1e6
            book.add(
                Figure(
                    "load", title, found["p50"] / 1000, found["p95"] / 1000, found["requests"], 0.0, "bare read by key",
                    yard["p50"] / 1000, yard["p95"] / 1000, yard_rate / max(rate, 0.01),
                    note=f"{rate:,.0f} requests/s (bare {yard_rate:,.0f}), {found['sent'] / max(found['requests'], 1) / 1024:.1f} KB each, "
                    f"{found['status']} errors",
                )
            )  # fmt: skip
    finally:
        server.terminate()
        server.wait(20)


def mixes(port: int) -> dict[str, tuple[list[str], dict[str, str]]]:
    """What visitors ask for."""
    words = [word for group in classes().values() for word in group][:60]
    searches = [f"/search/?q={quote(word)}" for word in words]
    known = pages()
    subjects, lists = known["subject, some records"], known["list by district"] + known["list, first page"]
    mixed = [
        path
        for trio in zip(searches, (subjects * 9)[: len(searches)], (lists * 30)[: len(searches)], strict=True)
        for path in trio
    ]
    tag = _etag(port, lists[0])
    return {
        "search": (searches, {}),
        "subject pages": (subjects, {}),
        "lists": (lists, {}),
        "search, subjects and lists": (mixed, {}),
        "a list that has not changed (304)": (lists[:1], {"If-None-Match": tag} if tag else {}),
        "api: subject": (known["api: subject"], {}),
    }


def _serve(port: int) -> subprocess.Popen[bytes]:
    command = [
        sys.executable, "-m", "gunicorn", "credit_platform.wsgi:application", "--bind", f"127.0.0.1:{port}", "--workers", "2",
        "--worker-class", "gthread", "--threads", "4", "--log-level", "warning", "--no-control-socket",
    ]  # fmt: skip
    return subprocess.Popen(command, cwd=environment.ROOT, env=os.environ.copy())


def _wrk(port: int, paths: list[str], headers: dict[str, str]) -> dict[str, int]:
    script = environment.var() / "wrk.lua"
    named = ", ".join(json.dumps(path) for path in paths)
    told = ", ".join(f"[{json.dumps(name)}] = {json.dumps(value)}" for name, value in headers.items())
    script.write_text(SCRIPT % (named, told), encoding="utf-8")
    command = [
        "wrk",
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{SECONDS}s",
        "--timeout",
        "10s",
        "-s",
        str(script),
        f"http://127.0.0.1:{port}",
    ]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    line = next(line for line in answer.stdout.splitlines() if line.startswith("RESULT "))
    return dict(json.loads(line.removeprefix("RESULT ")))


def _etag(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
        return str(answer.headers.get("ETag") or "")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("gunicorn did not answer")

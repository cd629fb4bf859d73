"""Timing side by side: the work and its yardstick take turns in one run, so that a busy machine slows both."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

Do = Callable[[], Any]


@dataclass(slots=True)
class Figure:
    """One line of the results. Times in milliseconds; `cpu` is this process's median, `work` the 95th percentile of what this process
    and its PostgreSQL backend together really worked (0 when the server is elsewhere): what a machine of its own would take.
    `ratio` is p50 over the yardstick's p50; `aim` as text, `reached` None without one."""

    part: str
    name: str
    p50: float
    p95: float
    n: int
    cpu: float = 0.0
    yard: str = ""
    yard_p50: float = 0.0
    yard_p95: float = 0.0
    ratio: float = 0.0
    queries: int | None = None
    aim: str = ""
    reached: bool | None = None
    note: str = ""
    work: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(slots=True)
class Book:
    """All figures of a run."""

    figures: list[Figure] = field(default_factory=list)

    def add(self, figure: Figure) -> Figure:
        """Keep a figure and say it."""
        self.figures.append(figure)
        mark = {True: "ok", False: "MISSED", None: ""}[figure.reached]
        print(
            f"{figure.part:<9} {figure.name:<46} p50 {figure.p50:9.1f}  p95 {figure.p95:9.1f} ms  cpu {figure.cpu:8.1f}  work {figure.work:7.1f}  "
            f"x{figure.ratio:<7.2f} {'' if figure.queries is None else f'q={figure.queries}':<6} {mark} {figure.note}",
            flush=True,
        )
        return figure


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def side_by_side(works: Sequence[Do], yards: Sequence[Do] = (), *, rounds: int = 3) -> dict[str, Any]:
    """Run each work after its yardstick, `rounds` times over all; one warm-up each."""
    took: list[float] = []
    yard: list[float] = []
    cpu: list[float] = []
    worked: list[float] = []
    for place, work in enumerate(works):
        if yards:
            yards[place]()
        work()
    for _ in range(rounds):
        for place, work in enumerate(works):
            if yards:
                begin = time.perf_counter()
                yards[place]()
                yard.append((time.perf_counter() - begin) * 1000)
            begin, used, theirs = time.perf_counter(), time.process_time(), backend_ms()
            work()
            took.append((time.perf_counter() - begin) * 1000)
            cpu.append((time.process_time() - used) * 1000)
            worked.append(cpu[-1] + backend_ms() - theirs)
    found = {
        "p50": statistics.median(took),
        "p95": percentile(took, 0.95),
        "n": len(took),
        "cpu": statistics.median(cpu),
        "work": percentile(worked, 0.95) if backend_ms() else 0.0,
    }
    if yard:
        found |= {"yard_p50": statistics.median(yard), "yard_p95": percentile(yard, 0.95)}
        found["ratio"] = found["p50"] / max(found["yard_p50"], 0.001)
    return found


def backend_ms() -> float:
    """Milliseconds that the PostgreSQL process of our connection has run so far; 0 when it is on another machine."""
    connection.ensure_connection()
    process = Path(f"/proc/{connection.connection.get_backend_pid()}")
    try:
        if b"postgres" not in (process / "cmdline").read_bytes():
            return 0.0
        return int((process / "schedstat").read_text(encoding="ascii").split()[0]) / 1e6
    except OSError:
        return 0.0


def once(work: Do) -> tuple[float, float, Any]:
    """Milliseconds, CPU milliseconds of this process, and the answer."""
    begin, used = time.perf_counter(), time.process_time()
    answer = work()
    return (time.perf_counter() - begin) * 1000, (time.process_time() - used) * 1000, answer


def queries_of(work: Do) -> list[str]:
    """The statements that a work sends."""
    with CaptureQueriesContext(connection) as caught:
        work()
    return [
        each["sql"]
        for each in caught.captured_queries
        if each["sql"].split(" ", 1)[0].upper() in ("SELECT", "INSERT", "UPDATE", "WITH")
    ]


def replay(statements: Sequence[str]) -> Do:
    """The same statements through the bare driver: what PostgreSQL alone takes."""
    cursor = connection.cursor().cursor

    def run() -> None:
        for statement in statements:
            cursor.execute(statement)
            cursor.fetchall()

    return run


def rows_of(sql: str, params: Any = ()) -> list[tuple[Any, ...]]:
    """One question."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def peak_mb() -> float:
    """The highest memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def undone() -> Iterator[None]:
    """Everything inside is rolled back."""
    from django.db import transaction

    class _Back(Exception):
        pass

    try:
        with transaction.atomic():
            yield
            raise _Back
    except _Back:
        pass

"""A department's workbook of penalties, end to end: file → rows → findings → subjects, records, disclosures, history, audit.

Beside it, in the same run: parsing the file and a bare COPY of its rows; and, where it is installed (benchmarks/requirements.txt),
django-import-export in its bulk mode, which only writes the records.
"""

from __future__ import annotations

import io
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter
from django.db import connection
from django.utils import timezone
from python_calamine import CalamineWorkbook

from benchmarks import environment
from benchmarks.city.authorities import authorities
from benchmarks.measure import Book, Figure, once, rows_of
from credit_platform.accounts.models import Department, User
from credit_platform.demo.decisions import PENALTIES, penalty_row
from credit_platform.demo.subjects import DemoSubject, fictitious_code, person_name
from records.imports.batches.batches import Options, receive
from records.imports.batches.engine import run as run_batch
from records.imports.batches.undo import undo_batch
from records.models import ImportBatch
from records.standards import registry
from records.standards.declaration import Field

STANDARD = "penalty-2018"
COLUMNS = 30
BAD = 0.02
NEW = 0.1
MOST_TIMES = 3
LEAST_TIMES = 10
OTHER_ROWS = 1_000


def run(book: Book) -> None:
    """One import, its yardsticks, its undo."""
    rows = int(os.environ.get("BENCH_IMPORT_ROWS") or min(100_000, max(2_000, _subjects() // 2)))
    path = environment.var() / f"penalties-{rows}.xlsx"
    columns = write_file(path, rows)
    bare, least, _ = both(lambda: _bare(path, columns))
    parse, _, _ = once(lambda: sum(1 for _ in _parsed(path)))
    with _memory() as memory:
        took, cpu, batch = both(lambda: enter(path))
    ratio = took / bare
    book.add(
        Figure(
            "import", f"{rows:,} rows, {columns} columns", took, took, 1, cpu, "parsing and a bare COPY", bare, bare, ratio,
            aim=f"at most {MOST_TIMES} times", reached=ratio <= MOST_TIMES,
            note=f"{rows / took * 1000:,.0f} rows/s, {batch.accepted:,} accepted, {batch.rejected:,} refused, parsing alone {parse:,.0f} ms, "
            f"memory +{memory['peak']:.0f} MB; processor time of both sides {cpu:,.0f} ms, {cpu / least:.1f} times the {least:,.0f} ms of the bare COPY",
        )
    )  # fmt: skip
    _other(book, rows / took, rows / cpu)
    back, cpu, _ = both(lambda: undo_batch(batch, by=clerk(), reason="性能测试结束，撤回"))
    book.add(
        Figure("import", f"undo of {batch.accepted:,} rows", back, back, 1, cpu, "the import", took, took, back / took)
    )


def _other(book: Book, ours: float, ours_cpu: float) -> None:
    """django-import-export on a few rows of the same kind, bare and doing the same job as ours; rows a second are compared."""
    if find_spec("import_export") is None:
        print("django-import-export is not installed: pip install -r benchmarks/requirements.txt")
        return
    from benchmarks.import_export import import_rows
    from benchmarks.import_export_whole import import_whole

    few = environment.var() / "penalties-few.xlsx"
    write_file(few, OTHER_ROWS, serial=5_000_000)
    for name, work in (("records only, nothing checked", import_rows), ("checked and whole", import_whole)):
        took, cpu, done = both(partial(work, few))
        theirs = done / took
        book.add(
            Figure(
                "import", f"django-import-export, bulk, {name}, {done:,} rows", took, took, 1, cpu, "ours, for as many rows", done / ours,
                done / ours, ours / theirs, aim=f"ours at least {LEAST_TIMES} times faster", reached=ours / theirs >= LEAST_TIMES,
                note=f"{theirs * 1000:,.0f} rows/s; by processor time of both sides ours is {ours_cpu / (done / cpu):.1f} times faster",
            )
        )  # fmt: skip


def both(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Milliseconds by the clock, and of processor time here and in the database's process: the one that a busy machine leaves alone."""
    before = _server()
    took, cpu, result = once(work)
    return took, cpu + _server() - before, result


def _server() -> float:
    """Processor time of the database's process of our connection in milliseconds; 0 when it runs elsewhere."""
    pid = int(rows_of("SELECT pg_backend_pid()")[0][0])
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def _subjects() -> int:
    return int(rows_of("SELECT count(*) FROM records_subject")[0][0])


def clerk() -> User:
    """Who imports."""
    return User.objects.get(username="scjgj_lr")


def write_file(path: Path, rows: int, *, serial: int = 0) -> int:
    """A workbook of penalties; how many columns. Document numbers differ from run to run."""
    return write_rows(path, STANDARD, raw_rows(rows, serial))


def columns_of(code: str) -> list[Field]:
    """The fields that a workbook has columns for."""
    return list(registry.get(code).fields)[:COLUMNS]


def write_rows(path: Path, code: str, rows: Iterable[dict[str, Any]], *, table_of_texts: bool = False) -> int:
    """A workbook in the standard's own headers; how many columns. Texts stand in their cells, or in a table of texts as Excel does it."""
    fields = columns_of(code)
    options = {"constant_memory": not table_of_texts, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(path), options)
    sheet = book.add_worksheet("填报")
    for column, field in enumerate(fields):
        sheet.write_string(0, column, field.label)
    for number, row in enumerate(rows, start=1):
        for column, field in enumerate(fields):
            value = row.get(field.code)
            if value not in (None, ""):
                sheet.write_string(number, column, str(value))
    book.close()
    return len(fields)


def raw_rows(rows: int, serial: int) -> Iterator[dict[str, Any]]:
    """Penalties of one bureau: nine of ten about subjects that are known, two in a hundred with a wrong check digit."""
    random = Random(rows)
    authority = next(each for each in authorities() if each.row.code == "scjgj")
    known = rows_of(
        "SELECT kind, code, name, legal_representative FROM records_subject WHERE code IS NOT NULL ORDER BY id LIMIT %s",
        [rows],
    )
    today, stamp = timezone.localdate(), int(time.time()) % 10_000_000 * 10
    templates = [each for each in PENALTIES if each.department == "scjgj"]
    for number in range(rows):
        party = _party(random, known, number + serial)
        decided = today - timedelta(days=random.randrange(1, 6))
        row = penalty_row(random.choice(templates), party, authority.row, authority.uscc, decided, number, random)
        row["CF_WSH"] = f"基{stamp}罚决〔{decided.year}〕{number + serial}号"
        yield _spoilt(row) if random.random() < BAD else row


def _party(random: Random, known: Sequence[tuple[Any, ...]], number: int) -> DemoSubject:
    if random.random() < NEW:
        place = 20_000_000 + int(time.time()) % 100_000 * 70 + number
        name = f"哈尔滨基准第{place}商贸有限公司"
        return DemoSubject(
            "legal", fictitious_code("91", "230102", place), name, "", person_name(random), None, "", "", "", "", ""
        )
    kind, code, name, rep = random.choice(known)
    return DemoSubject(kind, code, name, "", rep or "王伟", date(2020, 1, 1), "", "", "", "", "")


def _spoilt(row: dict[str, Any]) -> dict[str, Any]:
    code = str(row["CF_XDR_SHXYM"])
    return row | {"CF_XDR_SHXYM": code[:-1] + ("1" if code[-1] != "1" else "2")}


def received(path: Path, standard: str = STANDARD, *, simulate: bool = False) -> ImportBatch:
    """A file as it arrives."""
    bureau = Department.objects.get(code="scjgj")
    options = Options(standard=standard, department=bureau, channel="shell", simulate=simulate)
    with path.open("rb") as file:
        return receive(iter(partial(file.read, 2**20), b""), path.name, options, by=clerk())


def enter(path: Path, standard: str = STANDARD, *, simulate: bool = False) -> ImportBatch:
    """One file, from its arrival to the closed batch."""
    batch = run_batch(received(path, standard, simulate=simulate).pk)
    if batch.state != ImportBatch.State.DONE:
        raise AssertionError(f"{batch.state}: {batch.refusal}")
    return batch


def _parsed(path: Path) -> Iterator[list[Any]]:
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    yield from sheet.iter_rows()


def _bare(path: Path, columns: int) -> int:
    """Parse, and COPY the same cells into a plain table of texts."""
    names = [f"c{number}" for number in range(columns)]
    count = 0
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE bare_rows ({', '.join(name + ' text' for name in names)})")
        buffer = io.StringIO()
        for row in _parsed(path):
            buffer.write("\t".join(str(cell).replace("\t", " ").replace("\\", "\\\\") for cell in row) + "\n")
            count += 1
        buffer.seek(0)
        cursor.cursor.copy_expert("COPY bare_rows FROM STDIN", buffer)
        cursor.execute("DROP TABLE bare_rows")
    return count


@contextmanager
def _memory() -> Iterator[dict[str, float]]:
    """The memory of this process beyond what it had, at its highest."""
    start, found, stop = resident(), {"peak": 0.0}, threading.Event()

    def watch() -> None:
        while not stop.wait(0.2):
            found["peak"] = max(found["peak"], resident() - start)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    yield found
    stop.set()
    thread.join()


def resident() -> float:
    """The memory of this process, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

"""`python -m benchmarks.import_memory [--subjects 20000] [--whole]`: the highest memory of a process that imports files of growing size.

Each file is taken by a process of its own, as a simulation: every statement runs and is rolled back. `whole` lays workbooks out as a
whole, as it was before they were cut. Limits of rows and bytes are lifted here, to see the line go on.
"""

from __future__ import annotations

import argparse
import csv
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import environment

SIZES = (20_000, 100_000, 300_000)
_MADE = 100_000
_NUMBER = re.compile("基([0-9]+)罚决".encode())
KINDS = ("xlsx", "xlsx with a table of texts", "csv")


def main() -> int:
    """Write the files, let a process take each, print its memory before and at its highest."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.import_memory", description=__doc__)
    parser.add_argument("--subjects", default="20000", help="the city to import into")
    parser.add_argument("--whole", action="store_true", help="lay workbooks out as a whole")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--file", type=Path, help="import this one here")
    given = parser.parse_args()
    from benchmarks import cities

    cities.use(environment.size_of(given.subjects))
    if given.file:
        return _take(given.file, whole=given.whole)
    for rows in map(int, given.sizes.split(",")):
        for kind in KINDS:
            if rows > _MADE and "texts" in kind:
                continue  # its numbers stand in the table, shared by the rows
            path = written(kind, rows)
            arguments = ["--subjects", given.subjects, "--file", str(path), *(["--whole"] if given.whole else [])]
            print(f"{rows:>9,} rows, {path.stat().st_size / 2**20:5.1f} MB, {kind}: ", end="", flush=True)
            subprocess.run([sys.executable, "-m", "benchmarks.import_memory", *arguments], check=True)
    return 0


def written(kind: str, rows: int) -> Path:
    """The file of that kind and size, written when it is missing."""
    from benchmarks import imports

    path = environment.var() / f"memory-{rows}-{KINDS.index(kind)}.{kind[:4]}"
    if path.exists():
        return path
    if rows > _MADE:
        _multiplied(written(kind, _MADE), path, rows // _MADE)
    elif kind == "csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            fields = imports.columns_of(imports.STANDARD)
            writer = csv.writer(file)
            writer.writerow([field.label for field in fields])
            writer.writerows([row.get(field.code, "") for field in fields] for row in imports.raw_rows(rows, 0))
    else:
        imports.write_rows(path, imports.STANDARD, imports.raw_rows(rows, 0), table_of_texts=kind != "xlsx")
    return path


def _multiplied(source: Path, path: Path, times: int) -> None:
    """The same rows several times over, as decisions of other numbers."""
    if path.suffix == ".csv":
        head, rows = source.read_bytes().split(b"\r\n", 1)
        path.write_bytes(head + b"\r\n" + b"".join(_NUMBER.sub(_numbered(place), rows) for place in range(times)))
        return
    with zipfile.ZipFile(source) as first, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name in first.namelist():
            with made.open(name, "w", force_zip64=True) as part:
                for piece in _parts(first.read(name), times) if "worksheets/" in name else [first.read(name)]:
                    part.write(piece)


def _parts(xml: bytes, times: int) -> Iterator[bytes]:
    """The sheet as it is, its rows again with higher numbers, its end."""
    start, end = xml.index(b'<row r="2"'), xml.index(b"</sheetData>")
    yield xml[:end]
    for place in range(1, times):
        for row in _NUMBER.sub(_numbered(place), xml[start:end]).split(b"<row ")[1:]:
            number = row[3 : row.index(b'"', 3)]
            yield b"<row " + row.replace(number + b'"', b"%d" % (int(number) + place * _MADE) + b'"')
    yield xml[end:]


def _numbered(place: int) -> bytes:
    return rf"基\g<1>{place:02d}罚决".encode()


def _take(path: Path, *, whole: bool) -> int:
    from django.conf import settings

    from benchmarks import imports
    from credit_platform.confined.session import Session
    from credit_platform.gate import table
    from records.imports.batches import batches

    vars(batches)["MAX_FILE"] = 8 * 2**30
    settings.FILE_READER_MEMORY_MB, settings.FILE_READER_TASK_SECONDS = 16 * 1024, 3600
    table.READER = f"benchmarks.unlimited:{'Whole' if whole else 'Opened'}"
    readers: list[Session] = []
    vars(table)["Session"] = partial(_kept, Session, readers)
    imports.clerk()
    before = imports.resident()
    Path("/proc/self/clear_refs").write_text("5")  # the highest mark begins anew
    begin, used = time.perf_counter(), time.process_time()
    batch = imports.enter(path, simulate=True)
    took, used = time.perf_counter() - begin, time.process_time() - used
    told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    peak = int(told["VmHWM"].split()[0]) / 1024
    reader = max(each.peak for each in readers) / 2**20
    print(
        f"{before:.0f} MB before, {peak:.0f} MB at the highest: +{peak - before:.0f} MB, the reader of the file {reader:.0f} MB; "
        f"{batch.accepted:,} accepted, "
        f"{took:.0f} s, {used:.1f} s of Python",
        flush=True,
    )
    return 0


def _kept(made: Any, kept: list[Any], *arguments: Any, **more: Any) -> Any:
    """A session, kept to be asked how much memory it took."""
    kept.append(made(*arguments, **more))
    return kept[-1]


if __name__ == "__main__":
    sys.exit(main())

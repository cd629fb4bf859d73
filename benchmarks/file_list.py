"""`python -m benchmarks.file_list [--subjects 20000] [--files 10] [--rows 100000] [--workers 2]`: a million rows in one list of files.

All files are received at once, as a department uploads them; worker processes then take them up, each whichever is free.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

from benchmarks import environment

_NUMBER = re.compile("基([0-9]+)罚决".encode())


def main() -> int:
    """Write the files where they are missing, receive them, let the workers run, tell."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.file_list", description=__doc__)
    parser.add_argument("--subjects", default="20000", help="the city to import into")
    parser.add_argument("--files", type=int, default=10)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="write the files and stop")
    parser.add_argument("--take", default="", help="batches to be taken up here, separated by commas")
    given = parser.parse_args()
    from benchmarks import cities

    cities.use(environment.size_of(given.subjects))
    if given.take:
        return _take([int(each) for each in given.take.split(",")])
    paths = [_written(number, given.rows) for number in range(given.files)]
    if not given.write:
        _measure(paths, given)
    return 0


def _written(number: int, rows: int) -> Path:
    """The first file is made row by row; the others tell of as many other decisions against the same parties."""
    from benchmarks import imports

    path = environment.var() / f"list-{rows}-{number}.xlsx"
    if path.exists():
        return path
    if not number:
        imports.write_file(path, rows, serial=10_000_000)
        return path
    with zipfile.ZipFile(_written(0, rows)) as first, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name in first.namelist():
            made.writestr(name, _NUMBER.sub(rf"基\g<1>{number:02d}罚决".encode(), first.read(name)))
    return path


def _measure(paths: list[Path], given: argparse.Namespace) -> None:
    from benchmarks import imports
    from records.models import ImportBatch

    begin, load = time.perf_counter(), environment.machine()["load"]
    batches = [imports.received(path) for path in paths]
    received = time.perf_counter() - begin
    ids = ",".join(str(batch.pk) for batch in batches)
    command = [sys.executable, "-m", "benchmarks.file_list", "--subjects", given.subjects, "--take", ids]
    workers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(given.workers)]
    told = [json.loads(worker.communicate()[0].splitlines()[-1]) for worker in workers]
    took = time.perf_counter() - begin
    done = ImportBatch.objects.filter(pk__in=[batch.pk for batch in batches])
    counts = {name: sum(getattr(each, name) for each in done) for name in ("total", "accepted", "rejected")}
    states = sorted({each.state for each in done})
    print(f"{len(paths)} files, {given.workers} workers: {took:.0f} s ({received:.0f} s to receive), {states} {counts}")
    print(f"{counts['total'] / took:,.0f} rows/s; load {load} before, {environment.machine()['load']} after")
    for each in told:
        print(json.dumps(each))


def _take(ids: list[int]) -> int:
    """What a worker does: every batch that nobody holds. Prints the memory and the processor time of both sides."""
    from benchmarks.imports import resident
    from benchmarks.measure import backend_ms, peak_mb
    from records.imports.batches import engine
    from records.models import ImportBatch

    before, peaks = resident(), dict[int, float]()
    for pk in ids:
        if ImportBatch.objects.get(pk=pk).state == ImportBatch.State.QUEUED:
            engine.run(pk)
            peaks[pk] = round(peak_mb())
    told: dict[str, Any] = {"before_mb": round(before), "peak_mb_after_each": list(peaks.values())}
    print(json.dumps(told | {"python_s": round(time.process_time(), 1), "postgres_s": round(backend_ms() / 1000, 1)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())

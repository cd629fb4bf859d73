"""All parts in order; the results as JSON and as a table."""

from __future__ import annotations

import json
import time
import traceback
from pathlib import Path
from typing import Any

from benchmarks import environment
from benchmarks.measure import Book, Figure, rows_of

PARTS = (
    "search",
    "pages",
    "exports",
    "imports",
    "sweeps",
    "commitments",
    "checks",
    "tracker",
    "reports",
    "repair",
    "filed",
    "grading",
    "alerts",
    "load",
    "partitions",
    "workers",
    "replica",
    "personal",
)


def run(subjects: int, only: list[str]) -> list[str]:
    """Run the parts (all, or those named) on the connected city; the names of the parts that broke.

    `results-<subjects>.json` and `.md` are written after every part, so that what was measured is there whatever becomes of the rest.
    """
    _prepare()
    book, broken = Book(), []
    target = environment.var() / f"results-{subjects}{'-' + '-'.join(only) if only else ''}.json"
    machine, begin = environment.machine(), time.perf_counter()
    for name in only or PARTS:
        try:
            __import__(f"benchmarks.{name}", fromlist=["run"]).run(book)
        except Exception:  # noqa: BLE001 - one part that breaks must not take the others with it
            traceback.print_exc()
            broken.append(name)
        _write(target, subjects, book, machine, time.perf_counter() - begin)
    print(f"{len(book.figures)} figures in {time.perf_counter() - begin:.0f} s, written to {target}")
    if broken:
        print(f"not measured, see above: {', '.join(broken)}")
    return broken


def _write(target: Path, subjects: int, book: Book, machine: dict[str, str], seconds: float) -> None:
    results = {
        "subjects": subjects,
        "records": rows_of("SELECT count(*) FROM records_creditrecord")[0][0],
        "at": time.strftime("%Y-%m-%d %H:%M"),
        "machine": machine | {"load_after": environment.machine()["load"]},
        "server": dict(
            rows_of(
                "SELECT name, setting FROM pg_settings WHERE name IN ('shared_buffers','server_version','work_mem')"
            )
        ),
        "seconds": round(seconds, 1),
        "figures": [figure.as_dict() for figure in book.figures],
    }
    target.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    target.with_suffix(".md").write_text(table(results), encoding="utf-8")


def table(results: dict[str, Any]) -> str:
    """The results as a markdown table."""
    machine = results["machine"]
    lines = [
        f"{results['subjects']:,} subjects, {results['records']:,} records; {machine['processor']}, {machine['cores']} cores, "
        f"{machine['memory']}, Python {machine['python']}; load before {machine['load']}, after {machine['load_after']}; {results['at']}",
        "",
        "| part | what | p50 ms | p95 ms | CPU ms | work p95 ms | beside | its p50 ms | ratio | queries | aim | reached | |",
        "|---|---|---:|---:|---:|---:|---|---:|---:|---:|---|---|---|",
    ]
    for each in map(lambda row: Figure(**row), results["figures"]):
        reached = {True: "yes", False: "no", None: ""}[each.reached]
        lines.append(
            f"| {each.part} | {each.name} | {each.p50:,.1f} | {each.p95:,.1f} | {each.cpu:,.1f} | {each.work:,.1f} | {each.yard} | {each.yard_p50:,.1f} | "
            f"{each.ratio:.2f} | {'' if each.queries is None else each.queries} | {each.aim} | {reached} | {each.note} |"
        )
    return "\n".join(lines) + "\n"


def _prepare() -> None:
    """Static files, for the pages name them by their digests."""
    from django.conf import settings
    from django.core.cache import cache
    from django.core.management import call_command

    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        call_command("collectstatic", interactive=False, verbosity=0)
    cache.clear()

"""A workbook of commitment letters beside one of as many penalties, both end to end in one run."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from benchmarks import environment
from benchmarks.city.authorities import authorities
from benchmarks.imports import both, clerk, enter, raw_rows, write_file, write_rows
from benchmarks.measure import Book, Figure
from commitments.models import MatterEntry
from records.imports.batches.undo import undo_batch

STANDARD = "commitment"
ROWS = 20_000
SAME_ORDER = 2


def run(book: Book) -> None:
    """Penalties first, letters second; both are taken back afterwards."""
    call_command("load_base", verbosity=0)
    rows = int(os.environ.get("BENCH_LETTER_ROWS") or ROWS)
    penalties, letters = (environment.var() / f"{name}-{rows}.xlsx" for name in ("beside", "letters"))
    write_file(penalties, rows, serial=7_000_000)
    columns = write_rows(letters, STANDARD, letter_rows(rows))
    yard, yard_cpu, beside = both(lambda: enter(penalties))
    took, cpu, batch = both(lambda: enter(letters, STANDARD))
    book.add(
        Figure(
            "commitments", f"{rows:,} letters, {columns} columns", took, took, 1, cpu, "as many penalties", yard, yard,
            took / yard, aim="of the same order", reached=took / yard <= SAME_ORDER,
            note=f"{batch.accepted:,} accepted, {batch.rejected:,} refused; processor time of both sides {cpu:,.0f} ms, "
            f"{cpu / yard_cpu:.2f} times the {yard_cpu:,.0f} ms of the penalties",
        )
    )  # fmt: skip
    for each in (beside, batch):
        undo_batch(each, by=clerk(), reason="性能测试结束，撤回")


def letter_rows(rows: int) -> Iterator[dict[str, Any]]:
    """Letters of the same subjects as the penalties', two in a hundred with a wrong check digit."""
    random, stamp, today = Random(rows), int(time.time()) % 10_000_000, timezone.localdate()
    entries = list(MatterEntry.objects.in_force(today).filter(commitment_type="approval").select_related("matter"))
    bureau = next(each for each in authorities() if each.row.code == "scjgj")
    name, code = bureau.row.name, bureau.uscc
    for number, penalty in enumerate(raw_rows(rows, 8_000_000)):
        entry = random.choice(entries) if entries else None
        made = today - timedelta(days=random.randrange(1, 300))
        yield {
            "CN_BM": f"CN{stamp}-{number:06d}",
            "CN_XDR_MC": penalty["CF_XDR_MC"],
            "CN_XDR_LB": penalty["CF_XDR_LB"],
            "CN_XDR_SHXYM": penalty["CF_XDR_SHXYM"],
            "CN_FRDB": penalty["CF_FRDB"],
            "CN_LX": "审批替代型" if entry else "主动型",
            "CN_SXMC": entry.matter.name if entry else "诚信经营承诺",
            "CN_SXBM": entry.matter.code if entry else "",
            "CN_NR": "本单位承诺符合规定的经营条件，提交的材料真实有效。",
            "CN_ZR": "违背承诺的，愿意承担相应的法律责任。",
            "CN_ZCRQ": made.isoformat(),
            "CN_YXQZI": "2099/12/31",
            "CN_JG": name,
            "CN_JGDM": code,
            "CN_LYDW": name,
            "CN_LYDWDM": code,
            "CN_GKSX": "社会公开",
        }

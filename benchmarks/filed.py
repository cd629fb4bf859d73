"""A published list of 50,000 lines beside a workbook of as many penalties, both end to end in one run: with codes, with organisation codes, without any number."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from benchmarks import environment
from benchmarks.imports import both, clerk, enter, raw_rows, write_file, write_rows
from benchmarks.measure import Book, Figure
from credit_platform.accounts.models import User
from credit_platform.demo.filed import authority_code
from records.imports.batches.undo import undo_batch
from sanctions import base_data
from sanctions.filed.actions import publications
from sanctions.filed.models import FiledRow

STANDARD = "filed-court"
ROWS = 50_000
PENALTIES = 10_000
AIM = 10
"""Times the penalties' time a row: a line is read, matched, entered as another record, published and followed."""


def run(book: Book) -> None:
    """The list twice (new, then unchanged) beside the penalties; all of it is taken back afterwards."""
    call_command("load_base", verbosity=0)
    base_data.load()
    rows = int(os.environ.get("BENCH_FILED_ROWS") or ROWS)
    penalties, listed = environment.var() / f"beside-filed-{PENALTIES}.xlsx", environment.var() / f"filed-{rows}.xlsx"
    write_file(penalties, PENALTIES, serial=9_000_000)
    write_rows(listed, STANDARD, lines(rows))
    _publication()
    yard, _, beside = both(lambda: enter(penalties))
    yard *= rows / PENALTIES
    took, cpu, batch = both(lambda: enter(listed, STANDARD))
    states = {
        state: FiledRow.objects.filter(first_batch=batch.pk, state=state).count() for state in ("entered", "waiting")
    }
    again, again_cpu, second = both(lambda: enter(listed, STANDARD))
    for what, spent, work, note in (
        (
            f"list of {rows:,} lines",
            took,
            cpu,
            f"{states['entered']:,} listed and published, {states['waiting']:,} wait for a person",
        ),
        ("the same list again", again, again_cpu, f"{second.unchanged:,} unchanged"),
    ):
        book.add(
            Figure(
                "filed", what, spent, spent, 1, work, "as many penalties", yard, yard, spent / yard, aim=f"{AIM} times",
                reached=spent / yard <= AIM, note=f"{note}; {rows / spent * 1000:,.0f} lines a second",
            )
        )  # fmt: skip
    for each in (beside, batch):
        undo_batch(each, by=clerk(), reason="性能测试结束，撤回")


def lines(rows: int) -> Iterator[dict[str, Any]]:
    """Lines about the penalties' subjects: seven in ten with a credit code, two with an organisation code, one with a name alone."""
    stamp, day = int(time.time()) % 10_000_000, timezone.localdate() - timedelta(days=5)
    for number, penalty in enumerate(raw_rows(rows, 9_500_000)):
        code = str(penalty["CF_XDR_SHXYM"])
        kind = number % 10
        yield {
            "GB_WSH": f"（{day.year}）示0102执{stamp}{number:06d}号",
            "GB_MC": penalty["CF_XDR_MC"],
            "GB_SHXYM": code if kind < 7 else "",
            "GB_ZZJG": code[8:17] if 7 <= kind < 9 else "",
            "GB_RQ": day.isoformat(),
            "GB_SY": "有履行能力而拒不履行生效法律文书确定义务",
            "GB_ZXFY": "示例区人民法院",
        }


def _publication() -> None:
    """A publication of the bureau, confirmed by another of its people."""
    by = clerk()
    given = {
        "standard": STANDARD,
        "list_code": "ZF-SXBZXR",
        "title": "失信被执行人名单（测量）",
        "authority_name": "示例市中级人民法院",
        "authority_code": authority_code("11", "110000", 90000001),
        "document_number": "示法公〔2026〕1号",
        "published_on": timezone.localdate() - timedelta(days=5),
        "basis": "《民事诉讼法》第二百六十六条",
        "published_at": "示例法院公告栏",
        "is_full": False,
    }
    department = by.department
    assert department is not None  # noqa: S101 - the benchmark's own account
    made = publications.register_publication(given, department=department, by=by)
    publications.confirm_publication(made, by=User.objects.get(username="scjgj_sh"))

"""Rows and files of 12315 for tests; everything made up."""

from __future__ import annotations

import csv
import io
from datetime import date

from credit_platform.accounts.models import Department
from credit_platform.accounts.tests.factories import ClerkFactory
from records.imports.batches import batches, engine
from records.models import ImportBatch
from records.standards import registry
from records.tests.factories import valid_code
from supervision.complaints.models import Complaint, ViolationReport

TODAY = date(2026, 11, 23)
WHO = "投诉人张伟，电话13800138000"


def code_of(firm: int) -> str:
    """The credit code of a firm."""
    return valid_code(75000000 + firm)


def row(number: int, authority: Department, *, firm: int = 1, **changes: object) -> dict[str, object]:
    """A complaint about a firm that was accepted and settled."""
    found = {
        "TS_BH": f"2301202611{number:06d}",
        "TS_LX": "投诉",
        "TS_QD": "12315热线",
        "TS_DJRQ": "2026-09-10",
        "TS_XDR_MC": f"哈尔滨示诉第{firm}商贸有限公司",
        "TS_XDR_SHXYM": code_of(firm),
        "TS_LB": "食品",
        "TS_WT": "质量",
        "TS_NR": f"{WHO}，称购买的面包发霉，要求退款。",
        "TS_SQ": "退款并赔偿",
        "TS_JE": "35.5",
        "TS_SHXF": "是",
        "TS_SLJG": "受理",
        "TS_SLRQ": "2026-09-15",
        "TS_BLJG": "达成调解",
        "TS_BJRQ": "2026-11-18",
        "TS_JG": authority.name,
        "TS_JGDM": authority.uscc,
        "TS_LYDW": authority.name,
        "TS_LYDWDM": authority.uscc,
        "TS_GKSX": "社会公开",
    }
    return {code: value for code, value in (found | changes).items() if value is not None}


def open_row(number: int, authority: Department, **changes: object) -> dict[str, object]:
    """The same before anything was decided about it."""
    nothing = dict.fromkeys(("TS_SLJG", "TS_SLRQ", "TS_BLJG", "TS_BJRQ"))
    return row(number, authority, **(nothing | changes))


def report_row(number: int, authority: Department, **changes: object) -> dict[str, object]:
    """A report of a violation about the same firm."""
    return open_row(number, authority, **({"TS_LX": "举报", "TS_NR": "举报人李芳：该店使用过期原料。"} | changes))


def as_csv(rows: list[dict[str, object]]) -> bytes:
    labels = {each.code: each.label for each in registry.get("complaint").fields}
    names = list(dict.fromkeys(code for each in rows for code in each))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([labels[name] for name in names])
    writer.writerows([[each.get(name, "") for name in names] for each in rows])
    return out.getvalue().encode("utf-8-sig")


def take(rows: list[dict[str, object]], authority: Department, *, by: object = None, **options: object) -> ImportBatch:
    """Bring a file in by the real importer."""
    given = batches.Options(standard="complaint", department=authority, **options)
    batch = batches.receive([as_csv(rows)], "投诉举报.csv", given, by=by or ClerkFactory(department=authority))
    return engine.run(batch.pk)


def complaint(authority: Department, number: int = 1, **changes: object) -> Complaint:
    """A complaint that was brought in."""
    take([row(number, authority, **changes)], authority)
    return Complaint.objects.get(number__endswith=f"{number:06d}")


def report(authority: Department, number: int = 500) -> ViolationReport:
    """A report of a violation that was brought in."""
    take([report_row(number, authority)], authority)
    return ViolationReport.objects.get(number__endswith=f"{number:06d}")

"""Credit checks: one by one over HTTP with key, rate limit, audit entry and signed receipt beside a bare read by key, and many at once."""

from __future__ import annotations

import http.client
import json
import os
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from django.utils import timezone

from benchmarks.load import bare_reads
from benchmarks.measure import Book, Figure, rows_of
from benchmarks.serving import press, served, worked_ms
from checks.actions.states import keep
from checks.actions.sweeping import turn
from checks.models import CheckMatter, SubjectState
from credit_platform import pg
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import ApiClient, Department
from credit_platform.accounts.models.clients import KEY_PREFIX_LENGTH, hash_key
from credit_platform.audit.context import acting
from sanctions.lists.models import CreditList
from sanctions.measures.models import MatterField, Measure, MeasureEntry, MeasureList

MATTER = "HC-ZFCG"
ENTRIES = 50_000
BATCH, BATCHES, TOGETHER = 10_000, 10, 2
TURNS = 4
AIM_MS, AIM_BATCH_S = 25.0, 10.0
RECORDS = """INSERT INTO records_creditrecord (subject_id, item_id, kind, standard, authority_id, authority_name, source_department_id, title,
    document_number, document_key, decided_on, content, content_hash, warnings, status, version, first_arrived_at, created_at, updated_at, revoked_reason)
  SELECT s.id, %s, 'list-entry', 'list-entry', %s, %s, %s, '示例名单', '示列决' || s.id, '示列决' || s.id, %s, '{}', md5(s.id::text), '[]', 'active', 1,
    now(), now(), now(), '' FROM records_subject s WHERE s.code IS NOT NULL ORDER BY s.id LIMIT %s ON CONFLICT DO NOTHING"""
LISTED = """INSERT INTO sanctions_listentry (record_id, credit_list_id, subject_id, document_number, entered_on, starts_on, ends_on, ended_way,
    ended_document, ended_why, updated_at)
  SELECT r.id, %s, r.subject_id, r.document_number, r.decided_on, r.decided_on, %s, '', '', '', now() FROM records_creditrecord r
  WHERE r.kind = 'list-entry' AND NOT EXISTS (SELECT 1 FROM sanctions_listentry e WHERE e.record_id = r.id)"""


def run(book: Book) -> None:
    """Half of the questions are about subjects of whom something is known."""
    with acting(SYSTEM):
        key = _prepared(book)
    codes = [
        str(code)
        for (code,) in rows_of(
            "SELECT code FROM records_subject WHERE code IS NOT NULL ORDER BY md5(id::text) LIMIT 20000"
        )
    ]
    bodies = [_question(n, code) for n, code in enumerate(codes)]
    headers = {"X-Api-Key": key, "Content-Type": "application/json"}
    with served() as port:
        _one_by_one(book, port, headers, bodies)
        _many(book, port, headers, codes)


def _one_by_one(book: Book, port: int, headers: dict[str, str], bodies: list[str]) -> None:
    """In turns with bare reads. What a request costs in processor time, web server and PostgreSQL together, stands beside the rates: a machine that
    others use lets fewer through, and makes both dearer by the same."""
    bare = bare_reads()
    for number in range(1, TURNS + 1):
        begin = worked_ms()
        yard = press(port, bare)
        between = worked_ms()
        found = press(port, ["/api/v1/checks/"], headers, bodies=bodies)
        each, bare_each = (worked_ms() - between) / found.requests, (between - begin) / yard.requests
        book.add(
            Figure(
                "checks", f"one by one over HTTP, turn {number}", found.p50, found.p95, found.requests, 0.0, "bare read by key", yard.p50, yard.p95,
                yard.rate / max(found.rate, 0.01), aim=f"as many as bare reads, p95 < {AIM_MS:.0f} ms",
                reached=found.rate >= yard.rate and found.p95 < AIM_MS and not found.errors, work=each,
                note=f"{found.rate:,.0f} checks/s (bare {yard.rate:,.0f}), {each:.2f} ms of processor time (bare {bare_each:.2f}), "
                f"{found.kilobytes:.1f} KB each, {found.errors} errors",
            )
        )  # fmt: skip


def _many(book: Book, port: int, headers: dict[str, str], codes: list[str]) -> None:
    bodies = [_items(number, codes) for number in range(BATCHES)]
    begin, used = time.perf_counter(), worked_ms()
    with ThreadPoolExecutor(TOGETHER) as senders:
        lines = sum(senders.map(lambda body: _batch(port, headers, body), bodies))
    took, used = (time.perf_counter() - begin) * 1000, worked_ms() - used
    book.add(
        Figure(
            "checks", f"{lines:,} in batches of {BATCH:,}, {TOGETHER} at a time over HTTP", took, took, BATCHES, work=used, aim=f"{AIM_BATCH_S:.0f} s",
            reached=took < AIM_BATCH_S * 1000 and lines == BATCH * BATCHES, note=f"{lines / took * 1000:,.0f} checks/s, each with entry and receipt",
        )
    )  # fmt: skip


def _items(number: int, codes: list[str]) -> str:
    items = [{"code": codes[(number * BATCH + n) % len(codes)], "case_number": f"批{number}-{n}"} for n in range(BATCH)]
    return json.dumps({"matter": MATTER, "purpose": "procurement", "items": items})


def _batch(port: int, headers: dict[str, str], body: str) -> int:
    visitor = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    visitor.request("POST", "/api/v1/checks/batch/", body.encode(), headers)
    *lines, end = visitor.getresponse().read().splitlines()
    visitor.close()
    return len(lines) if json.loads(end).get("done") else 0


def _question(n: int, code: str) -> str:
    return json.dumps({"code": code, "matter": MATTER, "case_number": f"办{n}", "purpose": "procurement"})


def _prepared(book: Book) -> str:
    """A client, a list with its entries, the measures that hang on it, and the states, whose computation anew is a figure too."""
    department = Department.objects.order_by("pk")[0]
    key = secrets.token_urlsafe(32)
    ApiClient.objects.create(
        name=f"bench {key[:8]}", department=department, prefix=key[:KEY_PREFIX_LENGTH], key_hash=hash_key(key),
        scopes=["checks.ask"], rate_per_minute=100_000_000,
    )  # fmt: skip
    _measures()
    _entries(department)
    turn()
    subjects = [int(str(pk)) for (pk,) in rows_of("SELECT DISTINCT subject_id FROM sanctions_listentry ORDER BY 1")]
    begin = time.perf_counter()
    keep(subjects)
    took = (time.perf_counter() - begin) * 1000
    known = SubjectState.objects.count()
    book.add(
        Figure(
            "checks", f"{len(subjects):,} states computed anew", took, took, 1, note=f"{known:,} subjects with a state"
        )
    )
    pg.execute("ANALYZE checks_subjectstate")
    return key


def _measures() -> None:
    CheckMatter.objects.filter(code=MATTER).update(valid_workdays=5)
    MatterField.objects.get_or_create(code="procurement", defaults={"name": "政府采购"})
    if MeasureList.objects.in_force(timezone.localdate()).exists():
        return
    edition = MeasureList.objects.create(
        code="bench", name="示例", basis="示例", state="issued", valid_from=date(2022, 1, 1)
    )
    for number, force in enumerate(("must", "weigh")):
        measure, _ = Measure.objects.get_or_create(code=f"B{number}", defaults={"name": "示例措施"})
        MeasureEntry.objects.create(
            edition=edition, measure=measure, kind="managing", force=force, whom="both", lists=["@serious"], matters=["procurement"],
            term="entry", authority="示例", basis="示例", legal_text="有关部门应当将其作为重要考量因素。",
        )  # fmt: skip


def _entries(department: Any) -> None:
    row, _ = CreditList.objects.get_or_create(
        code="BENCH", valid_from=date(2022, 1, 1),
        defaults={
            "name": "示例名单", "short_name": "示例", "nature": "serious", "field": "示例", "authority": "示例", "authority_level": "county",
            "basis": "示例", "basis_rank": "law", "standard_at": "示例", "consultation_days": 30, "review_due": date(2030, 1, 1),
            "publication": "public",
        },
    )  # fmt: skip
    item = rows_of("SELECT id FROM records_catalogueitem ORDER BY id LIMIT 1")[0][0]
    count = int(os.environ.get("BENCH_ENTRIES") or ENTRIES)
    pg.execute(RECORDS, [item, department.pk, department.name, department.pk, date(2026, 6, 1), count])
    pg.execute(LISTED, [row.pk, date(2029, 6, 1)])

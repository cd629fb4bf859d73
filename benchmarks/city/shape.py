"""What the generated city looks like, and that it is sound: counted, not claimed."""

from __future__ import annotations

from typing import Any

from django.db import connection

from disclosure.models import Disclosure
from disclosure.queries.evaluation import Evaluator
from disclosure.rules import masking
from records.ledger_rules import content_hash

QUESTIONS = {
    "subjects by kind": "SELECT kind, count(*) FROM records_subject GROUP BY 1 ORDER BY 2 DESC",
    "subjects by district": "SELECT district, count(*) FROM records_subject WHERE district <> '' GROUP BY 1 ORDER BY 1",
    "names": "SELECT CASE WHEN is_current THEN 'present' ELSE 'former' END, count(*) FROM records_subjectname GROUP BY 1",
    "records by kind": "SELECT kind, count(*) FROM records_creditrecord GROUP BY 1 ORDER BY 2 DESC",
    "records by year of decision (without registration)": (
        "SELECT extract(year FROM decided_on)::int, count(*) FROM records_creditrecord WHERE kind <> 'registration' GROUP BY 1 ORDER BY 1"
    ),
    "disclosures by state": "SELECT state, count(*) FROM disclosure_disclosure GROUP BY 1 ORDER BY 2 DESC",
    "records of one subject": (
        "SELECT * FROM (SELECT unnest(ARRAY['median','p99','most']), unnest(ARRAY[percentile_disc(0.5) WITHIN GROUP (ORDER BY n), "
        "percentile_disc(0.99) WITHIN GROUP (ORDER BY n), max(n)]) FROM (SELECT count(*) AS n FROM records_creditrecord "
        "GROUP BY subject_id) s) q"
    ),
    "size in MB": (
        "SELECT relname, pg_total_relation_size(oid) / 1048576 FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
        "AND pg_total_relation_size(oid) > 1048576 ORDER BY 2 DESC LIMIT 14"
    ),
    "others": (
        "SELECT 'departments', (SELECT count(*) FROM accounts_department) UNION ALL SELECT 'import batches', "
        "(SELECT count(*) FROM records_importbatch) UNION ALL SELECT 'audit entries', (SELECT count(*) FROM audit_entry) "
        "UNION ALL SELECT 'feed events', (SELECT count(*) FROM disclosure_disclosurechange)"
    ),
}
SAMPLE = 300


def shape() -> dict[str, list[list[Any]]]:
    """Counts by question."""
    found = {}
    with connection.cursor() as cursor:
        for title, question in QUESTIONS.items():
            cursor.execute(question)
            found[title] = [list(row) for row in cursor.fetchall()]
    return found


def unsound() -> list[str]:
    """Rows of a sample whose content, hash, public face or days are not what the platform itself would make of them."""
    rows = (
        Disclosure.objects.filter(pk__in=_sample())
        .select_related("record__subject", "source_department", "authority")
        .order_by("pk")
    )
    evaluator, wrong = Evaluator.__new__(Evaluator), []
    from django.utils import timezone

    from credit_platform.workdays.queries import calendar

    evaluator.__init__(timezone.localdate())  # type: ignore[misc]
    days = calendar()
    for row in rows:
        record = row.record
        if content_hash(record.content) != record.content_hash:
            wrong.append(f"{row.pk}: content hash")
        standard = evaluator.standard(record)
        if standard is not None and row.shown:
            if masking.shown_of(standard, record.content, subject_kind=record.subject.kind) != row.shown:
                wrong.append(f"{row.pk}: shown")
        if not row.on_entry and days.deadline(record.decided_on, 7).due_on != row.due_on:
            wrong.append(f"{row.pk}: due day")
    return wrong


def _sample() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM disclosure_disclosure")
        most = cursor.fetchone()[0]
    return [1 + place * most // SAMPLE for place in range(SAMPLE)]


def lines(found: dict[str, list[list[Any]]]) -> list[str]:
    """The shape as text."""
    out = []
    for title, rows in found.items():
        out.append(f"{title}:")
        out += [f"    {str(name):<32}{count:>14,}" for name, count in rows]
    return out

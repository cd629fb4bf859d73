"""`python -m benchmarks.letter_lists --letters 200000`: the public list of letters by filter, without and with an index for each.

The letters of `benchmarks.reviews`, spread over types, districts, states and published; an index that does not pay is not kept.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import Any

from benchmarks import environment, reviews

# Of a hundred letters 62 instead of an approval's papers, 15 with missing papers, 15 instead of a proof; four of ten of the city itself.
SPREAD = """
UPDATE commitments_letter SET
    commitment_type = CASE WHEN id %% 100 < 62 THEN 'approval' WHEN id %% 100 < 77 THEN 'shortfall' WHEN id %% 100 < 92 THEN 'proof'
        WHEN id %% 100 < 97 THEN 'active' WHEN id %% 1000 < 985 THEN 'repair' WHEN id %% 5000 = 4999 THEN 'other' ELSE 'trade' END,
    district = CASE WHEN id %% 10 < 4 THEN '' ELSE (ARRAY['230102','230103','230104','230108','230109','230110','230111','230112','230113',
        '230123','230124','230125','230126','230127','230128','230129','230183','230184'])[1 + floor(18 * power((id * 7919 %% 1000) / 1000.0, 3))::int] END,
    fulfilment = CASE WHEN id %% 1000 < 700 THEN 'performing' WHEN id %% 1000 < 960 THEN 'fulfilled' WHEN id %% 1000 < 968 THEN 'unfulfilled'
        WHEN id %% 1000 < 973 THEN 'partly' WHEN id %% 1000 < 980 THEN 'unverifiable' ELSE 'withdrawn' END
"""
SHOWN = """
INSERT INTO disclosure_disclosure (record_id, public_id, kind, subject_id, subject_name, subject_code, source_department_id, authority_id,
    district, title, document_number, document_key, decided_on, state, version, on_entry, due_on, due_provisional, arrived_on, arrival_late,
    late_reason, severity, severity_stated_by, rule_set, published_at, published_on, waits_for_performance, ends_explained, ended_why,
    public_note, shown, shown_record_version, needs_correction, review_note, masking_confirmed, created_at, updated_at)
SELECT r.id, substr(md5('letter' || r.id), 1, 12), 'commitment', r.subject_id, s.name, s.code, %(department)s, %(department)s,
    l.district, r.title, r.document_number, r.document_key, r.decided_on, 'published', 1, true, r.decided_on, false, r.decided_on, false,
    '', '', '', '', r.decided_on, r.decided_on, false, '{}', '', '', r.content, 1, false, '', false, now(), now()
FROM commitments_letter l JOIN records_creditrecord r ON r.id = l.record_id JOIN records_subject s ON s.id = r.subject_id WHERE l.id %% 20 > 0
"""
INDEXES = {"type": "letter_of_type", "district": "letter_of_district", "fulfilment": "letter_assessed"}
ASKED = {
    "type": ("approval", "proof", "repair", "trade", "other"),
    "district": ("230102", "230112", "230184"),
    "fulfilment": ("performing", "fulfilled", "unverifiable", "unfulfilled"),
}


def prepare(letters: int) -> None:
    """Spread the letters and publish them."""
    from credit_platform.accounts.actors import SYSTEM
    from credit_platform.accounts.models import Department
    from credit_platform.audit.context import acting

    with acting(SYSTEM):
        reviews._execute(SPREAD, {})
        reviews._execute(SHOWN, {"department": Department.objects.get(code="first").pk})
    for table in ("commitments_letter", "disclosure_disclosure", "records_creditrecord"):
        reviews._execute(f"VACUUM (ANALYZE) {table}")


def _index(name: str) -> tuple[str, str]:
    """How an index is made, and how large it is."""
    from benchmarks.measure import rows_of

    found = rows_of(
        "SELECT pg_get_indexdef(%s::regclass), pg_size_pretty(pg_relation_size(%s::regclass))", [name, name]
    )
    return found[0][0], found[0][1]


def measure(names: dict[str, tuple[str, ...]]) -> None:
    """The first page and the count of each filter."""
    from benchmarks.measure import side_by_side

    for name, values in names.items():
        for value in values:
            page, count = _asked({name: value})
            told = " ".join(f"{side_by_side([each], rounds=3)['p50']:9.1f}" for each in (page, count))
            print(f"{name:<11} {value or '(all)':<14} page, count ms {told}   {_nodes(name, value)}", flush=True)


def _listing(query: dict[str, str]) -> Any:
    from django.test import RequestFactory
    from django.utils import timezone

    from commitments.letters.public.letters import SORTS
    from commitments.letters.queries.filters import LetterFilter
    from commitments.letters.queries.letters import public_letters
    from credit_platform.web.lists import ListPage

    rows = public_letters(timezone.localdate())
    return ListPage(RequestFactory().get("/commitments/", query), rows, LetterFilter, sorts=SORTS, size=20)


def _asked(query: dict[str, str]) -> tuple[Callable[[], Any], Callable[[], Any]]:
    return (lambda: _listing(query).page.items, lambda: _listing(query).total)


def _nodes(name: str, value: str) -> str:
    """Which index of letters the page is read by."""
    listing = _listing({name: value})
    plan = listing.queryset.order_by(*listing.order)[:21].explain()
    return "; ".join(line.strip(" ->").split("  (")[0] for line in plan.splitlines() if "commitments_letter" in line)


def main() -> int:
    """Build, measure without and with each index, drop."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.letter_lists", description=__doc__)
    parser.add_argument("--letters", type=int, default=200_000)
    parser.add_argument("--drop", action="store_true", help="remove the database afterwards")
    given = parser.parse_args()
    reviews.build(given.letters, 1)
    print(f"machine: {environment.machine()}")
    prepare(given.letters)
    kept = {name: _index(index) for name, index in INDEXES.items()}
    for index in INDEXES.values():
        reviews._execute(f"DROP INDEX {index}")
    print("without")
    measure(ASKED)
    for name, (statement, size) in kept.items():
        reviews._execute(statement)
        reviews._execute("VACUUM (ANALYZE) commitments_letter")
        print(f"with {INDEXES[name]}, {size}")
        measure({name: ASKED[name]})
        reviews._execute(f"DROP INDEX {INDEXES[name]}")
    print("figures of this year")
    _figures()
    if given.drop:
        from django.db import connection

        connection.close()
        environment.execute(f"DROP DATABASE IF EXISTS {reviews.name_of(given.letters)} WITH (FORCE)")
    return 0


def _figures() -> None:
    """What a visitor whom no kept answer serves waits for."""
    from django.utils import timezone

    from benchmarks.measure import side_by_side
    from commitments.statistics import queries as statistics

    today = timezone.localdate()
    for name, work in (
        ("desk", lambda: statistics._figures(today.year, today, None)),
        ("public", lambda: statistics._public(today.year, today)),
        ("share", lambda: statistics._share(today)),
    ):
        print(f"{name:<8} {side_by_side([work], rounds=3)['p50']:9.1f} ms", flush=True)


if __name__ == "__main__":
    sys.exit(main())

"""`python -m benchmarks.reviews --letters 1000000 --due 5000`: the morning's sweep over the letters of a city, by two processes at once.

The database `bench_reviews_<letters>` is made when it is missing, set-wise, and dropped with --drop.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from typing import Any
from urllib.parse import urlsplit

from benchmarks import environment

SUBJECTS = """
INSERT INTO records_subject (kind, name, code, district, legal_representative, operating_status, id_type, created_at, updated_at)
SELECT 'legal', '哈尔滨示例第' || n || '号有限公司', 'B' || lpad(n::text, 17, '0'), '230102', '赵某', '', '', now(), now()
FROM generate_series(1, %(subjects)s) n
"""
RECORDS = """
INSERT INTO records_creditrecord (subject_id, item_id, kind, standard, authority_id, authority_name, source_department_id, title,
    document_number, document_key, decided_on, content, content_hash, warnings, status, version, first_arrived_at, revoked_reason, created_at, updated_at)
SELECT s.id, %(item)s, 'commitment', 'commitment', %(department)s, '示例市第一局', %(department)s, '食品经营许可',
    'CN' || n, 'CN' || n, %(today)s::date - (n %% 700)::int, jsonb_build_object('CN_BM', 'CN' || n, 'CN_NR', repeat('承诺符合全部条件。', 20)),
    md5(n::text), '[]', 'active', 1, now(), '', now(), now()
FROM generate_series(1, %(letters)s) n JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place FROM records_subject) s
  ON s.place = 1 + n %% %(subjects)s
"""
# One letter of two is to be looked at some day of the coming two years; `due` of them, spread over the table, by today.
LETTERS = """
INSERT INTO commitments_letter (record_id, code, subject_id, department_id, district, commitment_type, channel, made_on, fulfilment,
    next_review_on, next_review_kind, review_provisional, shortfall_papers, created_at, updated_at)
SELECT r.id, r.document_number, r.subject_id, r.source_department_id, '230102', 'approval', 'api', r.decided_on, 'performing',
    CASE WHEN n %% %(every)s = 0 AND n / %(every)s <= %(due)s THEN %(today)s::date - (n %% 30)::int
         WHEN n %% 2 = 0 THEN %(today)s::date + 1 + (n %% 700)::int END, 'first', false, '', now(), now()
FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM records_creditrecord) r
"""
BARE = """
INSERT INTO commitments_review (letter_id, department_id, kind, due_on, state, outcome, method, finding, version)
SELECT id, department_id, next_review_kind, next_review_on, 'open', '', '', '', 1 FROM commitments_letter
WHERE next_review_on <= %(today)s ORDER BY next_review_on, id
"""
TWICE = "SELECT count(*) FROM (SELECT letter_id FROM commitments_review GROUP BY letter_id HAVING count(*) > 1) d"


def name_of(letters: int) -> str:
    """The database of a number of letters."""
    return f"bench_reviews_{letters}"


def use(letters: int) -> None:
    """Point the settings at it and set Django up."""
    environment.use(0)
    address = urlsplit(os.environ["DATABASE_URL"])
    os.environ["DATABASE_URL"] = address._replace(path=f"/{name_of(letters)}").geturl()
    import django

    django.setup()


def build(letters: int, due: int) -> None:
    """The city's letters, written set-wise."""
    name = name_of(letters)
    environment.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    environment.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    use(letters)
    from django.core.management import call_command
    from django.utils import timezone

    from credit_platform.accounts.actors import SYSTEM
    from credit_platform.accounts.models import Department
    from credit_platform.audit.context import acting
    from records.models import CatalogueItem

    begin = time.perf_counter()
    call_command("migrate", verbosity=0)
    with acting(SYSTEM):
        department = Department.objects.create(code="first", name="示例市第一局")
        item = CatalogueItem.objects.create(code="XYCN", name="信用承诺信息")
        given = {"letters": letters, "subjects": max(letters // 20, 1), "due": due, "every": max(letters // max(due, 1), 1),
                 "item": item.pk, "department": department.pk, "today": timezone.localdate()}  # fmt: skip
        for statement in (SUBJECTS, RECORDS, LETTERS):
            _execute(statement, given)
    _execute("VACUUM (ANALYZE) commitments_letter")
    print(f"{letters:,} letters in {time.perf_counter() - begin:.0f} s")


def bare() -> float:
    """Milliseconds of the one INSERT that PostgreSQL cannot be spared, with the history's triggers; rolled back."""
    from django.utils import timezone

    from benchmarks.measure import once, undone
    from credit_platform.accounts.actors import SYSTEM
    from credit_platform.audit.context import acting

    with undone(), acting(SYSTEM):
        return once(lambda: _execute(BARE, {"today": timezone.localdate()}))[0]


def sweep(letters: int) -> int:
    """One of the two processes: wait for the word, sweep, say what was done."""
    use(letters)
    from django.utils import timezone

    from commitments.reviews.actions import open_due

    _execute("SELECT 1")
    print("ready", flush=True)
    sys.stdin.readline()
    begin = time.perf_counter()
    opened = open_due(timezone.localdate())
    print(json.dumps({"opened": opened, "ms": (time.perf_counter() - begin) * 1000}), flush=True)
    return 0


def in_parallel(letters: int, processes: int) -> tuple[float, list[dict[str, Any]]]:
    """Milliseconds of the longer of the sweeps, from the word to its last commit, and what each says of itself."""
    command = [sys.executable, "-m", "benchmarks.reviews", "--letters", str(letters), "--sweep"]
    running = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(processes)
    ]
    for each in running:
        assert each.stdout
        assert each.stdout.readline().strip() == "ready"
    for each in running:
        assert each.stdin
        each.stdin.write("go\n")
        each.stdin.flush()
    said = [json.loads(each.communicate()[0]) for each in running]
    return max(each["ms"] for each in said), said


def run(letters: int, due: int) -> int:
    """One process and two, each from a clean table; 1 when a letter was reviewed twice or one was left out."""
    from benchmarks.measure import rows_of
    from credit_platform.accounts.actors import SYSTEM
    from credit_platform.audit.context import acting

    print(f"machine: {environment.machine()}")
    begin, wrong = bare(), 0
    print(f"bare INSERT … SELECT: {begin:.0f} ms")
    for processes in (1, 2):
        with acting(SYSTEM):
            _execute("DELETE FROM commitments_review")
        _execute("VACUUM (ANALYZE) commitments_review")
        took, said = in_parallel(letters, processes)
        opened, twice = sum(each["opened"] for each in said), rows_of(TWICE)[0][0]
        rows = rows_of("SELECT count(*) FROM commitments_review")[0][0]
        wrong += twice or rows != due or opened != due
        shares = " + ".join(f"{each['opened']:,} in {each['ms']:.0f} ms" for each in said)
        print(
            f"{processes} process(es): {rows:,} of {due:,} opened in {took:.0f} ms ({shares}), x{took / begin:.1f}; twice: {twice}"
        )
    again, said = in_parallel(letters, 1)
    print(f"nothing to do: {again:.0f} ms, {said[0]['opened']} opened")
    return int(bool(wrong))


def _execute(statement: str, given: dict[str, Any] | None = None) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return int(cursor.rowcount)


def main() -> int:
    """Parse, build when missing, measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reviews", description=__doc__)
    parser.add_argument("--letters", type=int, default=1_000_000)
    parser.add_argument("--due", type=int, default=5_000)
    parser.add_argument("--sweep", action="store_true", help="be one of the processes")
    parser.add_argument("--drop", action="store_true", help="remove the database afterwards")
    given = parser.parse_args()
    if given.sweep:
        return sweep(given.letters)
    build(given.letters, given.due)
    try:
        return run(given.letters, given.due)
    finally:
        if given.drop:
            from django.db import connection

            connection.close()
            environment.execute(f"DROP DATABASE IF EXISTS {name_of(given.letters)} WITH (FORCE)")


if __name__ == "__main__":
    sys.exit(main())

"""`python -m benchmarks.draws --subjects 1000000 --drawn 3000`: a draw from the whole register with caps: freezing, announcing, drawing.

The database `bench_draws_<subjects>` is made anew, set-wise, and dropped with --drop. A part of the register has been inspected this year
already, so that caps take somebody out.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from benchmarks import environment

SUBJECTS = """
INSERT INTO records_subject (kind, name, code, district, legal_representative, operating_status, id_type, registered_on, created_at, updated_at)
SELECT 'legal', '哈尔滨示例第' || n || '号有限公司', 'B' || lpad(n::text, 17, '0'), '230102', '赵某',
    CASE WHEN n %% 50 = 0 THEN '注销' ELSE '存续' END, '', date '2015-01-01', now(), now()
FROM generate_series(1, %(subjects)s) n
"""
# Of every thirty subjects one was drawn this year already, by the same department: the cap takes it out.
BEFORE = """
INSERT INTO inspections_taskobject (task_id, subject_id, stratum, slip, ticket, place, state, skip_reason, skip_note, version)
SELECT %(task)s, id, 'usual', substr(md5(id::text), 1, 32), md5(id::text), row_number() OVER (ORDER BY id), 'closed', '', '', 1
FROM records_subject WHERE id %% 30 = 1
"""
VALUE = "03 07 14 19 25 31 + 09"
INSPECTORS = 200


def name_of(subjects: int) -> str:
    """The database of a number of subjects."""
    return f"bench_draws_{subjects}"


def use(subjects: int) -> None:
    """Point the settings at it and set Django up."""
    environment.use(0)
    address = urlsplit(os.environ["DATABASE_URL"])
    os.environ["DATABASE_URL"] = address._replace(path=f"/{name_of(subjects)}").geturl()
    import django

    django.setup()


def build(subjects: int) -> None:
    """The register, a bureau with its inspectors, and what it inspected before."""
    environment.execute(f"DROP DATABASE IF EXISTS {name_of(subjects)} WITH (FORCE)")
    environment.execute(f"CREATE DATABASE {name_of(subjects)} TEMPLATE template0")
    use(subjects)
    from django.core.management import call_command
    from django.db import connection

    from credit_platform.accounts.actors import SYSTEM
    from credit_platform.accounts.models import Department, Role, User
    from credit_platform.audit.context import acting

    call_command("migrate", verbosity=0)
    with acting(SYSTEM):
        bureau = Department.objects.create(code="first", name="哈尔滨市市场监督管理局", short_name="市市场监管局")
        for name in ("a", "b"):
            User.objects.create(username=name, full_name=name, roles=[Role.CLERK], department=bureau)
        with connection.cursor() as cursor:
            cursor.execute(SUBJECTS, {"subjects": subjects})
    call_command("load_base")
    _inspected(bureau)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) records_subject")


def _inspected(bureau: Any) -> None:
    """Inspectors, the cap of one visit a year, and a task whose objects have used it up."""
    from django.db import connection

    from credit_platform.accounts.actors import SYSTEM
    from credit_platform.accounts.models import User
    from credit_platform.audit.context import acting
    from supervision.inspections.libraries.models import Inspector
    from supervision.inspections.plans.models import FrequencyCap

    clerk, today = User.objects.get(username="a"), _today()
    with acting(SYSTEM):
        FrequencyCap.objects.create(department=bureau, per_year=1, basis="示例公告")
        Inspector.objects.bulk_create(
            Inspector(
                department=bureau,
                name=f"检查员{n}",
                card_kind="national",
                card_number=f"ZF{n:06}",
                card_from=today - timedelta(days=365),
                card_until=today + timedelta(days=1000),
            )
            for n in range(INSPECTORS)
        )
        task = _task(clerk, "SJ-03")
        with connection.cursor() as cursor:
            cursor.execute(BEFORE, {"task": task.pk})


def _today() -> Any:
    from django.utils import timezone

    return timezone.localdate()


def _task(by: Any, item: str, capacity: int = 1) -> Any:
    from supervision.inspections.items.models import Item
    from supervision.inspections.plans import actions
    from supervision.inspections.plans.actions.drafting import Draft

    today = _today()
    given = Draft(
        title="示例抽查",
        starts_on=today,
        ends_on=today + timedelta(days=30),
        scope="全市存续的企业",
        items=[Item.objects.get(code=item)],
        reason="测量",
        capacity=capacity,
        capacity_reason="测量",
    )
    return actions.draft(by.department, given, by=by, on=today)


def run(subjects: int, drawn: int) -> int:
    """Freeze, announce, enter, confirm; seconds of each and of all."""
    from django.utils import timezone

    from casework.actions import draws
    from casework.rules.draws import Named
    from credit_platform.accounts.models import User
    from supervision.inspections.plans import actions

    one, two = User.objects.select_related("department").order_by("username")[:2]
    task, now = _task(one, "SJ-01", drawn), timezone.now()
    after = now + timedelta(minutes=1)
    named = Named("SSQ", "2026131", after, "2026132", after + timedelta(days=1))
    taken: dict[str, float] = {}

    def timed(name: str, step: Callable[[], Any]) -> Any:
        begin = time.perf_counter()
        found = step()
        taken[name] = time.perf_counter() - begin
        return found

    frozen = timed("freeze", lambda: actions.freeze(task, by=one, now=now))
    committed = timed("commit", lambda: actions.commit(frozen, named=named, by=two, now=now))
    draw = timed("enter", lambda: draws.enter(committed.draw, value=VALUE, by=one, now=after))
    timed("draw", lambda: draws.confirm(draw, value=VALUE, by=two, now=after))
    print(f"{frozen.population:,} in the list, {frozen.excluded:,} left out, {frozen.objects_drawn.count():,} drawn")
    print("  ".join(f"{name} {seconds:.1f} s" for name, seconds in taken.items()))
    print(f"freeze and draw {taken['freeze'] + taken['draw']:.1f} s, all {sum(taken.values()):.1f} s")
    return 0


def main() -> int:
    """Parse, build when missing, measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.draws", description=__doc__)
    parser.add_argument("--subjects", type=int, default=100_000)
    parser.add_argument("--drawn", type=int, default=3_000)
    parser.add_argument("--drop", action="store_true", help="remove the database and end")
    given = parser.parse_args()
    if given.drop:
        environment.execute(f"DROP DATABASE IF EXISTS {name_of(given.subjects)} WITH (FORCE)")
        return 0
    build(given.subjects)
    return run(given.subjects, given.drawn)


if __name__ == "__main__":
    sys.exit(main())

"""Every order of the public lists is read from an index: page one costs the same whatever the filter leaves out."""

from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict

from credit_platform.accounts.tests.factories import DepartmentFactory
from disclosure.public.filters import DisclosureFilter
from disclosure.public.views.lists import SORTS
from disclosure.queries.public import public_disclosures

pytestmark = pytest.mark.django_db

FILTERS = (
    "",
    "year=2020",
    "authority={authority}",
    "district=230102",
    "authority={authority}&year=2020",
    "district=230102&year=2020",
    "published_from=2020-01-01",
)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("address", FILTERS)
def test_no_list_sorts_what_an_index_could_give_in_order(address, sort):
    authority = DepartmentFactory()
    asked = QueryDict(f"{address.format(authority=authority.code)}&sort={sort}")
    listed = DisclosureFilter(asked, queryset=public_disclosures(date(2026, 11, 2)).filter(kind="permit"))
    assert listed.form.is_valid()
    sql, values = listed.qs.order_by(*SORTS[sort].order)[:21].query.sql_with_params()

    with connection.cursor() as cursor:
        # As a new table: tests before may have left it counted as empty, or some of its indexes grown by rows that were rolled back.
        cursor.execute("REINDEX TABLE disclosure_disclosure")
        cursor.execute("UPDATE pg_class SET relpages = 0, reltuples = -1 WHERE oid = 'disclosure_disclosure'::regclass")
        cursor.execute("DELETE FROM pg_statistic WHERE starelid = 'disclosure_disclosure'::regclass")
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {sql}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "Sort" not in plan, plan
    looked_up = " ".join(line for line in plan.splitlines() if "Index Cond" in line)
    for name, column in NARROWED.items():
        if asked.get(name):
            assert column[sort] in looked_up, f"{name}: {plan}"


NARROWED = {
    "authority": {"published": "authority_id", "decided": "authority_id"},
    "district": {"published": "district", "decided": "district"},
    "year": {"published": "EXTRACT(year", "decided": "decided_on >="},
}
"""What the index itself must look up, by filter and order."""

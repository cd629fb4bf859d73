"""Pages that are stored for the next visitor read no table whose changes nobody counts."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from disclosure.models import Disclosure
from disclosure.own_kinds import ACTS
from records.models import Subject

pytestmark = pytest.mark.django_db
TABLES = re.compile(r'\b(?:FROM|JOIN) "?([a-z][a-z0-9_]+)"?')
NOT_SHOWN = {"freshness_changecount", "freshness_changemark"}
EACH = 12
"""Items of a kind, and as many in a state."""


def addresses() -> list[str]:
    """Every shared page, and items of every kind in every state."""
    found = [
        "/",
        "/search/?q=哈尔滨",
        "/search/?q=示市监",
        "/search/?q=230",
        "/disclosure/permits/",
        "/disclosure/penalties/",
    ]
    found += [f"/disclosure/acts/{act}/" for act in ACTS]
    rows = Disclosure.objects.order_by("kind", "state", "-pk").values_list("kind", "state", "public_id")
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, state, public_id in rows:
        groups[kind, state].append(public_id)
    found += [f"/disclosure/{each}/" for group in groups.values() for each in group[:EACH]]
    marked = Disclosure.objects.visible_on(timezone.localdate()).exclude(marks=[]).values_list("public_id", flat=True)
    found += [f"/disclosure/{each}/" for each in marked[:EACH]]
    codes = Subject.objects.with_public_page().order_by("pk").values_list("code", flat=True)
    return [*found, *(f"/subjects/{code}/" for code in codes[:60])]


def counted() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%\\_counted\\__'")
        return {table for (table,) in cursor.fetchall()}


def test_every_table_that_a_shared_page_reads_is_counted(city):
    read: dict[str, str] = {}
    here = ""

    def watch(execute, sql, params, many, context):
        for table in TABLES.findall(sql):
            read.setdefault(table, here)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        for here in addresses():
            Client().get(here)
    tables = set(connection.introspection.table_names()) & set(read)
    assert {"disclosure_disclosure", "records_subject"} <= tables
    missing = sorted(tables - counted() - NOT_SHOWN)
    assert not missing, "\n".join(f"{table}: {read[table]}" for table in missing)

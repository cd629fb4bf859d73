"""Marks into their sum."""

from __future__ import annotations

from django.db import connection, transaction

from credit_platform.freshness.models import ChangeCount

GATHER = """
WITH gathered AS (DELETE FROM freshness_changemark RETURNING id)
UPDATE freshness_changecount SET total = total + (SELECT count(*) FROM gathered)
"""


@transaction.atomic
def gather() -> None:
    """Move every mark that is committed into the sum, in one statement: whoever counts meanwhile finds the same number before and after."""
    ChangeCount.objects.select_for_update().get()  # one at a time
    with connection.cursor() as cursor:
        cursor.execute(GATHER)

"""The change feed: what appeared, changed and ended, numbered without gaps in the order of commit."""

from __future__ import annotations

from typing import ClassVar

from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone

from disclosure.models.disclosures import Disclosure

SEQUENCER_LOCK = 0x646973636C0001

NUMBER = """
WITH pending AS (
    SELECT id, row_number() OVER (ORDER BY id) AS place
    FROM disclosure_disclosurechange WHERE number IS NULL
), last AS (
    SELECT coalesce(max(number), 0) AS number FROM disclosure_disclosurechange
)
UPDATE disclosure_disclosurechange c SET number = last.number + pending.place
FROM pending, last WHERE c.id = pending.id
"""


class DisclosureChangeQuerySet(models.QuerySet["DisclosureChange"]):
    def pending(self) -> DisclosureChangeQuerySet:
        """Committed events without a number."""
        return self.filter(number__isnull=True)

    def after(self, number: int) -> DisclosureChangeQuerySet:
        """Numbered events behind a number, in order."""
        return self.filter(number__gt=number).order_by("number")

    def number_pending(self) -> int:
        """The sequencer: give committed events their numbers in order of commit; how many.

        One at a time by advisory lock, so that numbers have no gap and nothing is ever inserted before what a reader has seen.
        """
        if not self.pending().exists():
            return 0
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEQUENCER_LOCK])
            cursor.execute(NUMBER)
            return int(cursor.rowcount)


class DisclosureChange(models.Model):
    """One event. `number` is given by the sequencer after commit; readers only ever see numbered events."""

    class Event(models.TextChoices):
        APPEARED = "appeared", "新增公示"
        CHANGED = "changed", "更正"
        ENDED = "ended", "停止公示"

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="changes")
    event = models.CharField("事件", max_length=10, choices=Event.choices)
    at = models.DateTimeField("时间", default=timezone.now)
    number = models.PositiveBigIntegerField("序号", null=True, unique=True)

    objects = DisclosureChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "公示变化"
        verbose_name_plural = "公示变化"
        indexes: ClassVar = [models.Index(fields=["id"], name="change_unnumbered", condition=Q(number__isnull=True))]

    def __str__(self) -> str:
        return f"{self.number} {self.event}"

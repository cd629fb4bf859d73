"""Account anew for what was reported and refused, from the refused rows that are kept. After an upgrade, or to hold it against the rows."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from credit_platform.errors import Refused
from records.actions import reported
from records.imports.reading.checking import Checker, Where, open_row
from records.models import ImportBatch, ImportReject, RefusedRow
from records.queries.catalogue import entry_for, standard_for
from records.queries.context import row_context


class Command(BaseCommand):
    help = "按保存的退回行重新核算“退回未入库”的条数（上报数的一部分）；可以重复执行"

    def handle(self, *args: Any, **options: Any) -> None:
        context = row_context(timezone.localdate())
        states = (ImportBatch.State.DONE, ImportBatch.State.REFUSED)
        batches = ImportBatch.objects.filter(simulate=False, state__in=states)
        with transaction.atomic():
            before = RefusedRow.objects.count()
            RefusedRow.objects.all().delete()
            for batch in (
                batches.select_related("item", "department").order_by("received_at", "pk").iterator(chunk_size=200)
            ):
                self._again(batch, context)
            after = RefusedRow.objects.count()
        self.stdout.write(f"退回未入库：原 {before} 条，现 {after} 条。")

    def _again(self, batch: ImportBatch, context: Any) -> None:
        rejects = ImportReject.objects.filter(batch=batch).order_by("pk")
        if not rejects.exists():
            return
        try:
            entry = entry_for(batch.standard, item=batch.item, department=batch.department, on=timezone.localdate())
        except Refused:
            self.stderr.write(f"批次 {batch.pk}：目录事项已不在现行目录内，没有核算。")
            return
        standard = standard_for(entry)
        checker = Checker(standard, entry.item.code, context)
        source = reported.Source(batch, standard.kind, entry.item_id)
        for reject in rejects.iterator(chunk_size=1000):
            checker.check(open_row(reject), Where(reject.sheet, reject.row))
            if checker.chunk.rows >= 2000:
                reported.note(source, checker.take().reported)
        reported.note(source, checker.take().reported)

"""The yardstick of django-import-export: the same workbook into the same table of records, in bulk, as its manual advises."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from django.utils import timezone
from import_export import fields, resources
from import_export.formats.base_formats import XLSX

from benchmarks.measure import rows_of, undone
from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting
from records.models import CatalogueItem, CreditRecord
from records.standards import registry


class PenaltyResource(resources.ModelResource):  # type: ignore[misc]  # the library has no types
    """Every shortcut that the library offers: bulk, no diff, no reports, subjects looked up in memory."""

    document_number = fields.Field(attribute="document_number", column_name="行政处罚决定文书号")

    class Meta:
        model = CreditRecord
        fields = ("document_number",)
        import_id_fields = ()
        force_init_instance = True
        use_bulk = True
        batch_size = 1000
        skip_diff = True
        report_skipped = False
        skip_html_diff = True

    def __init__(self) -> None:
        super().__init__()
        self.labels = {field.label: field.code for field in registry.get("penalty-2018").fields}
        self.subjects = dict(rows_of("SELECT code, id FROM records_subject WHERE code IS NOT NULL"))
        self.any = next(iter(self.subjects.values()))
        self.item = CatalogueItem.objects.get(entries__standard="penalty-2018").pk
        self.authority = rows_of("SELECT id, name FROM accounts_department WHERE code = 'scjgj'")[0]
        self.number = 0

    def before_save_instance(self, instance: CreditRecord, row: Any, **kwargs: Any) -> None:
        """The columns of the ledger from the cells of the row."""
        content = {self.labels[label]: str(value) for label, value in row.items() if value and label in self.labels}
        self.number += 1
        instance.subject_id = self.subjects.get(content.get("CF_XDR_SHXYM", ""), self.any)
        instance.item_id, instance.kind, instance.standard = self.item, "penalty", "penalty-2018"
        instance.authority_id = instance.source_department_id = self.authority[0]
        instance.authority_name = self.authority[1]
        instance.title = content.get("CF_WFXW", "")
        instance.document_number = content.get("CF_WSH", "")
        instance.document_key = f"{content.get('CF_WSH', '')}#{self.number}"
        instance.decided_on = content.get("CF_JDRQ") or timezone.localdate()
        instance.content = content
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        instance.content_hash = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def import_rows(path: Path) -> int:
    """Import the workbook, roll it back, and say how many rows were written."""
    with undone(), acting(SYSTEM):
        dataset = XLSX().create_dataset(path.read_bytes())
        result = PenaltyResource().import_data(dataset, raise_errors=True, use_transactions=False)
        return int(result.totals["new"])

"""The second yardstick of django-import-export: the same job as ours, as its users would write it.

Cells pass the library's widgets, required fields, lengths and check digits are looked at, every instance is cleaned in full, subjects
are looked up in memory and made when they are missing, the ledger gets the batch's effects and disclosures. Still less than ours:
no code tables, no rules between fields, no doubles, no old numbers, no receipt, no undo, no way to go on after a stop.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from import_export import widgets
from import_export.formats.base_formats import XLSX

from benchmarks.import_export import PenaltyResource
from benchmarks.measure import undone
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import Department
from credit_platform.audit.context import acting
from disclosure.actions.prepare import prepare
from records.identifiers import names, uscc
from records.models import CreditRecord, ImportBatch, ImportEffect, Subject, SubjectName
from records.standards import registry
from records.standards.declaration import FieldType

_DATES = (FieldType.DATE, FieldType.DATE_OR_LONGTERM)
_AMOUNTS = (FieldType.AMOUNT_WAN, FieldType.AMOUNT_YUAN)


def _widget(kind: FieldType) -> widgets.Widget:
    if kind in _DATES:
        return widgets.DateWidget("%Y-%m-%d")
    return widgets.DecimalWidget() if kind in _AMOUNTS else widgets.CharWidget()


class WholePenaltyResource(PenaltyResource):
    """Bulk still, but with everything that a row needs."""

    class Meta(PenaltyResource.Meta):
        clean_model_instances = True

    def __init__(self, batch: ImportBatch) -> None:
        super().__init__()
        self.batch = batch
        self.columns = [(field, _widget(field.type)) for field in registry.get("penalty-2018").fields]

    def import_instance(self, instance: CreditRecord, row: Any, **kwargs: Any) -> None:
        """The record from the row; what is wrong with it as errors of its fields."""
        errors: dict[str, str] = {}
        content: dict[str, str] = {}
        for field, widget in self.columns:
            try:
                value = widget.clean(row.get(field.label))
            except ValueError as error:
                errors[field.code] = str(error)
                continue
            if value in (None, ""):
                if field.always_required:
                    errors[field.code] = "required"
            elif field.max_length and len(str(value)) > field.max_length:
                errors[field.code] = "too long"
            else:
                content[field.code] = str(value)
        code = content.get("CF_XDR_SHXYM", "")
        if code and not uscc.check(code).is_valid:
            errors["CF_XDR_SHXYM"] = "check digit"
        if errors:
            raise ValidationError({"content": [f"{name}: {text}" for name, text in errors.items()]})
        if code not in self.subjects:
            self.subjects[code] = _made(code, content)
        super().before_save_instance(instance, row)
        instance.batch = self.batch

    def before_save_instance(self, instance: CreditRecord, row: Any, **kwargs: Any) -> None:
        """Nothing: it was done before the instance was cleaned."""


def _made(code: str, content: dict[str, str]) -> int:
    name = content.get("CF_XDR_MC", "")
    subject = Subject(kind="legal", code=code, name=name, legal_representative=content.get("CF_FRDB", ""))
    subject.full_clean()
    subject.save()
    normal = names.normalise(name)
    SubjectName.objects.create(subject=subject, name=name, normal=normal, bigrams=names.bigrams(normal))
    return int(subject.pk)


def import_whole(path: Path) -> int:
    """Import the workbook, roll it back, and say how many rows were looked at."""
    with undone(), acting(SYSTEM):
        bureau = Department.objects.get(code="scjgj")
        batch = ImportBatch.objects.create(department=bureau, standard="penalty-2018", channel="shell")
        result = WholePenaltyResource(batch).import_data(
            XLSX().create_dataset(path.read_bytes()), raise_errors=False, use_transactions=False
        )
        wrong = [str(error.error) for _, errors in result.row_errors() for error in errors] + [
            str(error.error) for error in result.base_errors
        ]
        if wrong:
            raise AssertionError(wrong[0])
        made = list(CreditRecord.objects.filter(batch=batch).values_list("pk", flat=True))
        ImportEffect.objects.bulk_create(
            [ImportEffect(batch=batch, record_id=pk, what="c", version=1) for pk in made], batch_size=1000
        )
        prepare(made, by=SYSTEM)
        return len(made) + len(result.invalid_rows)

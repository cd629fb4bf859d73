"""What a department's system may ask of the ledger: its own records, its own pushes, and what a standard's name stands for."""

from __future__ import annotations

import difflib
from datetime import date
from typing import Any

from django.db.models import QuerySet

from credit_platform.accounts.models import ApiClient
from credit_platform.accounts.queries import own_department_ids
from credit_platform.errors import Refused
from credit_platform.web.errors import BadRequest
from records.identifiers.names import mask_person_name
from records.models import CatalogueEntry, CatalogueItem, CreditRecord, ImportBatch, SubjectKind
from records.queries.catalogue import LOCAL
from records.standards import registry


def records_of_client(client: ApiClient, on: date) -> QuerySet[CreditRecord]:
    """The records of the client's department and of those it succeeded, without their content."""
    own = own_department_ids(client.department_id, on)
    rows = CreditRecord.objects.filter(source_department_id__in=own).select_related("subject", "item")
    return rows.defer("content", "warnings")


def batches_of_client(client: ApiClient, on: date) -> QuerySet[ImportBatch]:
    """What came over the interface from the client's department and those it succeeded."""
    own = own_department_ids(client.department_id, on)
    rows = ImportBatch.objects.filter(department_id__in=own, channel=ImportBatch.Channel.API)
    return rows.select_related("item")


def outline(record: CreditRecord) -> dict[str, Any]:
    """A record as its department's system is told of it: no content, natural persons masked."""
    subject = record.subject
    person = subject.kind == SubjectKind.PERSON
    return {
        "record": record.pk,
        "standard": record.standard,
        "item": record.item.code,
        "subject": {
            "kind": subject.kind,
            "name": mask_person_name(subject.name) if person else subject.name,
            "code": None if person else subject.code,
        },
        "document_number": record.document_number,
        "title": record.title,
        "decided_on": record.decided_on,
        "valid_until": record.valid_until,
        "status": record.status,
        "version": record.version,
        "batch": record.batch_id,
        "created_at": record.created_at,
        "updated_at": record.updated_at,
    }


def standard_and_item(standard: str, item: str, on: date) -> tuple[str, CatalogueItem | None]:
    """What a push means: a declared standard, or the code of a local item of the city. BadRequest names the nearest standard; Refused
    when the catalogue has no such item."""
    chosen = _item(item) if item else None
    declared = [each.code for each in registry.all()]
    if standard in declared:
        return standard, chosen
    if chosen is None or chosen.code == standard:
        local = CatalogueEntry.objects.in_force(on).for_standard(LOCAL).filter(item__code=standard)
        entry = local.select_related("item").first()
        if entry is not None:
            return LOCAL, entry.item
    elif standard == LOCAL:
        return LOCAL, chosen
    near = difflib.get_close_matches(standard, declared, n=1, cutoff=0.4)
    hint = f"您要用的可能是 {near[0]}。" if near else ""
    raise BadRequest(
        "push.standard", f"没有名为“{standard}”的数据标准。{hint}", mend="可用的数据标准见接口 /api/v1/standards/。"
    )


def _item(code: str) -> CatalogueItem:
    found = CatalogueItem.objects.filter(code=code).first()
    if found is None:
        raise Refused(
            "catalogue.not-in-force",
            f"目录事项 {code} 不在现行公共信用信息目录内，不得归集。",
            mend="请核对目录编码；可用的编码见接口 /api/v1/standards/。",
        )
    return found

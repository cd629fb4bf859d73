"""From a validated row to the columns of a record. Called by the verbs; writes nothing but the moment of arrival."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import Department
from credit_platform.errors import Finding
from records.actions.authorities import Placed, place_authorities
from records.former_keys import Arrivals
from records.ledger_rules import arrival_text, content_hash
from records.models import Arrival, CreditRecord
from records.standards.declaration import EARLIEST_DECISION, Standard
from records.standards.row import RowKeys, RowResult

REGISTRATION = "registration"


def columns(standard: Standard, result: RowResult, today: date) -> dict[str, Any]:
    """The record's columns that follow from the row alone; registration data have no document and may lack a day."""
    keys = result.keys
    return {
        "kind": standard.kind,
        "standard": result.standard,
        "title": (keys.title or keys.document_name or standard.name)[:300],
        "document_number": keys.document_number[:128],
        "document_key": keys.document_key[:128],
        "decided_on": max(keys.decided_on or today, EARLIEST_DECISION),
        "valid_from": keys.valid_from,
        "valid_until": keys.valid_until,
        "content": result.content,
        "content_hash": content_hash(result.content),
    }


def warning_rows(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """Warnings as they are kept beside a record; values in findings are masked by whoever made them."""
    return [{**asdict(finding), "level": str(finding.level)} for finding in findings]


def authority_of(keys: RowKeys, standard: Standard, source: Department, *, by: Actor) -> Placed:
    """The authority that decided a row, by the rules that a file follows too (`authorities`)."""
    authority = (keys.authority_code, keys.authority_name[:200])
    return place_authorities([authority], source, by=by, registration=standard.kind == REGISTRATION)[authority]


def remember_arrival(item_code: str, keys: RowKeys) -> datetime:
    """The first moment at which the natural key of a row was seen, whether or not the row was good (trap 47)."""
    text, arrivals = arrival_text(item_code, keys.natural()), Arrivals.known()
    fingerprint = arrivals.fingerprint(text)
    with transaction.atomic():
        arrival = Arrival(fingerprint=fingerprint, first_at=timezone.now())
        Arrival.objects.bulk_create([arrival], ignore_conflicts=True)
    seen = Arrival.objects.filter(pk__in=[fingerprint, *arrivals.former(text)])
    return min(seen.values_list("first_at", flat=True))


def same_record(columns: Mapping[str, Any], subject_id: int, item_id: int, authority_id: int) -> Q:
    """The natural key of a record. A subject has one set of registration data, whatever day it names."""
    key = Q(subject_id=subject_id, item_id=item_id, authority_id=authority_id, document_key=columns["document_key"])
    if columns["kind"] == REGISTRATION:
        return Q(subject_id=subject_id, item_id=item_id)
    return key & Q(decided_on=columns["decided_on"])


def plain_changes(before: CreditRecord, after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What differs between a record and its new columns, with personal numbers masked, for the audit trail."""
    old, new = dict(before.content), dict(after["content"])
    changed = [code for code in old.keys() | new.keys() if masked(old.get(code)) != masked(new.get(code))]
    was = {code: masked(old.get(code)) for code in sorted(changed)}
    now = {code: masked(new.get(code)) for code in sorted(changed)}
    for name in ("subject_id", "authority_id"):
        if name in after and getattr(before, name) != after[name]:
            was[name], now[name] = getattr(before, name), after[name]
    return was, now


def masked(value: Any) -> Any:
    """A content value as people may see it: a sealed number by its mask."""
    return value.get("masked", "") if isinstance(value, dict) and "sealed" in value else value

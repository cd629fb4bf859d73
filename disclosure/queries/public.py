"""What the public site, feeds, exports and the API read. Nothing here reaches a record's content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from credit_platform.web.formats import cn_date_or_longterm, money_wan, money_yuan
from disclosure.models import Disclosure, DisclosureQuerySet
from disclosure.queries.catalogue import standard_of
from disclosure.rules.masking import NOT_SHOWN
from records.standards import codetables
from records.standards.declaration import Field, FieldType, Standard

PUBLIC_COLUMNS = (
    "id",
    "public_id",
    "kind",
    "subject_id",
    "subject_name",
    "subject_code",
    "authority_id",
    "authority__name",
    "source_department_id",
    "source_department__name",
    "district",
    "title",
    "document_number",
    "document_key",
    "decided_on",
    "state",
    "due_on",
    "severity",
    "rule_set",
    "published_at",
    "published_on",
    "earliest_repair_on",
    "ends_on",
    "waits_for_performance",
    "corrected_on",
    "marks",
    "ends_explained",
    "due_provisional",
    "shown",
)


def public_disclosures(day: date) -> DisclosureQuerySet:
    """Everything that the public may see on a day (Asia/Shanghai), with the names of authorities; the base of every public
    page, feed, export and API answer. Filter it, never widen it."""
    return Disclosure.objects.visible_on(day).select_related("authority", "source_department").only(*PUBLIC_COLUMNS)


def by_public_id(public_id: str, day: date) -> Disclosure | None:
    """One visible disclosure by the id in its address."""
    return public_disclosures(day).filter(public_id=public_id).first()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet: code, label, the value as people read it, and whether it is long text."""

    code: str
    label: str
    value: str
    long: bool = False


def sheet(disclosure: Disclosure, standard: Standard | None = None) -> list[Line]:
    """`shown` with labels, in the order of the data standard."""
    standard = standard or standard_of(disclosure.record, disclosure.decided_on)
    return lines(standard, disclosure.shown)


def lines(standard: Standard, shown: dict[str, Any]) -> list[Line]:
    """Field values with their labels as people read them: dates in Chinese, 2099-12-31 as 长期, money with its unit."""
    return [
        Line(field.code, field.label, readable(field, shown[field.code]), field.type is FieldType.LONG_TEXT)
        for field in standard.fields
        if shown.get(field.code) not in (None, "") and field.code not in NOT_SHOWN
    ]


def readable(field: Field, value: Any) -> str:
    """One value as people read it."""
    if field.type in (FieldType.DATE, FieldType.DATE_OR_LONGTERM):
        return cn_date_or_longterm(value)
    if field.type is FieldType.AMOUNT_WAN:
        return money_wan(value)
    if field.type is FieldType.AMOUNT_YUAN:
        return money_yuan(value)
    if isinstance(value, dict):
        return str(value.get("masked", "已隐去"))
    if field.code_table and isinstance(value, str):
        return codetables.get(field.code_table).word(value)
    return str(value)


def live_figures(day: date) -> dict[str, int]:
    """How many are shown today: by kind, `published_today`, and `total`. One grouped query; cache it for minutes."""
    rows = (
        Disclosure.objects.visible_on(day)
        .order_by()
        .values("kind")
        .annotate(n=Count("pk"), today=Count("pk", filter=Q(published_on=day, on_entry=False)))
    )
    figures = {row["kind"]: row["n"] for row in rows}
    return figures | {"total": sum(figures.values()), "published_today": sum(row["today"] for row in rows)}

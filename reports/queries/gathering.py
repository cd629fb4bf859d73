"""What is public of a subject, gathered set-wise and arranged by a layout. Nothing here reaches a record's content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from disclosure.kinds import EVERY
from disclosure.public.entries import standards_of, until_text, with_standard
from disclosure.public.pages import subject_head
from disclosure.queries.public import lines, public_disclosures
from disclosure.rules import marks
from records.models import CatalogueEntry, Subject
from reports.rules.content import Content, Head, Item, arranged
from reports.rules.layout import Layout

UNTIL = "公示期限"


def content_of(subject: Subject, layout: Layout, day: date) -> Content:
    """Everything that the public may see of a subject on a day, the newest decision first; nothing is left out, however much it is. Five queries."""
    rows = list(with_standard(public_disclosures(day).filter(subject=subject)).order_by("-decided_on", "-id"))
    return arranged(_head(subject, day), _items(rows), layout)


def _head(subject: Subject, day: date) -> Head:
    code = subject.code or ""
    head = subject_head(code, day)
    told = [("曾用名", "、".join(head.former_names))] if head and head.former_names else []
    if head and head.district:
        told.append(("所在区县", head.district))
    return Head(subject.name, code, subject.kind, tuple(told))


def _items(rows: Sequence[Any]) -> list[Item]:
    standards, categories = standards_of(rows), _categories(rows)
    items = []
    for row in rows:
        standard = standards.get(row.pk)
        told = [(line.label, line.value) for line in lines(standard, row.shown)] if standard else [("名称", row.title)]
        kind = row.kind if row.kind in EVERY else categories.get(row.item_id, row.kind)
        items.append(Item(row.public_id, kind, (*told, (UNTIL, until_text(row))), tuple(marks.words(row.marks))))
    return items


def _categories(rows: Iterable[Any]) -> dict[int, str]:
    """The category of each item that no app owns, in the last edition that had it."""
    own = {row.item_id for row in rows if row.kind not in EVERY}
    if not own:
        return {}
    entries = (
        CatalogueEntry.objects.filter(item_id__in=own).exclude(version__state="draft").order_by("version__valid_from")
    )
    return dict(entries.values_list("item_id", "category"))

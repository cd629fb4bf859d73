"""What is public of a subject, gathered set-wise and arranged by a layout. Nothing here reaches a record's content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from disclosure.kinds import EVERY
from disclosure.models import Disclosure
from disclosure.public.entries import standards_of, until_text, with_standard
from disclosure.public.pages import former_names, public_subject
from disclosure.queries.public import lines, public_disclosures
from disclosure.rules import marks
from records.identifiers.regions import region_name
from records.models import CatalogueEntry, Subject
from reports.models import ProofField, Report
from reports.rules.channels import Kind
from reports.rules.content import Content, Head, Item, arranged
from reports.rules.layout import Layout
from reports.rules.proof import Field, Period, proof, word_of

UNTIL, STATE = "公示期限", "现状"


def content_of(subject: Subject, layout: Layout, day: date) -> Content:
    """Everything that the public may see of a subject on a day, the newest decision first; nothing is left out, however much it is. Five queries."""
    rows = list(with_standard(public_disclosures(day).filter(subject=subject)).order_by("-decided_on", "-id"))
    return arranged(_head(subject), _items(rows), layout)


def proof_of(subject: Subject, fields: Sequence[Field], period: Period, version: str, day: date) -> Content:
    """Penalties of a subject that were ever published, by the fields whose departments filed them; each with where its publication stands."""
    penalties = with_standard(
        Disclosure.objects.ever_public(subject, "penalty").filter(decided_on__range=(period.since, period.until))
    )
    rows = list(penalties.select_related("authority", "source_department").order_by("-decided_on", "-id"))
    by_department: dict[str, list[Item]] = defaultdict(list)
    for row, item in zip(rows, _items(rows), strict=True):
        word = word_of(row.state, ends_on=row.ends_on, day=day)
        by_department[row.source_department.name].append(replace(item, lines=(*item.lines[:-1], (STATE, word))))
    items = {field.code: [each for name in field.vouching for each in by_department[name]] for field in fields}
    return proof(_head(subject), fields, items, period, version)


def said_today(report: Report, day: date) -> Content:
    """What a report would say if it were made on a day."""
    if report.layout.kind != Kind.PROOF or report.since is None or report.until is None:
        return content_of(report.subject, report.layout.layout, day)
    fields = [
        each.stated
        for each in ProofField.objects.filter(code__in=report.fields).prefetch_related("departments").order_by("code")
    ]
    return proof_of(report.subject, fields, Period(report.since, report.until), report.layout.content["version"], day)


def _head(subject: Subject) -> Head:
    code = subject.code or ""
    known = public_subject(code)
    told = []
    if known and (names := former_names(known)):
        told.append(("曾用名", "、".join(names)))
    if known and known.district:
        told.append(("所在区县", region_name(known.district)))
    return Head(subject.name, code, subject.kind, tuple(told))


def _items(rows: Sequence[Any]) -> list[Item]:
    standards, categories = standards_of(rows), category_of((row.kind, row.item_id) for row in rows)
    items = []
    for row in rows:
        standard = standards.get(row.pk)
        told = [(line.label, line.value) for line in lines(standard, row.shown)] if standard else [("名称", row.title)]
        kind = categories.get(row.item_id, row.kind)
        items.append(Item(row.public_id, kind, (*told, (UNTIL, until_text(row))), tuple(marks.words(row.marks))))
    return items


def category_of(items: Iterable[tuple[str, int]]) -> dict[int, str]:
    """The category of each catalogue item that no app owns, in the last edition that had it; `items` are pairs of a kind and an item's key."""
    own = {item for kind, item in items if kind not in EVERY}
    if not own:
        return {}
    entries = (
        CatalogueEntry.objects.filter(item_id__in=own).exclude(version__state="draft").order_by("version__valid_from")
    )
    return dict(entries.values_list("item_id", "category"))

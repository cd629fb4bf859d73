"""What a report says of a natural person: what the purpose of its query opens, under the layout for persons. The query is registered first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from credit_platform.web.formats import cn_date
from lookups.models import Query
from lookups.queries.sheet import WHOLE, Fact, Sheet, sheet_of
from lookups.rules.questions import Authority
from records.identifiers.names import mask_person_name
from records.models import SubjectKind
from records.queries import canonical
from reports.queries.gathering import category_of
from reports.rules.content import Content, Head, Item, arranged
from reports.rules.layout import Layout
from reports.rules.persons import NOT_PUBLIC, SOURCE, Asking, without_name


def asking_of(query: Query) -> Asking:
    """A query as the rules of these reports take it."""
    holder = query.authorisation.holder if query.authority == Authority.AUTHORISED and query.authorisation else ""
    is_person = query.subject is not None and query.subject.kind == SubjectKind.PERSON
    return Asking(is_person, query.authority == Authority.OWN, holder)


def person_sheet(query: Query, day: date) -> Sheet:
    """Everything that a query opens of its person on a day."""
    assert query.subject is not None  # the rules have seen to it
    return sheet_of(query, canonical(query.subject), day, WHOLE)


def person_content(query: Query, sheet: Sheet, layout: Layout) -> Content:
    """The report of a sheet. Who is not the person itself reads its name masked, on the front page and in every line."""
    name, masked = sheet.subject.name, mask_person_name(sheet.subject.name)
    shown = name if query.authority == Authority.OWN else masked
    number = query.number_asked.masked if query.number_asked else ""
    identity = tuple((label, without_name(str(value), name, shown)) for label, value in sheet.identity)
    items = [
        Item(
            item.public_id,
            item.kind,
            tuple((label, without_name(text, name, shown)) for label, text in item.lines),
            item.marks,
        )
        for item in _items(sheet)
    ]
    return arranged(Head(shown, number, sheet.subject.kind, identity), items, layout)


def _items(sheet: Sheet) -> Iterator[Item]:
    kinds = category_of((fact.code, fact.item_id) for group in sheet.groups for fact in group.facts)
    for group in sheet.groups:
        for fact in group.facts:
            kind = kinds.get(fact.item_id, fact.code)
            lines = (*_lines(fact), (SOURCE, group.label))
            yield Item(fact.public_id or NOT_PUBLIC, kind, lines, tuple(fact.marks))


def _lines(fact: Fact) -> Iterator[tuple[str, str]]:
    lines = [(label, str(value)) for label, value in fact.lines]
    known = {text for _, text in lines}
    first = (("名称", fact.title), ("文书号", fact.number), ("决定机关", fact.authority), ("日期", cn_date(fact.on)))
    yield from ((label, text) for label, text in first if text and text not in known)
    yield from lines
    if fact.ends_on:
        yield "公示至", cn_date(fact.ends_on)

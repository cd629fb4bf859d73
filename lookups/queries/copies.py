"""A subject's own file: everything that its query opens, who looked at it, what it has put in writing; line by line, to take home."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from credit_platform.web.formats import cn_date, cn_datetime
from lookups.models import Authorisation, Query
from lookups.queries.sheet import Sheet
from lookups.queries.telling import looked_at
from records.models import Subject
from records.queries import merged_with


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the copy: in which part, of which entry, which item of it, and what it says."""

    part: str
    entry: str
    label: str
    value: str


def copy_of(query: Query, sheet: Sheet, on: date) -> list[Line]:
    """The whole file of who asked for himself, on a day."""
    return [*_known(sheet), *_seen(query, sheet.subject, on), *_papers(sheet.subject)]


def _known(sheet: Sheet) -> Iterator[Line]:
    yield Line("登记信息", "", "名称（姓名）", sheet.subject.name)
    yield from (Line("登记信息", "", label, str(value)) for label, value in sheet.identity)
    for group in sheet.groups:
        for place, fact in enumerate(group.facts, 1):
            entry = f"第 {place} 条　{fact.title}"
            yield Line(group.label, entry, "文书号", fact.number)
            yield Line(group.label, entry, "决定机关", fact.authority)
            yield Line(group.label, entry, "日期", cn_date(fact.on))
            yield from (Line(group.label, entry, label, str(value)) for label, value in fact.lines)
            yield from (Line(group.label, entry, "标注", mark) for mark in fact.marks)


def _seen(query: Query, subject: Subject, on: date) -> Iterator[Line]:
    for seen in looked_at(subject, on, query.pk):
        entry = cn_datetime(seen.at)
        yield Line("谁查询过", entry, "查询单位", seen.unit)
        yield Line("谁查询过", entry, "目的", f"{seen.why}　{seen.sentence}".strip())
        more = (("查询的信息", seen.fields), ("推迟告知", seen.late))
        yield from (Line("谁查询过", entry, label, words) for label, words in more if words)


def _papers(subject: Subject) -> Iterator[Line]:
    rows = Authorisation.objects.filter(subject_id__in=merged_with(subject)).select_related("purpose").order_by("pk")
    for row in rows:
        until = f"至{cn_date(row.ended_on)}撤回" if row.ended_on else f"至{cn_date(row.ends_on)}"
        yield Line("查询授权书", row.number, "被授权人", row.holder)
        yield Line("查询授权书", row.number, "目的和期限", f"{row.purpose.name}，{cn_date(row.valid_from)}{until}")

"""What a report says, without any form: who it is about, eight counts, chapters with items. Pure; one way to arrange public facts by a layout."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.rules.layout import REST, Chapter, Layout, Section

TITLE = "公共信用信息报告"


@dataclass(frozen=True, slots=True)
class Item:
    """One public fact: its publication's number, its lines as (label, value), and what stands beside it (“异议处理中”)."""

    public_id: str
    kind: str
    lines: tuple[tuple[str, str], ...]
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """Whom a report is about; `kind` is that of the subject, `lines` are (label, value)."""

    name: str
    code: str
    kind: str
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its items."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class FilledChapter:
    """A chapter as it is told: its parts, or the one text it has, or what says that it has nothing."""

    number: str
    title: str
    parts: tuple[Part, ...] = ()
    text: str = ""
    note: str = ""

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for part in self.parts for item in part.items)


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a report says but its number and its moments; `labels` are the words of the first page (守信激励对象 …)."""

    layout: str
    version: str
    head: Head
    labels: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    chapters: tuple[FilledChapter, ...]
    explanations: tuple[str, ...]
    empty: str
    title: str = TITLE


def arranged(head: Head, items: Sequence[Item], layout: Layout) -> Content:
    """Put every item into the chapter that takes its kind, in the order given; none is left out, for one section takes the rest.

    The counts are those of the chapters that the layout counts (eight in the national one).
    """
    chapters = tuple(_told(chapter, items, layout) for chapter in layout.chapters)
    counts = tuple(
        (chapter.counted, len(told.items))
        for chapter, told in zip(layout.chapters, chapters, strict=True)
        if chapter.counted
    )
    kinds = {item.kind for item in items}
    labels = tuple(word for kind, word in layout.labels.items() if kind in kinds)
    return Content(layout.code, layout.version, head, labels, counts, chapters, layout.explanations, layout.empty)


def _told(chapter: Chapter, items: Sequence[Item], layout: Layout) -> FilledChapter:
    parts = tuple(Part(section.title, tuple(_of(section, items, layout))) for section in chapter.sections)
    return FilledChapter(chapter.number, chapter.title, parts, chapter.text, chapter.note)


def _of(section: Section, items: Iterable[Item], layout: Layout) -> Iterable[Item]:
    takes = set(section.takes)
    return (item for item in items if item.kind in takes or (REST in takes and item.kind not in layout.named))

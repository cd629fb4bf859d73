"""A layout: which chapter takes which kinds of information, under which heading. It is data (`ReportLayout.chapters`), read and checked here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from credit_platform.errors import Finding, at_field

REST = "*"
"""A section that takes this takes every kind that no other section of the layout names."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a chapter: its heading ("" = the chapter's own) and the kinds that stand in it."""

    title: str
    takes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """`counted` is the word in the summary under which its items are counted ("" = in none). `text`: what it says instead of items."""

    number: str
    title: str
    sections: tuple[Section, ...] = ()
    counted: str = ""
    text: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout: the word of its version, what is said about it at the front, and its chapters in their order."""

    code: str
    version: str
    explanations: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    empty: str
    labels: Mapping[str, str]

    @property
    def counts(self) -> tuple[str, ...]:
        """The words of the summary, in the order of the chapters."""
        return tuple(chapter.counted for chapter in self.chapters if chapter.counted)

    @property
    def named(self) -> frozenset[str]:
        """The kinds that a section names."""
        return frozenset(kind for section in self.sections() for kind in section.takes) - {REST}

    def sections(self) -> Iterable[Section]:
        """All sections in their order."""
        return (section for chapter in self.chapters for section in chapter.sections)


def read(code: str, given: Mapping[str, Any]) -> Layout:
    """A layout as it is stored. KeyError or TypeError for one that `findings` would have refused."""
    chapters = tuple(
        Chapter(
            number=chapter["number"],
            title=chapter["title"],
            sections=tuple(
                Section(each.get("title", ""), tuple(each["takes"])) for each in chapter.get("sections", [])
            ),
            counted=chapter.get("counted", ""),
            text=chapter.get("text", ""),
            note=chapter.get("note", ""),
        )
        for chapter in given["chapters"]
    )
    return Layout(
        code, given["version"], tuple(given["explanations"]), chapters, given["empty"], given.get("labels", {})
    )


def findings(given: Mapping[str, Any], known: Iterable[str]) -> list[Finding]:
    """What is wrong with a layout that somebody wrote: a shape that cannot be read, a kind that nobody knows or two sections take, no section for the
    rest. `known` are the codes of the kinds."""
    try:
        layout = read("", given)
    except (KeyError, TypeError, AttributeError):
        return [
            _found(
                "版式缺少 version、explanations、empty 或 chapters，或者某一章缺少 number、title、takes。",
                "请对照现行版式补齐。",
            )
        ]
    taken = [kind for section in layout.sections() for kind in section.takes]
    unknown = sorted(set(taken) - set(known) - {REST})
    twice = sorted({kind for kind in taken if taken.count(kind) > 1})
    found = []
    if unknown:
        found.append(_found(f"没有这些信息种类：{'、'.join(unknown)}。", "请使用目录中已有的种类代码。"))
    if twice:
        found.append(_found(f"这些信息种类出现在两处：{'、'.join(twice)}。", "每一种类只放在一章。"))
    if REST not in taken:
        found.append(_found("没有一章收录其余种类，新增的信息会缺失。", "请在“其他信息”一章写入 *。"))
    return found


def _found(text: str, mend: str) -> Finding:
    return at_field("report.layout", "content", text, mend=mend)

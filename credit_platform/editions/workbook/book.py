"""The workbook of one list: its columns, and what they may name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar

from credit_platform.editions.actions import Editions
from credit_platform.editions.models import Edition, Entry
from credit_platform.editions.queries import Fact
from credit_platform.editions.workbook.columns import Column, Options, text

E = TypeVar("E", bound=Edition)
N = TypeVar("N", bound=Entry)
CODE, TITLE = "code", "title"


@dataclass(frozen=True)
class Workbook(Generic[E, N]):
    """`code` and `title` head the columns of what an entry speaks of; `columns` are fields of the entry."""

    editions: Editions[E, N]
    columns: Sequence[Column]
    code: str = "编码"
    title: str = "名称"
    code_help: str = "固定编码，各版本一致；新增的用新编码。"
    code_synonyms: Sequence[str] = ("编码",)
    title_synonyms: Sequence[str] = ("名称",)

    @cached_property
    def all(self) -> tuple[Column, ...]:
        """Every column in its order."""
        said = "已有编码的名称不能在此更改。"
        code = text(CODE, self.code, required=True, max_length=40, help=self.code_help, synonyms=self.code_synonyms)
        title = text(
            TITLE, self.title, required=True, max_length=200, width=34, help=said, synonyms=self.title_synonyms
        )
        return (code, title, *self.columns)

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        return {column.name: column for column in self.all}

    def shown(self, entry: N) -> dict[str, str]:
        """An entry as the texts of its cells, by the name of the column."""
        named = self.editions.named(entry)
        cells = {column.name: column.text_of(entry) for column in self.columns}
        return {CODE: named.code, TITLE: named.name, **cells}


def facts_of(columns: Iterable[Column]) -> tuple[Fact[Any], ...]:
    """What an entry says, as its cells say it: for lists that have no better words."""
    return tuple((column.label, column.text_of) for column in columns)


@dataclass(slots=True)
class Known:
    """What the cells of a workbook may name, each table read once."""

    _read: dict[Callable[[], Options], Options] = field(default_factory=dict)

    def of(self, column: Column) -> Options:
        """The options of a column."""
        if column.options not in self._read:
            self._read[column.options] = column.options()
        return self._read[column.options]

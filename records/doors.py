"""Rows that come in by file or push and do not become records as they stand: what takes them in instead of the ledger.

A published list is read, checked, staged and told like any other file; but a row of it is not yet about a subject, and nobody is listed by
name. So the app above that owns a kind registers a door for it in its AppConfig.ready(), and the importer brings the staged rows there,
in the transaction that closes the batch. What the door enters in the ledger, it enters by the ledger's own way (`imports.ledger.within`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from credit_platform.accounts.actors import Actor
from credit_platform.errors import Refused

if TYPE_CHECKING:
    from records.imports.ledger.apply import Outcome, Target


class Door(Protocol):
    """What takes in the rows of a kind; `takes_pushes`: also those that a system sends."""

    @property
    def takes_pushes(self) -> bool: ...

    def enter(self, target: Target, *, by: Actor) -> Outcome:
        """Take in everything that is staged, inside the caller's transaction; `Outcome` says what became of it, row by row where it matters.

        Raises what `apply` raises: MovedMeanwhile rolls back and is called again; a DomainError refuses the whole file.
        """

    def take_back(self, batch_id: int, *, by: Actor) -> int:
        """Undo of a batch: take back what it brought beside the ledger; how many rows. The records that it entered are taken back by the
        ledger, before this is called."""


_doors: dict[str, Door] = {}


def register(kind: str, door: Door) -> None:
    """The owner of a kind tells its door; a second one replaces it."""
    _doors[kind] = door


def of(kind: str) -> Door | None:
    """The door of a kind; None when its rows are records."""
    return _doors.get(kind)


def not_by_form(kind: str) -> None:
    """Refused when rows of this kind come in by the importer alone: a form would make records of them."""
    if kind in _doors:
        raise Refused("record.file-only", "这类信息不能逐条录入。", mend="请在“批量导入”中选择相应的数据标准上传文件。")


def not_by_push(kind: str) -> None:
    """Refused when rows of this kind come in by file alone."""
    door = _doors.get(kind)
    if door is not None and not door.takes_pushes:
        raise Refused(
            "record.file-only",
            "公布名单只能以文件导入，不能逐条录入或者经接口报送。",
            mend="请在“批量导入”中选择相应的数据标准上传名单文件。",
        )

"""Several files sent in one go: received as one parcel of batches, each of which is read and entered by itself."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from django.db.models import QuerySet

from credit_platform.accounts.actors import Actor
from credit_platform.errors import DomainError
from credit_platform.gate import kinds
from credit_platform.gate.refusals import FileRefused, refuse
from records.imports.batches import batches
from records.imports.batches.engine import RUNNING
from records.models import ImportBatch

State = ImportBatch.State


class Upload(Protocol):
    """An uploaded file."""

    name: str | None

    def read(self) -> bytes:
        """All of it."""

    def seek(self, place: int) -> object:
        """Back to the beginning."""


@dataclass(slots=True)
class Received:
    """What became of a list of files: batches that were opened, and runs under way that some of the files were in already."""

    opened: list[ImportBatch]
    running: list[batches.AlreadyRunning]


def receive_all(files: Sequence[Upload], options: batches.Options, *, by: Actor) -> Received:
    """Look at every file, then open a batch for each, in the order given; more than one share a parcel.

    Who may and what is raised: `batches.receive`. FileRefused, before anything is opened, when a file is not what it should be; a
    file that is under way already is told in `running` and does not keep the others out.
    """
    _look_at(files)
    chosen = replace(options, parcel=uuid.uuid4()) if len(files) > 1 else options
    received = Received([], [])
    for file in files:
        file.seek(0)
        try:
            received.opened.append(batches.receive([file.read()], file.name or "", chosen, by=by))
        except batches.AlreadyRunning as running:
            received.running.append(running)
    return received


def _look_at(files: Sequence[Upload]) -> None:
    """FileRefused with every file that is not what its name says."""
    told: list[FileRefused] = []
    for file in files:
        try:
            kinds.sniff(file.read(), file.name or "")
        except FileRefused as refused:
            if len(files) == 1:
                raise
            told.append(refuse("parcel", f"“{file.name}”：{refused.text}", refused.mend))
    if told:
        raise refuse("parcel", "".join(each.text for each in told), "全部文件均未接收。请更正后重新上传。")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a parcel has come: its files, how many are over, and the sums of their rows."""

    files: list[ImportBatch]
    over: int
    read: int
    expected: int
    total: int
    accepted: int
    rejected: int

    @property
    def done(self) -> bool:
        """Whether nothing runs any more; files that wait for their headers wait for a person."""
        return not any(each.state in RUNNING for each in self.files)


def progress(files: QuerySet[ImportBatch]) -> Progress:
    """The present state of the batches of one parcel."""
    found = list(files.order_by("pk"))
    return Progress(
        found,
        sum(each.state not in RUNNING for each in found),
        *(sum(int(each.progress.get(name, 0)) for each in found) for name in ("read", "expected")),
        *(sum(getattr(each, name) for each in found) for name in ("total", "accepted", "rejected")),
    )


def refusals(found: Sequence[DomainError]) -> str:
    """What was said about files that were left out, as one text."""
    return "".join(dict.fromkeys(each.text for each in found))

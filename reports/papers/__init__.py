"""A report as a file: pages, archive, seal. What makes the archive and the seal is read in by the first paper, for few processes ever make one."""

from __future__ import annotations

from dataclasses import dataclass

from reports.papers.page import Addresses, rendered
from reports.papers.seal import sealed
from reports.rules.content import Content
from reports.rules.twin import Issue, written

__all__ = ["Addresses", "Paper", "paper_of"]


@dataclass(frozen=True, slots=True)
class Paper:
    """The signed file, and the twin that stands inside."""

    file: bytes
    twin: bytes


def paper_of(content: Content, issue: Issue, addresses: Addresses) -> Paper:
    """A report, signed. Takes a fifth of a second for an ordinary one. Refused when there is no usable certificate."""
    from reports.papers.archive import archived

    twin = written(content, issue)
    file = archived(rendered(content, issue, addresses), twin, number=issue.number, at=issue.issued_at)
    return Paper(sealed(file), twin)

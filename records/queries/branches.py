"""The branches (分支机构) of a subject, for its pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from records.models import CreditRecord, Subject
from records.rules import RecordStatus

SHOWN = 20
LISTED = 500


@dataclass(frozen=True, slots=True)
class Branches:
    """By name: the `first` twenty stand on the page, the `rest` is folded; `more` tells that not even these are all."""

    first: list[Subject]
    rest: list[Subject]
    more: bool

    def __bool__(self) -> bool:
        return bool(self.first)


def branches_of(subject: Subject, *, public: bool = False) -> Branches:
    """The branches that were not merged, at most 500, in one query.

    For the public only those that have a page there: with a code of their own, and something left that was not taken back
    with its batch (`taken_back`).
    """
    rows = subject.branches.unmerged()
    if public:
        of_branch = CreditRecord.objects.filter(subject=OuterRef("pk"))
        rows = rows.with_public_page().exclude(
            Exists(of_branch), ~Exists(of_branch.exclude(status=RecordStatus.UNDONE))
        )
    found = list(rows.order_by("name", "pk")[: LISTED + 1])
    return Branches(found[:SHOWN], found[SHOWN:LISTED], more=len(found) > LISTED)

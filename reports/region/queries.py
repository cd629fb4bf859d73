"""Reports of other regions as they are looked for, and beside each what this platform can say of the same subject today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from reports.models import ForeignReport, ReportLayout
from reports.queries.gathering import content_of
from reports.region.models import ForeignReportQuerySet
from reports.region.rules import counts_of
from reports.rules.channels import Kind
from reports.rules.content import Content


@dataclass(frozen=True, slots=True)
class Beside:
    """One chapter in both: how many items theirs has (None without data), how many ours."""

    title: str
    theirs: int | None
    ours: int | None


def foreign_for(user: User) -> ForeignReportQuerySet:
    """What a member of staff may see at the desk."""
    rows = ForeignReport.objects.select_related("subject", "issuer", "department", "taken_by")
    return rows.visible_to(user, everywhere=policy.allows(user, "reports.view_all"))


def ours_beside(row: ForeignReport, day: date) -> Content | None:
    """What is public of the same subject on a day, in the layout of the issuer, else in that of the region; None without one in force."""
    layout = row.issuer.layout if row.issuer and row.issuer.layout else None
    layout = (
        layout or ReportLayout.objects.in_force(day, Kind.REGION).first() or ReportLayout.objects.in_force(day).first()
    )
    return content_of(row.subject, layout.layout, day) if layout else None


def side_by_side(row: ForeignReport, ours: Content | None) -> Sequence[Beside]:
    """Chapter by chapter, those of the same title in one line, theirs first."""
    theirs = dict(counts_of(row.twin)) if row.twin else {}
    own = {chapter.title: len(chapter.items) for chapter in ours.chapters if not chapter.text} if ours else {}
    return [Beside(title, theirs.get(title), own.get(title)) for title in dict.fromkeys([*theirs, *own])]

"""A target list is frozen from a declared query, and approved or sent back by a second person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice

from django.utils import timezone

from casework.actions import At, step
from casework.models import Case
from casework.rules.drawing import list_digest
from credit_platform.accounts.models import User
from credit_platform.errors import Forbidden, required
from records.models import Subject
from supervision.campaigns import rules
from supervision.campaigns.models import Target, TargetList, TargetRecord
from supervision.campaigns.queries.choosing import sizes, subjects
from supervision.campaigns.rules import CAMPAIGN, Query

CHUNK = 1000


def freeze(case: Case, *, query: Query, by: User, on: date | None = None, version: str | None = None) -> Case:
    """Carry a query out on the day of the step and freeze whom it names: how many, the digest, who, when.

    Clerks and reviewers of the lead, from DRAFTED. Refused for a query that asks for nothing, for nobody found and for more than MOST subjects.
    """
    with step(CAMPAIGN, case, "freeze", by=by, on=on, version=version) as at:
        at.refuse(rules.against_query(query, on=at.on))
        size, persons = sizes(query, at.on)
        at.refuse(rules.against_size(size))
        named = list(subjects(query, at.on))
        codes = Subject.objects.filter(pk__in=[pk for pk, _ in named]).values_list("code", flat=True)
        listing = TargetList.objects.create(
            campaign=at.own,
            number=at.own.lists.count() + 1,
            query=query.as_json(),
            as_of=at.on,
            size=len(named),
            persons=persons,
            digest=list_digest(code for code in codes if code),
            frozen_by=by,
            frozen_at=timezone.now(),
        )
        _keep(listing, named)
        at.detail |= {"list": listing.pk, "size": listing.size, "digest": listing.digest}
    return at.case


def _keep(listing: TargetList, named: Iterable[tuple[int, list[int]]]) -> None:
    rest = iter(named)
    while chunk := list(islice(rest, CHUNK)):
        rows = Target.objects.bulk_create(Target(target_list=listing, subject_id=subject) for subject, _ in chunk)
        pairs = zip(rows, chunk, strict=True)
        TargetRecord.objects.bulk_create(
            TargetRecord(target_id=row.pk, record_id=record) for row, (_, records) in pairs for record in records
        )


def approve(case: Case, *, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The list and the measures are right, and the campaign runs. Reviewers, never who began the campaign, nor who froze the list. From FROZEN."""
    with step(CAMPAIGN, case, "approve", by=by, on=on, version=version) as at:
        listing = _second(at, by)
        listing.approved_by, listing.approved_on = by, at.on
        listing.save(update_fields=["approved_by", "approved_on"])
        at.detail["list"] = listing.pk
    return at.case


def deny(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The list is sent back with a reason; it stays, and the next one has another number. Who: as `approve`. From FROZEN."""
    with step(CAMPAIGN, case, "deny", by=by, on=on, version=version) as at:
        listing = _second(at, by)
        at.refuse(required(reason, "reason", "请写明需要调整的内容。", rule="campaign.reason", most=500))
        at.reason, at.detail["list"] = reason.strip(), listing.pk
    return at.case


def _second(at: At, by: User) -> TargetList:
    listing: TargetList = at.own.lists.select_for_update().latest("number")
    if listing.frozen_by_id == by.pk:
        raise Forbidden("campaign.two_people", "冻结清单的人不能审核清单。", mend="请由本单位另一名审核员审核。")
    return listing

"""The visit: who came, what was found about each item, the photos that show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone

from casework.actions import At, step
from casework.actions.attachments import attach
from casework.actions.hearing import scanned
from casework.models import Case
from casework.queries.clocks import days_of
from casework.rules.attachments import AttachedFile
from credit_platform.accounts.models import User
from credit_platform.errors import at_field, required
from supervision.inspections.libraries.models import Inspector
from supervision.inspections.visits.actions.drawn import moved
from supervision.inspections.visits.actions.photos import hashed
from supervision.inspections.visits.models import VisitItem
from supervision.inspections.visits.queries.teams import carded, offered
from supervision.inspections.visits.rules import results as rules
from supervision.inspections.visits.rules.follow_ups import DAYS, Stage
from supervision.inspections.visits.rules.procedure import VISIT, Ruling, against_team
from supervision.inspections.visits.rules.results import ItemResult, Result


def inspect(
    case: Case, *, inspectors: Sequence[Inspector], by: User, on: date | None = None, version: str | None = None
) -> Case:
    """The visit begins on a day, by these inspectors: at least two, each with a card valid on that day, none who must stay away.

    Clerks and reviewers of the authority. From NOTIFIED. Refused while a request for recusal waits, and for who was not drawn for it.
    """
    with step(VISIT, case, "inspect", by=by, on=on, version=version) as at:
        found = list(against_team(carded(inspectors, at.own, at.on), on=at.on))
        if {each.pk for each in inspectors} - set(offered(at.own).values_list("pk", flat=True)):
            found.append(at_field("visit.drawn", "inspectors", "有检查人员不是为本次检查抽取或者选派的。"))
        if at.own.recusal_requests.filter(ruling=Ruling.OPEN.value).exists():
            found.append(at_field("visit.undecided", "inspectors", "有回避申请尚未决定，不能开始检查。"))
        at.refuse(found)
        _come(at, inspectors)
        moved(at)
    return at.case


def _come(at: At, inspectors: Sequence[Inspector]) -> None:
    own, (first, second, *others) = at.own, sorted(inspectors, key=lambda each: each.card_number)
    own.visited_on, own.first_inspector, own.second_inspector = at.on, first, second
    own.cards_from = max(each.card_from for each in inspectors)
    own.cards_until = min(each.card_until for each in inspectors)
    own.others.set(others)
    at.detail["inspectors"] = sorted(each.pk for each in inspectors)


def enter(
    case: Case,
    *,
    results: Mapping[int, ItemResult],
    account: str,
    ended_on: date,
    by: User,
    photos: Sequence[AttachedFile] = (),
    digests: Mapping[str, str] | None = None,
    version: str | None = None,
) -> Case:
    """What was found: a result for each item (by the key of its row), how the visit went, its last day, photos.

    `digests`: the SHA-256 that the phone took of each photo, by its name; what arrived otherwise is refused. Clerks and reviewers of the authority,
    from INSPECTING. The result is public at the latest 20 working days after `ended_on` (parameter).
    """
    with step(VISIT, case, "enter", by=by, version=version) as at:
        own, items = at.own, {each.pk: each for each in at.own.items.select_related("item")}
        told = required(account, "account", "请写明检查情况。", rule="visit.account", most=4000)
        found = [*rules.against_results(results, items), *told]
        if not own.visited_on <= ended_on <= timezone.localdate():
            found.append(at_field("visit.ended", "ended_on", "检查结束日期应在检查之日与今天之间。"))
        found += rules.against_digests(hashed(photos), digests or {})
        findings = {f"finding_{key}": each.finding for key, each in results.items()}
        at.refuse([*found, *scanned(account=account, **findings)])
        for key, row in items.items():
            row.result, row.finding = results[key].result, results[key].finding.strip()
        VisitItem.objects.bulk_update(items.values(), ["result", "finding"])
        own.account, own.ended_on, own.entered_by = account.strip(), ended_on, by
        own.result = rules.overall(Result(each.result) for each in items.values()).value
        attach(at.case, photos, role="photo", by=by)
        days = days_of(VISIT, Stage.ANNOUNCE, on=ended_on, otherwise=DAYS[Stage.ANNOUNCE].days)
        at.due(days, start=ended_on)
        at.detail |= {"photos": len(photos), "hashed": len(digests or {})}
        moved(at)
    return at.case

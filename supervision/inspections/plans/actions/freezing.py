"""The list of a task is fixed: who is in it by tier and how many of them are drawn, who is left out and why, each with its digest."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from casework.rules.drawing import list_digest
from credit_platform import sealing
from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from credit_platform.errors import Refused
from supervision.grading.rules.tiers import LABELS, Tier
from supervision.inspections.items.queries import of_departments
from supervision.inspections.items.rules.shares import Way, cut, wanted
from supervision.inspections.plans.actions.steps import DRAFT, locked, save, secret_of, trail
from supervision.inspections.plans.models import InspectionTask, TaskExclusion, TaskItem, TaskStratum
from supervision.inspections.plans.queries.freezing import Pairs, items_of, population
from supervision.inspections.plans.queries.rows import share_for
from supervision.inspections.plans.rules.slips import slips
from supervision.inspections.sealed_places import SLIPS

STRICTEST_FIRST = [tier.value for tier in reversed(Tier)]
COLUMNS = (
    "edition", "population", "excluded", "size", "list_digest", "exclusion_digest", "sealed_secret", "frozen_at", "frozen_by",
)  # fmt: skip


def freeze(
    task: InspectionTask, *, by: User, version: str | None = None, now: datetime | None = None
) -> InspectionTask:
    """Fix the list of a task as it stands today; afterwards neither it nor the numbers can be changed.

    `inspections.draft`. Refused when an item is no longer on the list in force, when a tier has no share, when no whole number lies inside a band,
    when nobody is in the list, and when nobody would be drawn.
    """
    now = now or timezone.now()
    on = timezone.localdate(now)
    with acting(by):
        row = locked(task, DRAFT, "freeze", by=by, version=version)
        items = _on_the_list(row, items_of(row), on)
        found = population(row, items, on)
        if not any(found.strata.values()):
            raise Refused(
                "task.empty", "符合条件的检查对象一户也没有，名单没有冻结。", mend="请放宽筛选条件后重新冻结。"
            )
        sizes = _sizes(row, items, {tier: len(pairs) for tier, pairs in found.strata.items()}, on)
        secret = secrets.token_hex(16)
        row.sealed_secret = sealing.encrypt(secret.encode(), sealing.place(SLIPS, row.number))
        for tier in sorted(found.strata, key=STRICTEST_FIRST.index):
            _stratum(row, tier, found.strata[tier], sizes[tier], items)
        for left, pairs in found.left.items():
            TaskExclusion.objects.create(task=row, code=left.value, **_listed(pairs))
        row.list_digest = list_digest(code for pairs in found.strata.values() for code, _ in pairs)
        left_out = _lines(
            (left.value, each)
            for left, pairs in found.left.items()
            for each in slips(secret, [code for code, _ in pairs])
        )
        row.exclusion_digest = hashlib.sha256(left_out.encode()).hexdigest()
        row.population = sum(map(len, found.strata.values()))
        row.excluded, row.size = sum(map(len, found.left.values())), sum(sizes.values())
        row.frozen_at, row.frozen_by = now, by
        save(row, *COLUMNS)
        trail(row, "freeze", by=by, list_digest=row.list_digest, exclusion_digest=row.exclusion_digest, sizes=sizes)
    return row


def exclusion_lines(task: InspectionTask) -> str:
    """Who was left out, as it is published: reason and slip, a line each, in the order of bytes."""
    secret = secret_of(task)
    return _lines((left.code, each) for left in task.exclusions.all() for each in slips(secret, left.codes()))


def _lines(left: Iterable[tuple[str, str]]) -> str:
    return "".join(f"{reason} {each}\n" for reason, each in sorted(left))


def _on_the_list(row: InspectionTask, items: list[TaskItem], on: date) -> list[TaskItem]:
    """The items with their entries of the edition in force. Refused for one that is no longer there."""
    for each in items:
        each.entry = of_departments([each.part.department], on).filter(item=each.item).first()
        if each.entry is None:
            words = f"“{each.item.name}”不在{each.part.department.label}现行的随机抽查事项清单中，不得检查。"
            raise Refused("task.item", words, article="国办发〔2024〕54号", mend="请修改任务的抽查事项。")
        row.edition = each.entry.edition
    return items


def _sizes(row: InspectionTask, items: list[TaskItem], counts: dict[str, int], on: date) -> dict[str, int]:
    """How many of each tier are drawn: the most that any item asks for, cut to the capacity; the items keep their own numbers."""
    for item in items:
        item.sizes, item.grounds = {}, {}
        for tier, count in counts.items():
            item.sizes[tier], item.grounds[tier] = _wanted(row, item, tier, count, on)
    most = {tier: max(item.sizes[tier] for item in items) for tier in counts}
    if row.capacity is not None:
        most = cut(most, row.capacity, Way(row.capacity_way), STRICTEST_FIRST)
    if not any(most.values()):
        raise Refused(
            "task.nobody", "按抽查比例一户也抽不到，名单没有冻结。", mend="请与其他任务合并，或者放宽筛选条件。"
        )
    for item in items:
        item.sizes = {tier: min(item.sizes[tier], most[tier]) for tier in counts}
    TaskItem.objects.bulk_update(items, ["entry", "sizes", "grounds"])
    return most


def _wanted(row: InspectionTask, item: TaskItem, tier: str, count: int, on: date) -> tuple[int, str]:
    """How many of a tier an item asks for, and the ground in Chinese. Refused without a share, and when a band is empty."""
    named = f"“{item.item.name}”监管等级为{LABELS[Tier(tier)]}的对象"
    share = share_for(item.entry, tier, on) if item.entry else None
    if share is None:
        raise Refused("task.share", f"{named}没有规定抽查比例。", mend="请系统管理员在“抽查比例”中登记。")
    number = wanted(share[0], count, upper=row.band_upper)
    if number is None:
        words = f"{named}共{count}户，{share[0]}之间没有整数。"
        raise Refused("task.band", words, mend="请在任务中选择“区间内没有整数时按上限”，或者调整名单范围。")
    return number, f"{item.item.name}：{share[0]}，{share[1]}"


def _stratum(row: InspectionTask, tier: str, pairs: Pairs, size: int, items: list[TaskItem]) -> None:
    ground = "；".join(item.grounds[tier] for item in items)
    if row.capacity is not None:
        ground = f"{ground}；最多抽取{row.capacity}户，{row.get_capacity_way_display()}：{row.capacity_reason}"
    TaskStratum.objects.create(
        task=row, code=tier, label=LABELS[Tier(tier)], size=size, ground=ground[:500], **_listed(pairs)
    )


def _listed(pairs: Pairs) -> dict[str, object]:
    return {"members": "\n".join(f"{code} {pk}" for code, pk in sorted(pairs)), "count": len(pairs)}

"""What an installation begins with: the first list of items, shares, caps, special libraries. What an administrator has written is never touched."""

from __future__ import annotations

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import Department
from credit_platform.audit.context import acting
from credit_platform.editions.queries import Named
from supervision.inspections.items.actions import LISTS
from supervision.inspections.items.models import ItemList
from supervision.inspections.libraries.actions import save_tag
from supervision.inspections.libraries.models import ObjectTag
from supervision.inspections.plans.actions import save_cap, save_share
from supervision.inspections.plans.models import FrequencyCap, ShareRow
from supervision.inspections.start_list import (
    BASIS,
    CAP_BASIS,
    CAPS,
    EDITION,
    IN_FORCE_FROM,
    ITEMS,
    NAME,
    SHARE_BASIS,
    SHARES,
    TAGS,
    StartItem,
)
from supervision.inspections.visits import base_data as visits


def load() -> list[str]:
    """Load what is missing; what was loaded, in Chinese. Items wait for their departments and come when it is run again."""
    with acting(SYSTEM):
        return [*_rows(), *_items(), *visits.load()]


def _rows() -> list[str]:
    told = []
    if not ShareRow.objects.exists():
        for tier, share, frequency in SHARES:
            values = {"tier": tier, "rule": "least", "share_low": share, "frequency": frequency, "basis": SHARE_BASIS}
            save_share(values, by=SYSTEM)
        told.append(f"抽查比例 {len(SHARES)} 项")
    if not FrequencyCap.objects.exists():
        for level, per_year in CAPS:
            save_cap({"level": level or "", "per_year": per_year, "basis": CAP_BASIS}, by=SYSTEM)
        told.append(f"检查频次上限 {len(CAPS)} 项")
    missing = [(code, name) for code, name in TAGS if not ObjectTag.objects.filter(code=code).exists()]
    for code, name in missing:
        save_tag(code, name, by=SYSTEM)
    return told


def _items() -> list[str]:
    departments = {each.short_name: each for each in Department.objects.of_the_city()}
    known = [each for each in ITEMS if any(name in departments for name in each.departments)]
    if ItemList.objects.exists() or not known:
        return []
    edition = LISTS.new(EDITION, NAME, by=SYSTEM, basis=BASIS, valid_from=IN_FORCE_FROM)
    for position, given in enumerate(known, 1):
        item = LISTS.identify(Named(given.code, given.name), by=SYSTEM)
        chosen = [departments[name] for name in given.departments if name in departments]
        LISTS.save_entry(edition, item, _values(given, position), by=SYSTEM, chosen=chosen)
    LISTS.issue(edition, by=SYSTEM, reason="平台初始化")
    return [f"{NAME}：{len(known)}项"]


def _values(given: StartItem, position: int) -> dict[str, object]:
    return {
        "weight": given.weight,
        "field": given.field,
        "kinds": list(given.kinds),
        "methods": list(given.methods),
        "per_year": given.per_year,
        "staff": given.staff,
        "speciality": given.speciality,
        "basis": given.basis,
        "position": position,
    }

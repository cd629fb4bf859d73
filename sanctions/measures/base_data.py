"""The first edition of the list of measures and the fields of matters, for an installation that has none.

A list of measures needs the lists that it names and the departments that carry it out: it is loaded when they are there. One
that an administrator has begun is never touched.
"""

from __future__ import annotations

from datetime import date

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import Department
from credit_platform.audit.context import acting
from credit_platform.editions.queries import Named
from sanctions.lists.models import CreditList
from sanctions.measures.actions import LISTS, save_field
from sanctions.measures.models import MatterField, MeasureList
from sanctions.measures.start_list import FIELDS, MEASURES, StartMeasure

EDITION = "harbin-2025-1"
NAME = "哈尔滨市联合奖惩措施清单（起始版本）"
BASIS = "哈政办规〔2020〕12号第23项；全国失信惩戒措施基础清单"
IN_FORCE_FROM = date(2025, 6, 1)
"""The youngest of the laws that it names, 保障中小企业款项支付条例 of 2025."""


def load() -> list[str]:
    """Load what is missing; what was loaded, in Chinese. Lists and departments that are not there are left out of the entries."""
    with acting(SYSTEM):
        for code, name in FIELDS:
            if not MatterField.objects.filter(code=code).exists():
                save_field(code, name, by=SYSTEM)
        lists = set(CreditList.objects.values_list("code", flat=True))
        departments = {row.short_name: row for row in Department.objects.filter(is_external=False)}
        if MeasureList.objects.exists() or not lists or not departments:
            return []
        edition = LISTS.new(EDITION, NAME, by=SYSTEM, basis=BASIS, valid_from=IN_FORCE_FROM)
        count = sum(_entry(edition, given, place, lists, departments) for place, given in enumerate(MEASURES, 1))
        LISTS.issue(edition, by=SYSTEM, reason="平台初始化")
    return [f"{NAME}：{count}项"]


def _entry(
    edition: MeasureList, given: StartMeasure, place: int, lists: set[str], departments: dict[str, Department]
) -> bool:
    known = [each for each in given.lists if each.startswith("@") or each in lists]
    if not known and not given.documents:
        return False
    values = {
        "base_item": given.item,
        "kind": given.kind,
        "force": given.force,
        "whom": given.whom,
        "lists": known,
        "documents": list(given.documents),
        "matters": list(given.matters),
        "term": given.term,
        "months_least": given.months[0],
        "months_most": given.months[1],
        "authority": given.authority,
        "basis": given.basis,
        "legal_text": given.text,
        "note": given.note,
        "position": place,
    }
    measure = LISTS.identify(Named(given.code, given.name), by=SYSTEM)
    chosen = [departments[name] for name in given.departments if name in departments]
    LISTS.save_entry(edition, measure, values, by=SYSTEM, chosen=chosen)
    return True

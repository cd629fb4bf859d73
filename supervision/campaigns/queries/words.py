"""A query over the ledger in words, as the desk reads it."""

from __future__ import annotations

from credit_platform.accounts.models import Department
from credit_platform.workdays.rules.days import chinese
from disclosure import kinds
from records.identifiers.regions import region_name
from records.models import CatalogueItem
from sanctions.lists.models import CreditList
from supervision.campaigns.rules import Query


def of_query(query: Query) -> list[tuple[str, str]]:
    """What a query asks for, label by label; what it leaves open is left out."""
    items = dict(CatalogueItem.objects.filter(code__in=query.items).values_list("code", "name"))
    lists = dict(CreditList.objects.filter(code__in=query.lists).values_list("code", "name"))
    department = Department.objects.filter(code=query.department).values_list("name", flat=True).first()
    parts = [
        ("信息种类", "、".join(kinds.label(code) for code in query.kinds)),
        ("目录事项", "、".join(items.get(code, code) for code in query.items)),
        ("名单", "、".join(lists.get(code, code) for code in query.lists)),
        ("信息来源单位", department or query.department),
        ("登记地", "、".join(region_name(code) for code in query.districts)),
        ("决定日期不早于", chinese(query.since) if query.since else ""),
        ("决定日期不晚于", chinese(query.until) if query.until else ""),
    ]
    return [(label, text) for label, text in parts if text]

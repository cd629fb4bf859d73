"""What a line of the list of items says, and what stands against it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from credit_platform.errors import Finding, at_field, required
from supervision.inspections.items.rules import shares

ARTICLE = "国办发〔2024〕54号；国市监信〔2019〕38号"
MANAGE = "inspections.items.manage"
GENERAL = "market"
"""The field of supervision whose tiers count where an item names none."""


class Weight(StrEnum):
    """重点检查事项 concern safety, quality and the public interest; all others are 一般 (38号)."""

    KEY = "key"
    GENERAL = "general"


WEIGHT_LABELS = {Weight.KEY: "重点检查事项", Weight.GENERAL: "一般检查事项"}


class Method(StrEnum):
    """How it is inspected."""

    ONSITE = "onsite"
    WRITTEN = "written"
    ONLINE = "online"
    ENTRUSTED = "entrusted"


METHOD_LABELS = {
    Method.ONSITE: "现场检查",
    Method.WRITTEN: "书面检查",
    Method.ONLINE: "网络监测",
    Method.ENTRUSTED: "委托专业机构",
}


class ObjectKind(StrEnum):
    """Which subjects of the register it concerns; natural persons are in no object library."""

    LEGAL = "legal"
    SOLE_TRADER = "sole_trader"


OBJECT_LABELS = {ObjectKind.LEGAL: "法人及非法人组织", ObjectKind.SOLE_TRADER: "个体工商户"}


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What the rules need of a line of the list."""

    weight: str
    kinds: Sequence[str]
    methods: Sequence[str]
    basis: str
    share_rule: str
    share_low: str
    share_high: str
    per_year: int | None


def against(item: ItemFacts) -> Iterable[Finding]:
    """What stands against a line of the list; every finding at its field."""
    yield from required(
        item.basis, "basis", "请填写检查依据的法律、法规或者规章，没有依据的不得列入清单。", rule="item.basis"
    )
    for field, values, words in (
        ("kinds", item.kinds, "请选择检查对象的类型。"),
        ("methods", item.methods, "请选择检查方式。"),
    ):
        if not values:
            yield at_field(f"item.{field}", field, words)
    if item.weight == Weight.GENERAL and item.per_year is None:
        yield at_field("item.per_year", "per_year", "一般检查事项应当限定每年的检查次数。", article=ARTICLE)
    if item.share_rule:
        yield from shares.against(item.share_rule, item.share_low, item.share_high)

"""The list of items as it is on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from credit_platform.accounts.models import Department
from credit_platform.editions.queries import Fact
from credit_platform.errors import Finding, at_field
from supervision.grading.models import SupervisionField
from supervision.inspections.items.models import ItemEntry, ItemEntryQuerySet
from supervision.inspections.items.rules import lines
from supervision.inspections.items.rules.shares import share_of


def in_force(on: date) -> ItemEntryQuerySet:
    """The entries of the edition in force on a day, with what their readers need."""
    return ItemEntry.objects.in_force(on).select_related("item", "edition").prefetch_related("departments")


def of_departments(departments: Sequence[Department], on: date) -> ItemEntryQuerySet:
    """What these departments may inspect on a day."""
    return in_force(on).filter(departments__in=departments).distinct()


def against(entry: ItemEntry) -> Iterable[Finding]:
    """What stands against a line of the list; a field that it names is one of supervision."""
    if entry.field and not SupervisionField.objects.filter(code=entry.field).exists():
        mend = "请使用“监管领域”中的编码，通用的留空。"
        yield at_field("item.field", "field", f"没有编码为“{entry.field}”的监管领域。", mend=mend)
    yield from lines.against(
        lines.ItemFacts(
            weight=entry.weight,
            kinds=entry.kinds,
            methods=entry.methods,
            basis=entry.basis,
            share_rule=entry.share_rule,
            share_low=entry.share_low,
            share_high=entry.share_high,
            per_year=entry.per_year,
        )
    )


def share_in_words(entry: ItemEntry) -> str:
    """The share that an item itself asks for, "" where the tiers decide."""
    return str(share_of(entry.share_rule, entry.share_low, entry.share_high)) if entry.share_rule else "按分级监管比例"


def _words(values: Iterable[str], labels: dict[str, str]) -> str:
    return "；".join(labels[each] for each in values if each in labels)


KINDS = {each.value: label for each, label in lines.OBJECT_LABELS.items()}
METHODS = {each.value: label for each, label in lines.METHOD_LABELS.items()}
FACTS: tuple[Fact[ItemEntry], ...] = (
    ("子项", lambda entry: entry.part),
    ("事项类别", lambda entry: entry.get_weight_display()),
    ("监管领域", lambda entry: entry.field),
    ("检查主体", lambda entry: "、".join(each.label for each in entry.departments.all())),
    ("检查对象", lambda entry: _words(entry.kinds, KINDS)),
    ("检查方式", lambda entry: _words(entry.methods, METHODS)),
    ("抽查比例", share_in_words),
    ("每年至多", lambda entry: f"{entry.per_year}次" if entry.per_year else ""),
    ("人员要求", lambda entry: entry.staff),
    ("专业要求", lambda entry: entry.speciality),
    ("检查依据", lambda entry: entry.basis),
)

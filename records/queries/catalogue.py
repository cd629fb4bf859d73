"""Answers about the catalogue: what may be entered today, by whom, in which form; and how two editions differ."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from credit_platform.accounts.models import Department
from credit_platform.accounts.queries import own_department_ids
from credit_platform.errors import Refused
from records.models import CatalogueEntry, CatalogueItem, CatalogueVersion, SubjectKind
from records.standards import fromdict, registry
from records.standards.declaration import Standard

LOCAL = "local"
ARTICLE = "《哈尔滨市公共信用信息目录》"
COMPARED = (
    "category",
    "subject_kinds",
    "basis",
    "visibility",
    "sharing",
    "cycle",
    "standard",
    "fields",
    "publication",
    "nature",
    "valid_from",
    "valid_until",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of an entry in two editions, in Chinese."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """An item that both editions hold, with what differs."""

    item: CatalogueItem
    differences: list[Difference]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the later edition adds, drops and changes."""

    added: list[CatalogueEntry] = field(default_factory=list)
    removed: list[CatalogueEntry] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    same: int = 0


def standard_for(entry: CatalogueEntry) -> Standard:
    """The standard in which an entry's data are filled in: a declared one, or the city's own list of fields."""
    if entry.standard == LOCAL:
        return fromdict.standard_from_items(entry.item.code, entry.item.name, entry.fields)
    return registry.get(entry.standard)


def standard_of(code: str, item: CatalogueItem) -> Standard:
    """The standard of a record: declared, or that of its local item in the latest edition that has it."""
    if code in {each.code for each in registry.all()}:
        return registry.get(code)
    entry = (
        item.entries.filter(standard=LOCAL).select_related("item", "version").order_by("-version__valid_from").first()
    )
    if entry is None:
        raise Refused("catalogue.no-standard", f"目录事项 {item.code} 没有数据标准，不能办理。", article=ARTICLE)
    return standard_for(entry)


def entry_for(standard: str, *, item: CatalogueItem | None, department: Department, on: date) -> CatalogueEntry:
    """The entry under which a department may enter data of a standard on a day.

    Refused, naming the item, when the edition in force does not hold it (misuse guard), when the department is not among its
    providers, or when several items use the standard and none was named.
    """
    wanted = CatalogueEntry.objects.in_force(on).select_related("item", "version").prefetch_related("providers")
    found = list(wanted.filter(item=item) if item else wanted.for_standard(_filled_in(standard)))
    if not found:
        named = item.code if item else standard
        raise Refused(
            "catalogue.not-in-force",
            f"目录事项 {named} 不在现行公共信用信息目录内，不得归集。",
            article=ARTICLE,
            mend="请核对目录编码；确需归集的，请向市信用办申请调整目录。",
        )
    if len(found) > 1:
        codes = "、".join(entry.item.code for entry in found)
        raise Refused("catalogue.which-item", "该数据标准对应多个目录事项，请选择目录事项。", mend=f"可选：{codes}。")
    _require_provider(found[0], department, on)
    return found[0]


def entries_for(department: Department, on: date) -> list[CatalogueEntry]:
    """What a department may enter on a day, in the order of the catalogue."""
    entries = CatalogueEntry.objects.in_force(on).select_related("item", "version").prefetch_related("providers")
    return [entry for entry in entries.order_by("position", "item__code") if _is_provider(entry, department, on)]


def require_subject_kind(entry: CatalogueEntry, kind: str) -> None:
    """Refused when the item is not about subjects of this kind."""
    if entry.subject_kinds and kind not in entry.subject_kinds:
        label = SubjectKind(kind).label
        raise Refused("catalogue.subject-kind", f"目录事项 {entry.item.code} 不适用于{label}。", article=ARTICLE)


def compare(version_a: CatalogueVersion, version_b: CatalogueVersion) -> Comparison:
    """What edition b adds to, drops from and changes in edition a; items are compared by their stable identity."""
    before, after = _entries(version_a), _entries(version_b)
    result = Comparison(
        added=[entry for key, entry in after.items() if key not in before],
        removed=[entry for key, entry in before.items() if key not in after],
    )
    same = 0
    for key in before.keys() & after.keys():
        differences = _differences(before[key], after[key])
        if differences:
            result.changed.append(Changed(after[key].item, differences))
        else:
            same += 1
    result.changed.sort(key=lambda changed: changed.item.code)
    return Comparison(result.added, result.removed, result.changed, same)


def _filled_in(standard: str) -> str:
    """The standard in whose fields an old layout is kept."""
    declared = {each.code: each for each in registry.all()}
    return declared[standard].accepted_as or standard if standard in declared else standard


def _require_provider(entry: CatalogueEntry, department: Department, on: date) -> None:
    if not _is_provider(entry, department, on):
        raise Refused(
            "catalogue.not-provider",
            f"{department.label}不是目录事项 {entry.item.code} 的提供单位。",
            article=ARTICLE,
            mend="请由目录确定的提供单位报送。",
        )


def _is_provider(entry: CatalogueEntry, department: Department, on: date) -> bool:
    providers = {provider.pk for provider in entry.providers.all()}
    return not providers or bool(providers & own_department_ids(department.pk, on))


def _entries(version: CatalogueVersion) -> dict[int, CatalogueEntry]:
    rows = version.entries.select_related("item").prefetch_related("providers").order_by("position", "item__code")
    return {row.item_id: row for row in rows}


def _differences(before: CatalogueEntry, after: CatalogueEntry) -> list[Difference]:
    found = []
    for name in COMPARED:
        if getattr(before, name) != getattr(after, name):
            label = str(getattr(CatalogueEntry._meta.get_field(name), "verbose_name", name))
            found.append(Difference(label, _shown(before, name), _shown(after, name)))
    names = [sorted(provider.name for provider in entry.providers.all()) for entry in (before, after)]
    if names[0] != names[1]:
        found.append(Difference("提供单位", *("、".join(each) or "各有权部门" for each in names)))
    return found


def _shown(entry: CatalogueEntry, name: str) -> str:
    value = getattr(entry, name)
    if name == "subject_kinds":
        return "、".join(SubjectKind(kind).label for kind in value)
    if name == "fields":
        return "、".join(str(each.get("label", each.get("code", ""))) for each in value)
    display = getattr(entry, f"get_{name}_display", None)
    return str(display() if display else "" if value is None else value)

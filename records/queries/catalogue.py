"""Answers about the catalogue: what may be entered today, by whom, in which form; and what an entry says, in words."""

from __future__ import annotations

from datetime import date

from credit_platform.accounts.models import Department
from credit_platform.accounts.queries import own_department_ids
from credit_platform.editions.queries import Fact
from credit_platform.errors import Refused
from credit_platform.web.formats import cn_date
from records.models import CatalogueEntry, CatalogueItem, SubjectKind
from records.standards import fromdict, registry
from records.standards.declaration import Standard

LOCAL = "local"
ARTICLE = "《哈尔滨市公共信用信息目录》"


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


def _kinds(entry: CatalogueEntry) -> str:
    return "、".join(str(SubjectKind(kind).label) for kind in entry.subject_kinds)


def _local_fields(entry: CatalogueEntry) -> str:
    return "、".join(str(each.get("label", each.get("code", ""))) for each in entry.fields)


def _providers(entry: CatalogueEntry) -> str:
    return "、".join(sorted(provider.name for provider in entry.providers.all())) or "各有权部门"


FACTS: tuple[Fact[CatalogueEntry], ...] = (
    ("类别", CatalogueEntry.get_category_display),
    ("适用主体", _kinds),
    ("归集依据", lambda entry: entry.basis),
    ("公开属性", CatalogueEntry.get_visibility_display),
    ("共享方式", lambda entry: entry.sharing),
    ("更新周期", lambda entry: entry.cycle),
    ("数据标准", lambda entry: entry.standard),
    ("自定义数据项", _local_fields),
    ("公示规则", CatalogueEntry.get_publication_display),
    ("信息性质", CatalogueEntry.get_nature_display),
    ("事项生效日期", lambda entry: cn_date(entry.valid_from)),
    ("事项失效日期", lambda entry: cn_date(entry.valid_until)),
    ("提供单位", _providers),
)
"""What an edition says about an item, by its label; how two editions are compared."""

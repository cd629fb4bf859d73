"""What the platform needs before the first record: the edition of the catalogue in force and the codes that fail the check though they
are real. Loaded by `load_base`; running it again changes nothing, and what an administrator has changed stays.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting
from records.actions import catalogue
from records.models import CatalogueItem, CatalogueVersion, CodeExemption, SubjectKind
from records.models.catalogue import CatalogueEntry, Category, VisibilityChoice

EDITION = "harbin-2020"
NAME = "哈尔滨市公共信用信息目录（2020版）"
BASIS = "哈政办规〔2020〕12号《哈尔滨市推进社会信用体系建设实施方案》第9、10项"
IN_FORCE_FROM = date(2020, 10, 31)

ORGANISATIONS = [SubjectKind.LEGAL.value, SubjectKind.SOLE_TRADER.value]
SHARING = "共享平台查询、接口"
EVERYBODY = [*ORGANISATIONS, SubjectKind.PERSON.value]
SEVEN_DAYS = "自作出决定之日起7个工作日内"

# code, name, standard, basis, visibility, nature
ACTS: tuple[tuple[str, str, str, str, VisibilityChoice, CatalogueEntry.Nature], ...] = (
    ("XZXK", "行政许可信息", "permit-2018", "《行政许可法》第四十条、第五十四条",
     VisibilityChoice.PUBLIC, CatalogueEntry.Nature.NEUTRAL),
    ("XZCF", "行政处罚信息", "penalty-2018", "《行政处罚法》第四十八条",
     VisibilityChoice.PUBLIC, CatalogueEntry.Nature.NEGATIVE),
    ("XZQZ", "行政强制信息", "act-enforcement", "《行政强制法》第九条、第十二条、第十八条",
     VisibilityChoice.PUBLIC, CatalogueEntry.Nature.NEUTRAL),
    ("XZQR", "行政确认信息", "act-confirmation", "《政府信息公开条例》第二十条",
     VisibilityChoice.PUBLIC, CatalogueEntry.Nature.NEUTRAL),
    ("XZZS", "行政征收信息", "act-levy", "《政府信息公开条例》第二十条",
     VisibilityChoice.PUBLIC, CatalogueEntry.Nature.NEUTRAL),
    ("XZJF", "行政给付信息", "act-payment", "《政府信息公开条例》第十五条、第二十条",
     VisibilityChoice.SHARED, CatalogueEntry.Nature.NEUTRAL),
    ("XZCJ", "行政裁决信息", "act-adjudication", "《政府信息公开条例》第二十条",
     VisibilityChoice.PUBLIC, CatalogueEntry.Nature.NEUTRAL),
    ("XZBC", "行政补偿信息", "act-compensation", "《政府信息公开条例》第二十条",
     VisibilityChoice.PUBLIC, CatalogueEntry.Nature.NEUTRAL),
    ("XZJL", "行政奖励信息", "act-award", "《政府信息公开条例》第二十条",
     VisibilityChoice.PUBLIC, CatalogueEntry.Nature.POSITIVE),
    ("XZJC", "行政监督检查信息", "act-inspection", "《政府信息公开条例》第二十条",
     VisibilityChoice.PUBLIC, CatalogueEntry.Nature.NEUTRAL),
)  # fmt: skip

Nature = CatalogueEntry.Nature


class OnEntryItem(NamedTuple):
    """An item of the catalogue that an app above fills with what its own procedure has decided: published, if at all, as soon as it is entered.

    `NOT_PUBLISHED`: its records never get a disclosure.
    """

    code: str
    name: str
    standard: str
    basis: str
    category: Category
    subject_kinds: list[str]
    nature: Nature
    visibility: VisibilityChoice = VisibilityChoice.PUBLIC
    publication: CatalogueEntry.Publication = CatalogueEntry.Publication.ON_ENTRY


_owned: list[OnEntryItem] = []


def register(*items: OnEntryItem) -> None:
    """The owner of items tells them in AppConfig.ready(), in the order of the catalogue; twice the same is once."""
    _owned.extend(each for each in items if each not in _owned)


EXEMPT_CODES = (
    ("91350203M0001FUE2P", "厦门市早期赋码，企业存续，登记机关公示代码与此一致，校验位按标准应为J。"),
    ("91350203M0001QAY9B", "厦门市早期赋码，登记机关公示代码与此一致，校验位与标准不符。"),
)


def load() -> list[str]:
    """Load what is missing; what was loaded, in Chinese."""
    done = []
    with acting(SYSTEM):
        if not CatalogueVersion.objects.filter(code=EDITION).exists():
            _edition()
            done.append(NAME)
        done += _supplement()
        for code, evidence in EXEMPT_CODES:
            if not CodeExemption.objects.filter(code=code).exists():
                catalogue.add_exemption(code, evidence, by=SYSTEM)
                done.append(f"校验例外代码 {code}")
    return done


def _edition() -> None:
    version = catalogue.new_version(EDITION, NAME, by=SYSTEM, basis=BASIS, valid_from=IN_FORCE_FROM)
    registration = {
        "category": Category.REGISTRATION,
        "subject_kinds": ORGANISATIONS,
        "basis": "《市场主体登记管理条例》第三十五条",
        "visibility": VisibilityChoice.PUBLIC,
        "cycle": "自登记、变更之日起7个工作日内",
        "standard": "registration",
        "publication": CatalogueEntry.Publication.ON_ENTRY,
        "nature": CatalogueEntry.Nature.NEUTRAL,
    }
    _entry(version, "DJZC", "登记注册基本信息", registration, position=1)
    for position, (code, name, standard, basis, visibility, nature) in enumerate(ACTS, start=2):
        values = {
            "category": Category.ADMINISTRATIVE,
            "subject_kinds": EVERYBODY,
            "basis": basis,
            "visibility": visibility,
            "cycle": SEVEN_DAYS,
            "standard": standard,
            "publication": CatalogueEntry.Publication.SEVEN_WORKDAYS,
            "nature": nature,
        }
        _entry(version, code, name, values, position=position)
    for position, given in enumerate(_owned, start=2 + len(ACTS)):
        _entry(version, given.code, given.name, _values_on_entry(given), position=position)
    catalogue.issue(version, by=SYSTEM, reason="平台初始化")


def _values_on_entry(given: OnEntryItem) -> dict[str, Any]:
    return {
        "category": given.category,
        "subject_kinds": given.subject_kinds,
        "basis": given.basis,
        "visibility": given.visibility,
        "cycle": "即时",
        "standard": given.standard,
        "publication": given.publication,
        "nature": given.nature,
    }


def _supplement() -> list[str]:
    """The items of the apps above for an installation whose edition was issued before the platform knew them."""
    today = timezone.localdate()
    version = CatalogueVersion.objects.in_force(today).first()
    if version is None:
        return []
    done = []
    for position, given in enumerate(_owned, start=2 + len(ACTS)):
        if CatalogueItem.objects.filter(code=given.code).exists():
            continue  # what an administrator left out of a later edition stays out
        item = CatalogueItem.objects.create(code=given.code, name=given.name)
        values = _values_on_entry(given) | {"sharing": SHARING, "position": position}
        if catalogue.supplement(version, item, values, by=SYSTEM, on=today):
            done.append(f"目录事项 {given.code} {given.name}")
    return done


def _entry(version: CatalogueVersion, code: str, name: str, values: dict[str, Any], *, position: int) -> None:
    item, _ = CatalogueItem.objects.get_or_create(code=code, defaults={"name": name})
    shared = {"sharing": SHARING, "position": position}
    catalogue.save_entry(version, item, values | shared, by=SYSTEM)

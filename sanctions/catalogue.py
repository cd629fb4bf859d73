"""The items of the catalogue that lists fill; `records.base_data` puts them into the edition in force."""

from __future__ import annotations

from records.base_data import EVERYBODY, OnEntryItem
from records.models.catalogue import CatalogueEntry, Category, VisibilityChoice

Nature = CatalogueEntry.Nature
CITY = "哈政办规〔2020〕12号"

ITEMS = (
    OnEntryItem("YZSX", "严重失信主体名单信息", "list-entry", f"国办发〔2020〕49号；{CITY}第15、18项", Category.SERIOUS, EVERYBODY, Nature.NEGATIVE),
    OnEntryItem("JYYC", "经营（活动）异常名录（状态）信息", "list-abnormal", f"《企业信息公示暂行条例》、{CITY}第18项", Category.ABNORMAL, EVERYBODY,
                Nature.NEGATIVE),
    OnEntryItem("SXJL", "守信激励名单信息", "list-red", f"国发〔2016〕33号；{CITY}第22项", Category.HONOUR, EVERYBODY, Nature.POSITIVE),
    OnEntryItem("ZDGZ", "重点关注对象信息", "list-watch", f"{CITY}第19项", Category.COMPLIANCE, EVERYBODY, Nature.NEGATIVE, VisibilityChoice.SHARED),
)  # fmt: skip

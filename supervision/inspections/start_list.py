"""The first list of items, the shares by tier and the caps: a beginning; every line is a row that can be changed."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

EDITION = "harbin-2026-1"
NAME = "哈尔滨市随机抽查事项清单（起始版本）"
BASIS = "国办发〔2015〕58号；国市监信〔2019〕38号；国办发〔2024〕54号"
IN_FORCE_FROM = date(2026, 1, 1)


class StartItem(NamedTuple):
    """An item as an installation begins with it; `departments` by their short names."""

    code: str
    name: str
    weight: str
    field: str
    departments: tuple[str, ...]
    methods: tuple[str, ...]
    basis: str
    kinds: tuple[str, ...] = ("legal", "sole_trader")
    per_year: int | None = 1
    staff: str = ""
    speciality: str = ""


MARKET, HOUSING, TRANSPORT, ENVIRONMENT = "市市场监管局", "市住建局", "市交通局", "市生态环境局"
ITEMS: tuple[StartItem, ...] = (
    StartItem(
        "SJ-01", "登记事项检查", "general", "market", (MARKET,), ("onsite", "written"), "《市场主体登记管理条例》第三十八条"
    ),
    StartItem(
        "SJ-02", "公示信息检查", "general", "market", (MARKET,), ("written", "online"), "《企业信息公示暂行条例》第十四条"
    ),
    StartItem(
        "SJ-03", "价格行为检查", "general", "market", (MARKET,), ("onsite",), "《中华人民共和国价格法》第三十三条"
    ),
    StartItem(
        "SJ-04", "食品销售监督检查", "key", "food", (MARKET,), ("onsite",), "《中华人民共和国食品安全法》第一百一十条",
        per_year=None, speciality="食品", staff="每组至少一名食品专业人员",
    ),
    StartItem(
        "SJ-05", "特种设备使用监督检查", "key", "equipment", (MARKET,), ("onsite", "entrusted"), "《中华人民共和国特种设备安全法》第五十七条",
        per_year=None, speciality="特种设备", staff="每组至少一名特种设备安全监察人员",
    ),
    StartItem(
        "ZJ-01", "建筑市场主体资质和行为检查", "general", "housing", (HOUSING,), ("onsite", "written"), "《建设工程质量管理条例》第四十三条",
        kinds=("legal",),
    ),
    StartItem(
        "JT-01", "道路运输经营检查", "general", "transport", (TRANSPORT,), ("onsite",), "《中华人民共和国道路运输条例》第五十八条"
    ),
    StartItem(
        "HJ-01", "排污单位环境监督检查", "key", "environment", (ENVIRONMENT,), ("onsite", "online"), "《中华人民共和国环境保护法》第二十四条",
        kinds=("legal",), per_year=None,
    ),
)  # fmt: skip
SHARES = (
    ("relaxed", "3%", "每24个月至多一次"),
    ("usual", "10%", "每年一次"),
    ("close", "40%", "每年两次"),
    ("strict", "100%", "每年四次"),
)
"""Tier, share not less than, how often: the city's own figures were not found."""
SHARE_BASIS = "国市监信〔2019〕38号；比例由市级主管部门确定，现为起始值"
CAPS = ((None, 4), ("city", 2), ("district", 2))
"""Level (None: all authorities together), visits a year: as other cities publish them, until Harbin's are entered."""
CAP_BASIS = "国办发〔2024〕54号第六条；上限由主管部门公布，现为起始值"
TAGS = (("food-sale", "食品销售"), ("special-equipment", "特种设备使用"), ("key-emission", "重点排污"))

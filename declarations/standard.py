"""主体自主申报: what a subject shows of its own will (哈政办规〔2020〕12号第13项), as the ledger knows it: code table, data standard, catalogue item.

The number of a declaration plays the part of the document number. A natural person declares nothing here.
"""

from __future__ import annotations

from functools import partial

from records.base_data import ORGANISATIONS, OnEntryItem
from records.models.catalogue import CatalogueEntry, Category
from records.standards.codetable import CodeTable, entries
from records.standards.declaration import Standard
from records.standards.declared import above, blocks

BASIS = "哈政办规〔2020〕12号第13项"
_subject = partial(above.subject, section="申报主体")
_text = partial(above.text, section="申报内容")
_authorities = partial(above.authorities, section="单位和公开", visibility="公开类型", table="commitment-visibility")

VOLUNTARY_KIND = CodeTable(
    code="voluntary-kind",
    name="申报类别",
    entries=entries("资质证照", "市场经营", "合同履约", "社会公益"),
)
VOLUNTARY = Standard(
    code="voluntary",
    name="主体自主申报信息",
    version="2020",
    kind="voluntary",
    basis=BASIS,
    fields=(
        above.number("ZZ_BH", "申报编号", 128, "编号", section="申报内容"),
        *_subject("ZZ", "申报主体", persons=False),
        above.choice("ZZ_LB", "申报类别", "voluntary-kind", "类别", section="申报内容"),
        _text("ZZ_BT", "标题", 120),
        _text("ZZ_NR", "申报内容", 2000, "内容"),
        _text("ZZ_CN", "真实性承诺", 1000),
        blocks.day("ZZ_FSRQ", "发生或取得日期", "发生日期", "取得日期", required=False),
        blocks.day("ZZ_SBRQ", "申报日期", decided=True),
        blocks.day("ZZ_YXQZI", "确认有效至", required=False, end=True),
        *_authorities("ZZ", "审核单位"),
    ),
    roles={
        role: code
        for role, code in above.roles("ZZ", "BH", "SBRQ", title="BT", content="NR", valid_until="YXQZI").items()
        if role not in ("id_type", "id_number")
    },
    rules=(*blocks.SUBJECT_RULES, *blocks.AUTHORITY_RULES),
)
ITEM = OnEntryItem(
    "ZZSB",
    "主体自主申报信息",
    "voluntary",
    BASIS,
    Category.VOLUNTARY,
    ORGANISATIONS,
    CatalogueEntry.Nature.NEUTRAL,
)

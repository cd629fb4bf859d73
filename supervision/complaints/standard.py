"""What a row of the 12315 platforms holds, as the ledger knows it: code tables, data standard, catalogue item.

The fields of the national platform's export as far as they are known; none of them is for who complained. One file brings both 投诉 and 举报:
the door (`actions/door.py`) parts them. The number of 12315 plays the part of the document number, the day of registration that of the decision.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from records.base_data import ORGANISATIONS, OnEntryItem
from records.models.catalogue import CatalogueEntry, Category
from records.standards.codetable import OTHER, CodeTable, entries
from records.standards.declaration import Field, FieldType, Standard, Visibility
from records.standards.declared import above, blocks
from supervision.complaints.rules.words import ACCEPTED, COMPLAINT, DECLINED, REPORT, RESULTS, WITHHELD

KIND = "complaint"
BASIS = "哈政办规〔2020〕12号第10、12项；国市监稽规〔2023〕6号"
_WHO, _WHAT, _COURSE, _AUTHORITY = "被投诉（举报）经营者", "诉求内容", "办理经过", "单位和公开"
NUMBER, TYPE, TRADE, PROBLEM, TEXT = "TS_BH", "TS_LX", "TS_LB", "TS_WT", "TS_NR"
NAME, CODE, RECEIVED = "TS_XDR_MC", "TS_XDR_SHXYM", "TS_DJRQ"
CHANNEL, PLATFORM, SHOP, BRAND, DISTRICT = "TS_QD", "TS_PT", "TS_DP", "TS_PP", "TS_QH"
DECISION, ACCEPTED_ON, CLOSED_ON, RESULT, CASE = "TS_SLJG", "TS_SLRQ", "TS_BJRQ", "TS_BLJG", "TS_AJWH"
FOR_LIVING, HIDDEN, EXTENDED, CHECKED_ON, CHECKED, TOLD_ON = (
    "TS_SHXF",
    "TS_BGK",
    "TS_YQ",
    "TS_HCRQ",
    "TS_HCJG",
    "TS_GZRQ",
)
TEXTS = (TEXT, "TS_SQ", SHOP, BRAND, PLATFORM, "BZ")
"""Free texts, out of which people are taken before a row is stored."""

TABLES = (
    CodeTable(code="complaint-type", name="诉求类型", entries=entries(COMPLAINT, REPORT), synonyms={"消费投诉": (COMPLAINT,), "违法举报": (REPORT,)}),
    CodeTable(
        code="complaint-channel",
        name="登记渠道",
        entries=entries("全国12315平台", "12315热线", "12345热线", "在线消费纠纷解决（ODR）", "来访来函", "移送转办", OTHER),
        synonyms={"12315平台": ("全国12315平台",), "ODR": ("在线消费纠纷解决（ODR）",), "12345": ("12345热线",), "12315": ("12315热线",)},
    ),
    CodeTable(
        code="complaint-goods",
        name="商品服务类别",
        entries=entries(
            "食品", "烟酒饮料", "家用电器", "通讯产品", "服装鞋帽", "日用百货", "化妆品", "医药及医疗用品", "家具建材", "交通工具",
            "农用生产资料", "其他商品", "餐饮住宿", "销售服务", "美容美发洗浴", "教育培训", "文化娱乐体育", "旅游服务", "交通运输服务",
            "电信互联网服务", "居民和物业服务", "医疗保健服务", "维修和装修服务", "其他服务",
        ),
        synonyms={"餐饮服务": ("餐饮住宿",), "物业服务": ("居民和物业服务",), "校外培训": ("教育培训",), "家电": ("家用电器",)},
    ),
    CodeTable(
        code="complaint-problem",
        name="问题类别",
        entries=entries(
            "质量", "食品安全", "售后服务", "合同", "价格", "广告宣传", "计量", "人身安全", "人格尊严", "假冒", "商标", "预付消费", OTHER
        ),
        synonyms={"虚假宣传": ("广告宣传",), "广告": ("广告宣传",), "预付卡": ("预付消费",)},
    ),
    CodeTable(
        code="complaint-decision",
        name="受理结果",
        entries=entries(ACCEPTED, DECLINED),
        synonyms={"已受理": (ACCEPTED,), "未受理": (DECLINED,)},
    ),
    CodeTable(
        code="complaint-result",
        name="办理结果",
        entries=entries(*RESULTS),
        synonyms={"调解成功": (RESULTS[0],), "调解失败": (RESULTS[1],), "调解不成": (RESULTS[1],), "终止": (RESULTS[2],), "撤回": (RESULTS[3],),
                  "和解": (RESULTS[4],)},
    ),
    CodeTable(code="complaint-withheld", name="不予公示情形", entries=entries(*WITHHELD)),
    CodeTable(code="complaint-checked", name="核查结果", entries=entries("立案", "不予立案"), synonyms={"不立案": ("不予立案",)}),
)  # fmt: skip

TRADES = [(each.value, each.value) for table in TABLES if table.code == "complaint-goods" for each in table.entries]
"""The trades as a form offers them."""
SHARED = Visibility.SHARED
_text = partial(above.text, section=_WHAT)
_day = partial(blocks.day, required=False)


def _choice(code: str, label: str, table: str, *synonyms: str, section: str, **more: object) -> Field:
    return replace(above.choice(code, label, table, *synonyms, section=section), **({"required": False} | more))  # type: ignore[arg-type]


def _operator() -> tuple[Field, ...]:
    """Who was complained of. The platforms do not tell its kind, and of one that was not identified no code."""
    fields = above.subject("TS", "经营者", section=_WHO, persons=False)
    names = {
        NAME: ("被投诉人", "被投诉人名称", "被举报人", "被举报人名称", "被诉方"),
        CODE: ("被投诉人统一社会信用代码", "被诉方代码"),
    }
    return tuple(
        replace(each, synonyms=(*each.synonyms, *names.get(each.code, ())), required=each.code == NAME) for each in fields
    )  # fmt: skip


FIELDS = (
    above.number(NUMBER, "登记编号", 64, "12315登记编号", "投诉编号", "举报编号", "编号", section=_WHAT),
    above.choice(TYPE, "诉求类型", "complaint-type", "类型", "投诉举报类型", section=_WHAT),
    _choice(CHANNEL, "登记渠道", "complaint-channel", "渠道", "来源渠道", section=_WHAT, visibility=SHARED),
    blocks.day(RECEIVED, "登记日期", "登记时间", "接收日期", decided=True),
    *_operator(),
    _text(PLATFORM, "电商平台", 100, "平台名称", "平台名", required=False),
    _text(SHOP, "门店或店铺", 100, "门店", "店铺名称", required=False),
    _text(BRAND, "品牌", 60, "商品品牌", required=False),
    above.choice(TRADE, "商品服务类别", "complaint-goods", "商品或服务类别", "行业类别", section=_WHAT),
    above.choice(PROBLEM, "问题类别", "complaint-problem", "问题性质", section=_WHAT),
    _text(TEXT, "诉求内容", 2000, "投诉内容", "投诉问题", "举报内容", required=False),
    _text("TS_SQ", "具体诉求", 500, "诉求", required=False, visibility=SHARED),
    Field(
        code="TS_JE", label="涉及金额(元)", synonyms=("争议金额", "涉及金额"), type=FieldType.AMOUNT_YUAN, unit="元", visibility=SHARED,
        section=_WHAT,
    ),
    _text(DISTRICT, "区划", 12, "行政区划代码", required=False, visibility=SHARED, help="6位行政区划代码，如230102。"),
    _choice(FOR_LIVING, "为生活消费", "yes-no", "是否生活消费", section=_WHAT, visibility=SHARED, type=FieldType.FLAG),
    _choice(DECISION, "受理结果", "complaint-decision", "是否受理", section=_COURSE),
    _day(ACCEPTED_ON, "受理决定日期", "受理日期", "受理时间"),
    _choice(RESULT, "办理结果", "complaint-result", "调解结果", "处理结果", section=_COURSE),
    _day(CLOSED_ON, "办结日期", "办结时间"),
    above.number(CASE, "诉转案文号", 128, "处罚决定书文号", "案件文号", section=_COURSE, required=False),
    _choice(HIDDEN, "不予公示情形", "complaint-withheld", "不公示原因", section=_COURSE, visibility=SHARED),
    _day(CHECKED_ON, "举报核查日期", "核查日期"),
    _choice(CHECKED, "举报核查结果", "complaint-checked", "核查结果", section=_COURSE, visibility=SHARED),
    _choice(EXTENDED, "举报核查延长", "yes-no", "是否延长核查", section=_COURSE, visibility=SHARED, type=FieldType.FLAG),
    _day(TOLD_ON, "告知举报人日期", "告知日期"),
    *above.authorities("TS", "办理机关", "处理机关", "办理单位", section=_AUTHORITY),
)  # fmt: skip
COMPLAINTS = Standard(
    code=KIND,
    name="12315投诉举报信息",
    version="2026",
    kind=KIND,
    basis=BASIS,
    fields=FIELDS,
    roles={
        role: code
        for role, code in above.roles("TS", "BH", "DJRQ", title="LB", content="NR", outcome="BLJG").items()
        if role not in ("id_type", "id_number")
    },
    rules=(*blocks.AUTHORITY_RULES, "complaint.course"),
)
ITEM = OnEntryItem(
    "XFTS",
    "消费投诉信息",
    KIND,
    BASIS,
    Category.COMPLIANCE,
    ORGANISATIONS,
    CatalogueEntry.Nature.NEUTRAL,
)

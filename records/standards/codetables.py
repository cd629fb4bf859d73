"""The code tables of the standards.

The border of 处罚类别 is 2021-07-15, when the new 行政处罚法 (art. 9) came into force.
"""

from __future__ import annotations

from datetime import date, timedelta

from records.standards import act_tables
from records.standards.codetable import OTHER, CodeTable, coded, entries

PENALTY_LAW_2021 = date(2021, 7, 15)
LEGAL, PERSON, SOLE_TRADER = "法人及非法人组织", "自然人", "个体工商户"
_BEFORE = PENALTY_LAW_2021 - timedelta(days=1)
_OLD_LICENCE, _OLD_CERTIFICATE = "暂扣或者吊销许可证", "暂扣或者吊销执照"
_SUSPEND, _REVOKE = "暂扣许可证件", "吊销许可证件"
_NEW_ONLY = ("通报批评", "降低资质等级", "限制开展生产经营活动", "责令关闭", "限制从业")

SUBJECT_KIND = CodeTable(
    code="subject-kind",
    name="行政相对人类别",
    entries=entries(LEGAL, PERSON, SOLE_TRADER),
    synonyms={
        "法人和非法人组织": (LEGAL,),
        "法人及其他组织": (LEGAL,),
        "法人和其他组织": (LEGAL,),
        "法人或其他组织": (LEGAL,),
        "法人或者其他组织": (LEGAL,),
        "法人": (LEGAL,),
        "非法人组织": (LEGAL,),
        "企业": (LEGAL,),
        "企业法人": (LEGAL,),
        "单位": (LEGAL,),
        "个人": (PERSON,),
        "公民": (PERSON,),
        "个体户": (SOLE_TRADER,),
        "个体": (SOLE_TRADER,),
        "个体经营户": (SOLE_TRADER,),
        "个体工商": (SOLE_TRADER,),
    },
)

PENALTY_KIND = CodeTable(
    code="penalty-kind",
    name="处罚类别",
    entries=(
        *entries("警告"),
        *entries("通报批评", since=PENALTY_LAW_2021),
        *entries("罚款", "没收违法所得", "没收非法财物"),
        *entries(_SUSPEND, "降低资质等级", _REVOKE, "限制开展生产经营活动", since=PENALTY_LAW_2021),
        *entries("责令停产停业"),
        *entries("责令关闭", "限制从业", since=PENALTY_LAW_2021),
        *entries(_OLD_LICENCE, _OLD_CERTIFICATE, until=_BEFORE),
        *entries("行政拘留", OTHER),
    ),
    synonyms={
        "没收违法所得、没收非法财物": ("没收违法所得", "没收非法财物"),
        "暂扣或者吊销许可证、暂扣或者吊销执照": (_OLD_LICENCE, _OLD_CERTIFICATE),
        "暂扣或者吊销许可证、执照": (_OLD_LICENCE, _OLD_CERTIFICATE),
        "暂扣或吊销许可证": (_OLD_LICENCE,),
        "暂扣或吊销执照": (_OLD_CERTIFICATE,),
        "吊销许可证": (_REVOKE, _OLD_LICENCE),
        "暂扣许可证": (_SUSPEND, _OLD_LICENCE),
        "吊销执照": (_REVOKE, _OLD_CERTIFICATE),
        "吊销营业执照": (_REVOKE, _OLD_CERTIFICATE),
        "暂扣执照": (_SUSPEND, _OLD_CERTIFICATE),
        "暂扣营业执照": (_SUSPEND, _OLD_CERTIFICATE),
        "责令停产": ("责令停产停业",),
        "责令停业": ("责令停产停业",),
        "停产停业": ("责令停产停业",),
        "拘留": ("行政拘留",),
        "没收非法所得": ("没收违法所得",),
        "其它": (OTHER,),
        **{word: (f"{OTHER}-{word}",) for word in _NEW_ONLY},
    },
    succeeded={
        _OLD_LICENCE: (_SUSPEND, _REVOKE),
        _OLD_CERTIFICATE: (_SUSPEND, _REVOKE),
        "暂扣或吊销许可证": (_SUSPEND, _REVOKE),
        "暂扣或吊销执照": (_SUSPEND, _REVOKE),
        "暂扣或者吊销许可证、暂扣或者吊销执照": (_SUSPEND, _REVOKE),
        "暂扣或者吊销许可证、执照": (_SUSPEND, _REVOKE),
        _SUSPEND: (_OLD_LICENCE, _OLD_CERTIFICATE),
        _REVOKE: (_OLD_LICENCE, _OLD_CERTIFICATE),
        "没收": ("没收违法所得", "没收非法财物"),
    },
)

PERMIT_KIND = CodeTable(
    code="permit-kind",
    name="许可类别",
    entries=entries("普通", "特许", "认可", "核准", "登记", OTHER),
    synonyms={
        "普通许可": ("普通",),
        "特许许可": ("特许",),
        "行政特许": ("特许",),
        "行政认可": ("认可",),
        "行政核准": ("核准",),
        "行政登记": ("登记",),
        "其它": (OTHER,),
    },
    other_needs_text=True,
)

ID_TYPE = CodeTable(
    code="id-type",
    name="证件类型",
    entries=entries(
        "身份证",
        "护照号",
        "港澳居民来往内地通行证",
        "台湾居民来往大陆通行证",
        "外国人永久居留身份证",
        "港澳台居民居住证",
    ),
    synonyms={
        "居民身份证": ("身份证",),
        "公民身份证": ("身份证",),
        "中华人民共和国居民身份证": ("身份证",),
        "公民身份号码": ("身份证",),
        "身份证号": ("身份证",),
        "身份证号码": ("身份证",),
        "二代身份证": ("身份证",),
        "护照": ("护照号",),
        "护照号码": ("护照号",),
        "外国护照": ("护照号",),
        "港澳通行证": ("港澳居民来往内地通行证",),
        "回乡证": ("港澳居民来往内地通行证",),
        "台胞证": ("台湾居民来往大陆通行证",),
        "台湾通行证": ("台湾居民来往大陆通行证",),
        "外国人永久居留证": ("外国人永久居留身份证",),
        "港澳台居住证": ("港澳台居民居住证",),
        "港澳居民居住证": ("港澳台居民居住证",),
        "台湾居民居住证": ("港澳台居民居住证",),
    },
)

PERMIT_STATE = CodeTable(
    code="permit-state-2018",
    name="当前状态",
    entries=coded(("1", "有效"), ("2", "无效")),
    synonyms={"正常": ("有效",), "失效": ("无效",), "撤销": ("无效",), "注销": ("无效",), "吊销": ("无效",)},
    stores_code=True,
)

STATE_2015 = CodeTable(
    code="state-2015",
    name="当前状态（2015版）",
    entries=coded(("0", "正常"), ("1", "撤销"), ("2", "异议"), ("3", "其他")),
    stores_code=True,
)

SCOPE_2015 = CodeTable(
    code="scope-2015",
    name="信息使用范围（2015版）",
    entries=coded(("0", "公示"), ("1", "仅政府部门内部共享"), ("2", "仅可授权查询")),
    synonyms={"社会公开": ("公示",), "内部共享": ("仅政府部门内部共享",), "授权查询": ("仅可授权查询",)},
    stores_code=True,
)

GRAVITY_2015 = CodeTable(
    code="gravity-2015",
    name="失信严重程度（2015版）",
    entries=coded(("0", "未定"), ("1", "一般"), ("2", "较重"), ("3", "严重")),
    stores_code=True,
)

VISIBILITY = CodeTable(
    code="visibility",
    name="公开属性",
    entries=entries("社会公开", "政务共享", "授权查询", "不予公开"),
    synonyms={"公示": ("社会公开",), "公开": ("社会公开",), "不公开": ("不予公开",), "内部共享": ("政务共享",)},
)

PROCEDURE = CodeTable(
    code="penalty-procedure",
    name="处罚程序",
    entries=entries("普通程序", "简易程序"),
    synonyms={"普通": ("普通程序",), "一般程序": ("普通程序",), "一般": ("普通程序",), "简易": ("简易程序",)},
)

GRAVITY = CodeTable(
    code="gravity",
    name="失信严重程度",
    entries=entries("轻微", "一般", "严重"),
    synonyms={"轻微失信": ("轻微",), "一般失信": ("一般",), "严重失信": ("严重",)},
)

DOMAIN = CodeTable(
    code="penalty-domain",
    name="领域",
    entries=entries(
        "食品",
        "药品",
        "特种设备",
        "安全生产",
        "消防",
        "生态环境",
        "工程质量",
        "强制性产品认证",
        "市场监管",
        "交通运输",
        "文化旅游",
        "人力资源和社会保障",
        "税务",
        "自然资源",
        "住房城乡建设",
        "卫生健康",
        "农业农村",
        OTHER,
    ),
    synonyms={"食品安全": ("食品",), "药品安全": ("药品",), "消防安全": ("消防",), "环境保护": ("生态环境",)},
)

YES_NO = CodeTable(
    code="yes-no",
    name="是否",
    entries=entries("是", "否"),
    synonyms={"Y": ("是",), "TRUE": ("是",), "1": ("是",), "N": ("否",), "FALSE": ("否",), "0": ("否",)},
)

_TABLES: dict[str, CodeTable] = {
    table.code: table for table in (*list(globals().values()), *act_tables.ALL) if isinstance(table, CodeTable)
}


def register(*tables: CodeTable) -> None:
    """An app above tells the tables of its standards in AppConfig.ready(); the same again is harmless. ValueError when a code is another's."""
    for each in tables:
        if _TABLES.setdefault(each.code, each) is not each:
            raise ValueError(f"the code table {each.code} is registered twice")


def get(code: str) -> CodeTable:
    """The table with that code; KeyError when there is none."""
    return _TABLES[code]


def all_tables() -> tuple[CodeTable, ...]:
    """Every table that has a code: local items carry their own."""
    return tuple(_TABLES.values())

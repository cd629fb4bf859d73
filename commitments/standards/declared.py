"""信用承诺: the letter, its fulfilment, its breach (哈政办规〔2020〕12号第2、3项).

The fields follow the national template for the collection of commitments as far as it is known; what is unsure (as of 2026)
is optional. The number of a letter (承诺编码) plays the part of the document number, so that a letter sent twice is one record.
"""

from __future__ import annotations

from functools import partial

from records.standards.declaration import Standard, Visibility, When
from records.standards.declared import above, blocks

BASIS = "哈政办规〔2020〕12号"
_WHO, _WHAT, _TERM, _AUTHORITY = "承诺主体", "承诺内容", "日期和期限", "单位和公开"
SHORTFALL = "容缺受理型"


_subject = partial(above.subject, section=_WHO)
_text = partial(above.text, section=_WHAT)
_number = partial(above.number, section=_WHAT)
_choice = partial(above.choice, section=_WHAT)
_authorities = partial(above.authorities, section=_AUTHORITY, visibility="公开类型", table="commitment-visibility")
_roles = above.roles


COMMITMENT = Standard(
    code="commitment",
    name="信用承诺书",
    version="2020",
    kind="commitment",
    basis=f"{BASIS}第2项",
    fields=(
        _number("CN_BM", "承诺编码", 128, "承诺书编号", "承诺编号", "承诺书编码", help_text="每份承诺书一个编码，不重复。"),
        *_subject("CN", "承诺主体"),
        _choice("CN_LX", "承诺类型", "commitment-type", "承诺类别"),
        _text("CN_SXMC", "承诺事由", 200, "承诺事项", "承诺事项名称", "事项名称", "承诺事由/事项"),
        _number(
            "CN_SXBM", "事项编码", 40, "承诺事项编码",
            required=When("CN_LX", ("审批替代型", SHORTFALL, "证明事项告知承诺型"), "审批替代型、容缺受理型、证明事项告知承诺型必填"),
            help_text="承诺事项清单中的编码。",
        ),
        _text("CN_NR", "承诺内容", 4000, "承诺书内容"),
        _text("CN_ZR", "违诺责任", 2000, "违背承诺责任", "违约责任"),
        _text("CN_RQCL", "容缺材料", 500, "欠缺材料", required=When("CN_LX", (SHORTFALL,), "容缺受理型必填"), visibility=Visibility.SHARED),
        blocks.day("CN_BZQX", "材料补正期限", "补正期限", required=False, end=True),
        _text("CN_HY", "行业领域", 100, "行业/领域", "行业", "领域", required=False),
        _text("CN_QH", "区划", 12, "行政区划", "行政区划代码", required=False, help="6位行政区划代码，如230102。"),
        blocks.day("CN_ZCRQ", "承诺作出日期", "承诺日期", "签署日期", decided=True),
        blocks.day("CN_YXQZ", "承诺有效期自", "有效期自", required=False),
        blocks.day("CN_YXQZI", "承诺有效期至", "有效期至", required=False, end=True),
        *_authorities("CN", "承诺受理单位", "受理单位", "承诺受理机关"),
    ),
    roles=_roles("CN", "BM", "ZCRQ", title="SXMC", content="NR", valid_from="YXQZ", valid_until="YXQZI"),
    rules=(*blocks.SUBJECT_RULES, *blocks.PERIOD_RULES, *blocks.AUTHORITY_RULES, "commitment.matter", "commitment.shortfall", "commitment.validity"),
)  # fmt: skip

FULFILMENT = Standard(
    code="commitment-fulfilment",
    name="履约践诺信息",
    version="2020",
    kind="commitment-fulfilment",
    basis=f"{BASIS}第3项",
    fields=(
        _number("LY_BM", "承诺编码", 128, "承诺书编号", "承诺编号"),
        *_subject("LY", "承诺主体"),
        _text("LY_SXMC", "承诺事由", 200, "承诺事项", "事项名称"),
        _choice("LY_ZT", "履约状态", "commitment-fulfilment", "履行状态", "履约情况"),
        _text("LY_HCFS", "核查方式", 100, "复核方式", required=False),
        _text("LY_QK", "核查情况", 2000, "复核情况", required=False, visibility=Visibility.SHARED),
        blocks.day("LY_RDRQ", "认定日期", "复核日期", decided=True),
        *_authorities("LY", "认定单位", "复核单位"),
    ),
    roles=_roles("LY", "BM", "RDRQ", title="SXMC", outcome="ZT"),
    rules=(*blocks.SUBJECT_RULES, *blocks.AUTHORITY_RULES),
)  # fmt: skip

BREACH = Standard(
    code="commitment-breach",
    name="违背信用承诺信息",
    version="2020",
    kind="commitment-breach",
    basis=f"{BASIS}第3项",
    fields=(
        _number("WN_WSH", "认定文书号", 128, "决定文书号", "文书号"),
        _number("WN_BM", "承诺编码", 128, "承诺书编号", "承诺编号"),
        *_subject("WN", "承诺主体"),
        _text("WN_SXMC", "承诺事由", 200, "承诺事项", "事项名称"),
        _choice("WN_ZL", "违诺种类", "commitment-breach-kind", "违诺类型"),
        _text("WN_SS", "违诺事实", 4000, "违背承诺事实"),
        _text("WN_YJ", "认定依据", 2000, "依据"),
        _text("WN_CS", "处理措施", 2000, "惩戒措施", "处理结果"),
        _text("WN_SSJG", "陈述申辩情况", 1000, "申诉结果", required=False, visibility=Visibility.SHARED),
        blocks.day("WN_JDRQ", "决定日期", "认定日期", decided=True),
        blocks.day("WN_CSZ", "措施期限至", "限制期限至", required=False, end=True),
        *_authorities("WN", "认定单位", "决定单位"),
    ),
    roles=_roles("WN", "WSH", "JDRQ", title="SXMC", content="SS"),
    rules=(*blocks.SUBJECT_RULES, *blocks.AUTHORITY_RULES),
)  # fmt: skip


ALL_COMMITMENTS: tuple[Standard, ...] = (COMMITMENT, FULFILMENT, BREACH)

"""行政处罚, standard of 2018 (发改办财金〔2018〕424号), with the fields that the city adds.

The national table has no 当前状态: withdrawal is an act of its own, kept by the platform.
"""

from __future__ import annotations

from datetime import date

from records.standards.declaration import Field, FieldType, Standard, Visibility, When
from records.standards.declared import blocks

CONFISCATIONS = ("没收违法所得", "没收非法财物")
LICENCE_KINDS = ("暂扣许可证件", "吊销许可证件", "暂扣或者吊销许可证", "暂扣或者吊销执照")
_DAYS = ("处罚决定书签发日期", "行政处罚决定日期", "处罚日期", "处罚时间", "行政处罚日期", "处罚决定时间")
_AUTHORITIES = (
    "行政处罚机关",
    "执法机关",
    "执法单位",
    "执法部门",
    "处罚单位",
    "处罚部门",
    "处罚决定机关",
    "作出处罚决定的机关",
)


def _amount(code: str, label: str, kinds: tuple[str, ...], wording: str, *synonyms: str) -> Field:
    return Field(
        code=code,
        label=label,
        synonyms=synonyms,
        type=FieldType.AMOUNT_WAN,
        unit="万元",
        required=When("CF_CFLB", kinds, wording),
        help="单位为万元，最多6位小数：2000元填0.2。",
        example="0.2",
        section=blocks.SECTION_CONTENT,
    )


_FACTS = (
    Field(
        code="CF_WSH",
        label="行政处罚决定书文号",
        synonyms=(
            "处罚决定书文号",
            "行政处罚决定文书号",
            "处罚文书号",
            "文书号",
            "处罚文号",
            "处罚决定文号",
            "行政处罚文号",
            "行政处罚决定文号",
            "决定书文号",
            "决定文书号",
            "文号",
        ),
        type=FieldType.DOCUMENT_NUMBER,
        max_length=128,
        required=True,
        help="保留全角〔〕。",
        example="哈市监处罚〔2026〕15号",
        section=blocks.SECTION_DECISION,
    ),
    Field(
        code="CF_WFXW",
        label="违法行为类型",
        synonyms=("违法行为",),
        type=FieldType.LONG_TEXT,
        max_length=2000,
        required=True,
        example="销售不符合食品安全标准的食品",
        section=blocks.SECTION_CONTENT,
    ),
    Field(
        code="CF_SY",
        label="违法事实",
        synonyms=("处罚事由", "主要违法事实"),
        type=FieldType.LONG_TEXT,
        max_length=5000,
        required=True,
        help="不得含有身份证号码、手机号码、家庭住址等个人信息。",
        section=blocks.SECTION_CONTENT,
    ),
    Field(
        code="CF_YJ",
        label="处罚依据",
        synonyms=("行政处罚依据",),
        type=FieldType.LONG_TEXT,
        max_length=2000,
        required=True,
        help="填写法律、法规、规章的名称和条款。",
        section=blocks.SECTION_CONTENT,
    ),
    Field(
        code="CF_CFLB",
        label="处罚类别",
        synonyms=("处罚种类", "行政处罚类别", "行政处罚种类"),
        type=FieldType.MULTI_CHOICE,
        code_table="penalty-kind",
        multi=True,
        max_length=200,
        required=True,
        help="多项用“；”分开。2021年7月15日起作出的决定用新行政处罚法的种类。",
        form_help="可选多项。2021年7月15日起作出的决定用新行政处罚法的种类。",
        example="警告；罚款",
        section=blocks.SECTION_CONTENT,
    ),
    Field(
        code="CF_NR",
        label="处罚内容",
        synonyms=("处罚结果", "行政处罚内容"),
        type=FieldType.LONG_TEXT,
        max_length=4000,
        required=True,
        example="警告；罚款2000元",
        section=blocks.SECTION_CONTENT,
    ),
    _amount("CF_NR_FK", "罚款金额(万元)", ("罚款",), "处罚类别含罚款时必填", "罚款金额", "罚款数额(万元)"),
    _amount(
        "CF_NR_WFFF",
        "没收违法所得、没收非法财物的金额(万元)",
        CONFISCATIONS,
        "处罚类别含没收时必填，没收物品无法计价的填0并在备注说明",
        "没收金额(万元)",
        "没收违法所得、没收非法财物的金额",
        "没收违法所得金额(万元)",
    ),
    Field(
        code="CF_NR_ZKDX",
        label="暂扣或吊销证照名称及编号",
        synonyms=("暂扣或者吊销证照名称及编号",),
        max_length=200,
        required=When("CF_CFLB", LICENCE_KINDS, "处罚类别含暂扣、吊销时必填"),
        section=blocks.SECTION_CONTENT,
    ),
)

_LOCAL = (
    Field(
        code="HRB_CFCX",
        label="处罚程序",
        type=FieldType.CHOICE,
        code_table="penalty-procedure",
        visibility=Visibility.SHARED,
        help="普通程序或简易程序；简易程序的处罚归集但不公示。",
        section=blocks.SECTION_LOCAL,
        local=True,
    ),
    Field(
        code="HRB_YZCD",
        label="失信严重程度",
        synonyms=("严重程度",),
        type=FieldType.CHOICE,
        code_table="gravity",
        visibility=Visibility.SHARED,
        help="由作出决定的机关认定：轻微、一般、严重。",
        section=blocks.SECTION_LOCAL,
        local=True,
    ),
    Field(
        code="HRB_LY",
        label="领域",
        synonyms=("处罚领域", "所属领域"),
        type=FieldType.CHOICE,
        code_table="penalty-domain",
        visibility=Visibility.SHARED,
        help="食品、药品、特种设备、安全生产、消防等领域的最短公示期不同，请如实选择。",
        section=blocks.SECTION_LOCAL,
        local=True,
    ),
    Field(
        code="HRB_FDQX",
        label="附带期限至",
        synonyms=("附带期限", "从业限制期限至"),
        type=FieldType.DATE_OR_LONGTERM,
        visibility=Visibility.SHARED,
        help="决定附有期限的处罚（如限制从业3年）填写截止日期，期满前不得提前终止公示。",
        example="2029/01/05",
        section=blocks.SECTION_LOCAL,
        local=True,
    ),
)

PENALTY_2018 = Standard(
    code="penalty-2018",
    name="行政处罚",
    version="2018",
    kind="penalty",
    basis="发改办财金〔2018〕424号",
    valid_from=date(2018, 7, 25),
    fields=(
        *blocks.subject_fields("CF"),
        *_FACTS,
        blocks.day("CF_JDRQ", "处罚决定日期", *_DAYS, decided=True),
        blocks.day("CF_YXQ", "处罚有效期", "处罚有效期至", "处罚截止期", end=True),
        blocks.day("CF_GSJZQ", "公示截止期", "公示截止日期", "公示期限", required=False, end=True),
        blocks.authority("CF_CFJG", "处罚机关", *_AUTHORITIES),
        blocks.authority_code("CF_CFJGDM", "处罚机关统一社会信用代码", "处罚机关代码", "执法机关代码"),
        blocks.authority("CF_SJLY", "数据来源单位", "来源单位", source=True),
        blocks.authority_code(
            "CF_SJLYDM", "数据来源单位统一社会信用代码", "来源单位统一社会信用代码", "数据来源单位代码"
        ),
        blocks.REMARK,
        *_LOCAL,
    ),
    roles={
        **blocks.subject_roles("CF"),
        "document_number": "CF_WSH",
        "decided_on": "CF_JDRQ",
        "valid_until": "CF_YXQ",
        "shown_until": "CF_GSJZQ",
        "authority_name": "CF_CFJG",
        "authority_code": "CF_CFJGDM",
        "source_name": "CF_SJLY",
        "source_code": "CF_SJLYDM",
        "title": "CF_WFXW",
        "content": "CF_NR",
        "kinds": "CF_CFLB",
        "fine": "CF_NR_FK",
        "confiscated": "CF_NR_WFFF",
        "revoked_licence": "CF_NR_ZKDX",
    },
    rules=(
        *blocks.SUBJECT_RULES,
        *blocks.AUTHORITY_RULES,
        "dates.until-after-decision",
        "amount.fine-positive",
        "amount.without-kind",
        "amount.matches-text",
        "amount.confiscated-text",
        "amount.confiscated-zero",
        "document.number-form",
        "document.no-penalty-number",
    ),
)

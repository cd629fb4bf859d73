"""The eight other acts (行政强制、确认、征收、给付、裁决、补偿、奖励、监督检查).

No national table like that of 2018 exists for them: a common core and the extra fields of each act, so that a department
fills in one kind of form. Acts that mostly concern natural persons are not public unless the row says so.
"""

from __future__ import annotations

from collections.abc import Mapping

from records.standards.codetables import LEGAL, PERSON, SOLE_TRADER
from records.standards.declaration import Field, FieldType, Standard, Visibility, When
from records.standards.declared import blocks

LONG, CHOICE, WAN, DAY, NAME = (
    FieldType.LONG_TEXT,
    FieldType.CHOICE,
    FieldType.AMOUNT_WAN,
    FieldType.DATE,
    FieldType.PERSON_NAME,
)


def _core(prefix: str, what: str) -> tuple[Field, ...]:
    organisation = When(f"{prefix}_XDR_LB", (LEGAL, SOLE_TRADER), "法人及非法人组织、个体工商户必填，自然人不填")
    person = When(f"{prefix}_XDR_LB", (PERSON,), "自然人必填，法人及非法人组织不填")
    subject = {each.code: each for each in blocks.subject_fields(prefix)}
    return (
        subject[f"{prefix}_XDR_MC"],
        subject[f"{prefix}_XDR_LB"],
        Field(
            code=f"{prefix}_XDR_SHXYM",
            label="统一社会信用代码",
            synonyms=("行政相对人代码_1(统一社会信用代码)", "社会信用代码", "信用代码"),
            type=FieldType.USCC,
            max_length=18,
            required=organisation,
            example="91230102MA1B00017U",
            section=blocks.SECTION_SUBJECT,
        ),
        blocks.id_type(f"{prefix}_XDR_ZJLX", "证件类型", person, "自然人证件类型"),
        blocks.id_number(f"{prefix}_XDR_ZJHM", "证件号码", person, "自然人证件号码"),
        Field(
            code=f"{prefix}_FRDB",
            label="法定代表人",
            synonyms=("法定代表人姓名", "负责人"),
            type=FieldType.PERSON_NAME,
            max_length=50,
            section=blocks.SECTION_SUBJECT,
        ),
        *_document(prefix, what),
    )


def _document(prefix: str, what: str) -> tuple[Field, ...]:
    def text(
        suffix: str, label: str, length: int, *synonyms: str, required: bool = True, kind: FieldType = FieldType.TEXT
    ) -> Field:
        return Field(
            code=f"{prefix}_{suffix}",
            label=label,
            synonyms=synonyms,
            type=kind,
            max_length=length,
            required=required,
            section=blocks.SECTION_DECISION,
        )

    return (
        text("WSMC", f"{what}文书名称", 200, "决定书名称", "文书名称", "决定文书名称"),
        text("WSH", f"{what}文书号", 128, "决定书文号", "文书号", "决定文书号", kind=FieldType.DOCUMENT_NUMBER),
        text("SXMC", "事项名称", 200, f"{what}事项名称", "权力事项名称"),
        text("QLBM", "权力事项编码", 64, "权责清单编码", "事项编码", required=False, kind=FieldType.DOCUMENT_NUMBER),
        text("YJ", f"{what}依据", 2000, "依据", "法律依据", kind=FieldType.LONG_TEXT),
        text("NR", f"{what}内容", 4000, "决定内容", "结果", "决定内容/结果", "内容", kind=FieldType.LONG_TEXT),
    )


def _tail(prefix: str, what: str) -> tuple[Field, ...]:
    hidden = When(f"{prefix}_GKSX", ("政务共享", "授权查询", "不予公开"), "公开属性不是社会公开时必填")
    return (
        blocks.day(f"{prefix}_JDRQ", "决定日期", f"{what}决定日期", f"{what}日期", decided=True),
        blocks.day(f"{prefix}_YXQZ", "有效期自", required=False),
        blocks.day(f"{prefix}_YXQZI", "有效期至", required=False, end=True),
        blocks.authority(f"{prefix}_JG", "作出机关", f"{what}机关", "决定机关"),
        blocks.authority_code(f"{prefix}_JGDM", "作出机关统一社会信用代码", "机关代码", f"{what}机关统一社会信用代码"),
        blocks.authority(f"{prefix}_LYDW", "数据来源单位", "来源单位", source=True),
        blocks.authority_code(f"{prefix}_LYDWDM", "数据来源单位统一社会信用代码", "来源代码"),
        Field(
            code=f"{prefix}_GKSX",
            label="公开属性",
            synonyms=("公开类型",),
            type=CHOICE,
            code_table="visibility",
            required=True,
            visibility=Visibility.SHARED,
            example="社会公开",
            section=blocks.SECTION_AUTHORITY,
        ),
        Field(
            code=f"{prefix}_BGKLY",
            label="不公开理由",
            max_length=500,
            required=hidden,
            visibility=Visibility.SHARED,
            section=blocks.SECTION_AUTHORITY,
        ),
        blocks.REMARK,
    )


def _extra(code: str, label: str, kind: FieldType = FieldType.TEXT, length: int = 200, **more: object) -> Field:
    defaults: dict[str, object] = {"section": blocks.SECTION_CONTENT}
    if kind is WAN:
        defaults |= {"unit": "万元", "help": "单位为万元，最多6位小数：2000元填0.2。"}
    else:
        defaults["max_length"] = 0 if kind in (DAY, FieldType.DATE_OR_LONGTERM) else 4000 if kind is LONG else length
    return Field(code=code, label=label, type=kind, **(defaults | more))  # type: ignore[arg-type]


PRIVATE, SHARED = Visibility.PRIVATE, Visibility.SHARED

ACTS: Mapping[str, tuple[str, str, tuple[Field, ...]]] = {
    "enforcement": (
        "行政强制",
        "QZ",
        (
            _extra("QZ_QZLX", "强制类型", CHOICE, code_table="enforcement-kind", required=True, synonyms=("强制种类",)),
            _extra("QZ_QSRQ", "强制开始日期", DAY, synonyms=("强制起始日期",)),
            _extra("QZ_JZRQ", "强制结束日期", DAY, synonyms=("强制截止日期",)),
            _extra("QZ_BDW", "标的物", LONG),
            _extra("QZ_JCRQ", "解除日期", DAY, help="强制措施解除后不再公示。"),
            _extra("QZ_JCLY", "解除理由", required=When("QZ_JCRQ", (), "填写了解除日期时必填")),
        ),
    ),
    "confirmation": (
        "行政确认",
        "QR",
        (
            _extra("QR_QRLB", "确认类别", CHOICE, code_table="confirmation-kind", required=True),
            _extra("QR_ZSBH", "证书编号", FieldType.DOCUMENT_NUMBER, 64),
        ),
    ),
    "levy": (
        "行政征收",
        "ZS",
        (
            _extra("ZS_ZSZL", "征收种类", CHOICE, code_table="levy-kind", required=True),
            _extra("ZS_JZYJ", "计征依据", LONG),
            _extra("ZS_YZJE", "应征金额(万元)", WAN, visibility=SHARED, synonyms=("应征金额",)),
            _extra("ZS_SJJE", "实缴金额(万元)", WAN, visibility=SHARED, synonyms=("实缴金额",)),
            _extra("ZS_JKRQ", "缴款日期", DAY, visibility=SHARED),
            _extra("ZS_ZT", "缴纳状态", CHOICE, code_table="levy-state", visibility=SHARED),
        ),
    ),
    "payment": (
        "行政给付",
        "GF",
        (
            _extra("GF_GFZL", "给付种类", CHOICE, code_table="payment-kind", required=True, visibility=SHARED),
            _extra("GF_BZ", "给付标准", LONG, visibility=SHARED),
            _extra("GF_JE", "给付金额(万元)", WAN, visibility=SHARED, synonyms=("给付金额",)),
            _extra("GF_QJQ", "发放期间自", DAY, visibility=SHARED),
            _extra("GF_QJZ", "发放期间至", FieldType.DATE_OR_LONGTERM, visibility=SHARED),
        ),
    ),
    "adjudication": (
        "行政裁决",
        "CJ",
        (
            _extra("CJ_SQR", "申请人", required=True),
            _extra("CJ_BSQR", "被申请人", required=True),
            _extra("CJ_ZYSX", "争议事项", LONG, required=True),
            _extra("CJ_LXQK", "履行情况", CHOICE, code_table="performance"),
            _extra("CJ_JJZT", "复议诉讼状态", CHOICE, code_table="remedy-state"),
        ),
    ),
    "compensation": (
        "行政补偿",
        "BC",
        (
            _extra("BC_SY", "补偿事由", LONG, required=True),
            _extra("BC_DX", "补偿对象"),
            _extra("BC_FS", "补偿方式", CHOICE, code_table="compensation-way"),
            _extra("BC_JE", "补偿金额(万元)", WAN, visibility=SHARED, synonyms=("补偿金额",)),
            _extra("BC_ZFRQ", "支付日期", DAY, visibility=SHARED),
        ),
    ),
    "award": (
        "行政奖励",
        "JL",
        (
            _extra("JL_JLMC", "奖励名称", required=True, synonyms=("荣誉名称",)),
            _extra("JL_JB", "奖励级别", CHOICE, code_table="award-level", synonyms=("级别",)),
            _extra("JL_SY", "授予事由", LONG),
            _extra("JL_JE", "奖励金额(万元)", WAN, synonyms=("奖励金额",)),
            _extra("JL_SYRQ", "授予日期", DAY),
            _extra("JL_CXRQ", "撤销日期", DAY),
        ),
    ),
    "inspection": (
        "行政监督检查",
        "JC",
        (
            _extra("JC_RWBH", "检查任务编号", FieldType.DOCUMENT_NUMBER, 64),
            _extra("JC_JCLX", "检查类型", CHOICE, code_table="inspection-kind", required=True),
            _extra("JC_JCSX", "检查事项", LONG, required=True),
            _extra("JC_JCRY", "检查人员", visibility=PRIVATE),
            _extra("JC_ZFZH", "执法证号", visibility=PRIVATE),
            _extra("JC_JCRQ", "检查日期", DAY, required=True, past_only=True),
            _extra("JC_JG_LX", "检查结果", CHOICE, code_table="inspection-result", required=True),
            _extra("JC_CL", "处理情况", LONG),
            _extra("JC_FCJG", "复查结果", LONG),
            _extra("JC_BMLH", "部门联合检查", FieldType.FLAG, code_table="yes-no"),
        ),
    ),
}


def _roles(prefix: str) -> dict[str, str]:
    absent = {"reg_no", "org_code", "tax_no", "institution_no", "social_no", "legal_rep_id_type", "legal_rep_id"}
    subject = {role: code for role, code in blocks.subject_roles(prefix).items() if role not in absent}
    return subject | {
        "document_name": f"{prefix}_WSMC",
        "document_number": f"{prefix}_WSH",
        "decided_on": f"{prefix}_JDRQ",
        "valid_from": f"{prefix}_YXQZ",
        "valid_until": f"{prefix}_YXQZI",
        "authority_name": f"{prefix}_JG",
        "authority_code": f"{prefix}_JGDM",
        "source_name": f"{prefix}_LYDW",
        "source_code": f"{prefix}_LYDWDM",
        "title": f"{prefix}_SXMC",
        "content": f"{prefix}_NR",
        "visibility": f"{prefix}_GKSX",
    }


def _act(kind: str) -> Standard:
    name, prefix, extra = ACTS[kind]
    return Standard(
        code=f"act-{kind}",
        name=name,
        version="2020",
        kind=f"act-{kind}",
        basis="哈政办规〔2020〕12号第14项",
        fields=(*_core(prefix, name), *extra, *_tail(prefix, name)),
        roles=_roles(prefix),
        rules=(*blocks.SUBJECT_RULES, *blocks.PERIOD_RULES, *blocks.AUTHORITY_RULES, "document.number-form"),
    )


ALL_ACTS: tuple[Standard, ...] = tuple(_act(kind) for kind in ACTS)

"""登记注册基本信息 of market entities: the rows from which subjects are made (model: DB23/T 3023-2021 市场主体数据规范)."""

from __future__ import annotations

from datetime import date

from records.standards.declaration import Field, FieldType, Standard, Visibility

_SUBJECT, _PLACE = "登记信息", "地址"
_EARLIEST = date(1840, 1, 1)

REGISTRATION = Standard(
    code="registration",
    name="登记注册基本信息",
    version="2020",
    kind="registration",
    basis="公共信用信息基础目录：登记注册基本信息",
    fields=(
        Field(
            code="QYMC",
            label="企业名称",
            synonyms=("name", "名称", "主体名称", "市场主体名称", "经营主体名称", "单位名称", "字号名称", "机构名称"),
            max_length=200,
            required=True,
            section=_SUBJECT,
        ),
        Field(
            code="TYSHXYDM",
            label="统一社会信用代码",
            synonyms=("credit_code", "uscc", "社会信用代码", "信用代码"),
            type=FieldType.USCC,
            max_length=18,
            required=True,
            example="91230102MA1B00017U",
            section=_SUBJECT,
        ),
        Field(
            code="ZCH",
            label="注册号",
            synonyms=("工商注册号", "reg_no"),
            type=FieldType.REG_NO,
            max_length=50,
            visibility=Visibility.SHARED,
            section=_SUBJECT,
        ),
        Field(
            code="CLRQ",
            label="成立日期",
            synonyms=("reg_date", "登记日期", "注册日期", "注册时间", "成立时间"),
            type=FieldType.DATE,
            earliest=_EARLIEST,
            past_only=True,
            section=_SUBJECT,
        ),
        Field(
            code="QYLX",
            label="企业类型",
            synonyms=("type", "主体类型", "市场主体类型", "经营主体类型", "类型"),
            max_length=100,
            section=_SUBJECT,
        ),
        Field(
            code="FDDBR",
            label="法定代表人",
            synonyms=("legal_rep_masked", "legal_rep", "法定代表人姓名", "法定代表人(负责人)", "负责人", "经营者"),
            type=FieldType.PERSON_NAME,
            max_length=100,
            visibility=Visibility.SHARED,
            section=_SUBJECT,
        ),
        Field(
            code="ZCZB",
            label="注册资本",
            synonyms=("capital_raw", "capital", "注册资金"),
            max_length=100,
            section=_SUBJECT,
        ),
        Field(
            code="JYFW",
            label="经营范围",
            synonyms=("business_scope", "经营(业务)范围", "业务范围"),
            type=FieldType.LONG_TEXT,
            section=_SUBJECT,
        ),
        Field(code="SF", label="省份", synonyms=("province", "省", "所属省份"), max_length=50, section=_PLACE),
        Field(code="CS", label="城市", synonyms=("city", "市", "所属城市", "地市"), max_length=50, section=_PLACE),
        Field(
            code="ZS",
            label="住所",
            synonyms=("address", "地址", "企业地址", "注册地址", "经营场所", "住所(经营场所)", "通讯地址"),
            max_length=500,
            section=_PLACE,
        ),
        Field(code="DJJG", label="登记机关", synonyms=("registrar",), max_length=200, section=_SUBJECT),
        Field(code="DJZT", label="登记状态", synonyms=("经营状态", "status"), max_length=50, section=_SUBJECT),
    ),
    roles={
        "subject_name": "QYMC",
        "uscc": "TYSHXYDM",
        "reg_no": "ZCH",
        "legal_rep": "FDDBR",
        "decided_on": "CLRQ",
        "authority_name": "DJJG",
        "title": "QYMC",
        "premises": "ZS",
    },
    rules=(),
)

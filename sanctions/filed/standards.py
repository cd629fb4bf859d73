"""How published lists come in: what courts, tax offices, the transport trade and everybody else write into their files.

Numbers are read as they stand and judged by `records.imports.matching`, row by row: in real lists whole credit codes stand in the column of the
organisation code, and a wrong number is no reason to lose the row. Nothing here is public; what the public reads is the entry.
"""

from __future__ import annotations

from records.standards.declaration import Field, FieldType, Standard, Visibility
from records.standards.declared import above, blocks
from sanctions.filed.rules import KIND

_WHO, _WHAT = "名单主体", "名单内容"
NAME, SORT, CODE, ORG_CODE, REG_NO, TAX_NO, PERSON_ID = (
    f"GB_{end}" for end in ("MC", "LB", "SHXYM", "ZZJG", "GSZC", "SWDJ", "ZJHM")
)
DOCUMENT, DAY, UNTIL, FACTS = "GB_WSH", "GB_RQ", "GB_QX", "GB_SY"


def _number(code: str, label: str, *synonyms: str) -> Field:
    return Field(code=code, label=label, synonyms=synonyms, max_length=60, visibility=Visibility.SHARED, section=_WHO)


def _text(code: str, label: str, length: int, *synonyms: str) -> Field:
    return above.text(code, label, length, *synonyms, section=_WHAT, required=False, visibility=Visibility.SHARED)


def _person(code: str, label: str, *synonyms: str) -> Field:
    return Field(
        code=code, label=label, synonyms=synonyms, type=FieldType.PERSON_NAME, max_length=50, visibility=Visibility.SHARED, section=_WHO
    )  # fmt: skip


def _subject(*names: str) -> tuple[Field, ...]:
    return (
        Field(
            code=NAME, label="名单主体名称", synonyms=(*names, "企业名称", "单位名称", "主体名称", "名称"), max_length=200, required=True,
            visibility=Visibility.SHARED, example="哈尔滨示范商贸有限公司", section=_WHO,
        ),
        Field(
            code=SORT, label="名单主体类别", synonyms=("主体类别", "主体类型"), type=FieldType.CHOICE, code_table="subject-kind", max_length=16,
            visibility=Visibility.SHARED, help="自然人必须注明；留空按单位处理。", section=_WHO,
        ),
        _number(CODE, "统一社会信用代码", "统一信用代码", "社会信用代码", "信用代码"),
        _number(ORG_CODE, "组织机构代码", "机构代码"),
        _number(REG_NO, "工商注册号", "注册号", "营业执照注册号"),
        _number(TAX_NO, "纳税人识别号", "税务登记号", "税号"),
        _person("GB_FRDB", "法定代表人", "法定代表人姓名", "法定代表人或者负责人姓名", "负责人"),
        blocks.id_type("GB_ZJLX", "证件类型", False),
        blocks.id_number(PERSON_ID, "证件号码", False, "身份证号码"),
    )  # fmt: skip


def _what(number: tuple[str, ...], day: tuple[str, ...], reason: tuple[str, ...]) -> tuple[Field, ...]:
    return (
        above.number(DOCUMENT, number[0], 128, *number[1:], section=_WHAT, required=False),
        blocks.day(DAY, day[0], *day[1:], required=False, decided=True),
        blocks.day(UNTIL, "名单期限至", "有效期至", "截止日期", "公布期限至", required=False, end=True),
        _text(FACTS, reason[0], 4000, *reason[1:]),
    )


def _standard(code: str, name: str, basis: str, *fields: Field) -> Standard:
    return Standard(
        code=code,
        name=name,
        version="2026",
        kind=KIND,
        basis=basis,
        fields=(*fields, blocks.REMARK),
        roles={
            "subject_name": NAME, "subject_kind": SORT, "uscc": CODE, "org_code": ORG_CODE, "reg_no": REG_NO, "tax_no": TAX_NO,
            "legal_rep": "GB_FRDB", "id_type": "GB_ZJLX", "id_number": PERSON_ID, "document_number": DOCUMENT, "decided_on": DAY,
            "valid_until": UNTIL, "content": FACTS, "remark": "BZ",
        },
        rules=("subject.person-name",),
    )  # fmt: skip


COURT = _standard(
    "filed-court",
    "公布名单：失信被执行人",
    "《民事诉讼法》第二百六十六条；法释〔2017〕7号",
    *_subject("失信被执行人姓名或名称", "被执行人姓名/名称", "失信被执行人名称", "iname"),
    *_what(
        ("执行案号", "案号", "caseCode"),
        ("公布日期", "发布时间", "发布日期", "publishDate"),
        ("失信被执行人行为具体情形", "失信行为情形", "disruptTypeName"),
    ),
    _text("GB_ZXFY", "执行法院", 200, "courtName"),
    _text("GB_YJWH", "执行依据文号", 200, "gistId"),
    blocks.day("GB_LARQ", "立案时间", "立案日期", "regDate", required=False),
    _text("GB_YW", "生效法律文书确定的义务", 4000, "duty"),
    _text("GB_LXQK", "被执行人的履行情况", 200, "履行情况", "performance"),
    _text("GB_SF", "省份", 40, "areaName"),
)
TAX = _standard(
    "filed-tax",
    "公布名单：重大税收违法失信主体",
    "国家税务总局令第54号",
    *_subject("纳税人名称", "失信主体名称"),
    *_what(
        ("税务处理处罚文书号", "处罚决定书文号", "文书号"),
        ("公布日期", "公布时间", "公告日期"),
        ("主要违法事实", "违法事实"),
    ),
    _text("GB_AJXZ", "案件性质", 200),
    _text("GB_CLQK", "相关法律依据及税务处理处罚情况", 4000, "处理处罚情况"),
    _person("GB_CWFZR", "财务负责人", "负有直接责任的财务负责人姓名"),
    _text("GB_JCJG", "检查机关", 200, "稽查局"),
)
TRANSPORT = _standard(
    "filed-transport",
    "公布名单：严重违法失信超限超载运输",
    "交通运输部关于严重违法失信超限超载运输的管理规定",
    *_subject("运输企业名称", "当事人", "货运车辆所属企业"),
    *_what(("处罚文书号", "文书号"), ("列入日期", "公布日期", "违法日期"), ("失信行为", "违法事实")),
    _text("GB_CPH", "车牌号", 40, "车牌号码", "货运车辆车牌号"),
    _text("GB_YSZ", "道路运输证号", 60, "道路运输经营许可证号"),
    _text("GB_PC", "批次", 40, "公布批次"),
    _text("GB_SF", "所在省份", 40, "省份"),
)
GENERAL = _standard(
    "filed-general",
    "公布名单：通用",
    "国办发〔2020〕49号",
    *_subject(),
    *_what(
        ("列入文书号", "决定文书号", "文书号"),
        ("列入日期", "认定日期", "公布日期"),
        ("列入事由", "失信领域", "列入原因"),
    ),
    _text("GB_RDJG", "认定机关", 200, "认定单位"),
    _text("GB_SF", "所在省份", 40, "省份", "所属地区"),
)
ALL = (COURT, TAX, TRANSPORT, GENERAL)
DETAILS = {
    each.code: tuple(
        (field.code, field.label)
        for field in each.fields
        if field.section == _WHAT and field.code not in (DOCUMENT, DAY, UNTIL, FACTS, "GB_CPH", "GB_SF")
    )
    for each in ALL
}
"""What an entry tells beside the reason, by standard: the number of a vehicle stays inside, it is the personal data of its owner."""

"""Blocks of fields that several standards share: the subject, the deciding authority, the source, the roles they play."""

from __future__ import annotations

from records.standards.codetables import LEGAL, PERSON, SOLE_TRADER
from records.standards.declaration import Field, FieldType, Visibility, When

SECTION_SUBJECT = "行政相对人"
SECTION_DECISION = "决定文书"
SECTION_CONTENT = "内容"
SECTION_TERM = "日期和期限"
SECTION_AUTHORITY = "机关和来源"
SECTION_LOCAL = "本市补充"

SUBJECT_RULES = (
    "subject.kind-vs-codes",
    "subject.sole-trader-code",
    "subject.person-name",
    "subject.minor",
)
AUTHORITY_RULES = ("authority.registered", "source.registered")
PERIOD_RULES = ("dates.until-after-from", "dates.from-before-decision")


def subject_fields(prefix: str) -> tuple[Field, ...]:
    """Fields 1 to 13 of the 2018 standards (name, kind, six codes, legal representative, document of a person)."""
    kind = f"{prefix}_XDR_LB"
    organisation = When(kind, (LEGAL, SOLE_TRADER), "法人及非法人组织、个体工商户必填，自然人不填")
    person = When(kind, (PERSON,), "自然人必填，法人及非法人组织不填")
    return (*_names(prefix), *_codes(prefix, organisation), *_people(prefix, organisation, person))


def _names(prefix: str) -> tuple[Field, ...]:
    return (
        Field(
            code=f"{prefix}_XDR_MC",
            label="行政相对人名称",
            synonyms=("相对人名称", "当事人名称", "企业名称", "单位名称", "被处罚人名称", "被许可人名称", "COMP_NAME"),
            max_length=200,
            required=True,
            help="填写公民、法人及非法人组织的全称；没有名称的个体工商户填写“个体工商户”。",
            example="哈尔滨示范商贸有限公司",
            section=SECTION_SUBJECT,
        ),
        Field(
            code=f"{prefix}_XDR_LB",
            label="行政相对人类别",
            synonyms=("相对人类别", "主体类别", "主体类型"),
            type=FieldType.CHOICE,
            code_table="subject-kind",
            max_length=16,
            required=True,
            help="从法人及非法人组织、自然人、个体工商户中选一项。",
            example=LEGAL,
            section=SECTION_SUBJECT,
        ),
    )


def _codes(prefix: str, organisation: When) -> tuple[Field, ...]:
    def old(suffix: str, label: str, kind: FieldType, length: int, *synonyms: str) -> Field:
        return Field(
            code=f"{prefix}_XDR_{suffix}",
            label=label,
            synonyms=synonyms,
            type=kind,
            max_length=length,
            visibility=Visibility.SHARED,
            help="自然人不填。",
            section=SECTION_SUBJECT,
        )

    return (
        Field(
            code=f"{prefix}_XDR_SHXYM",
            label="行政相对人代码_1(统一社会信用代码)",
            synonyms=("统一社会信用代码", "社会信用代码", "信用代码"),
            type=FieldType.USCC,
            max_length=18,
            required=organisation,
            help="18位，字母大写；尚未取得代码的个体工商户填17个0加X，并填写工商注册号。",
            example="91230102MA1B00017U",
            section=SECTION_SUBJECT,
        ),
        old("GSZC", "行政相对人代码_2(工商注册号)", FieldType.REG_NO, 50, "工商注册号", "工商登记码", "注册号"),
        old("ZZJG", "行政相对人代码_3(组织机构代码)", FieldType.ORG_CODE, 9, "组织机构代码"),
        old("SWDJ", "行政相对人代码_4(税务登记号)", FieldType.TEXT, 20, "税务登记号", "税务登记码", "纳税人识别号"),
        old("SYDW", "行政相对人代码_5(事业单位证书号)", FieldType.TEXT, 12, "事业单位证书号"),
        old("SHZZ", "行政相对人代码_6(社会组织登记证号)", FieldType.TEXT, 50, "社会组织登记证号"),
    )


def _people(prefix: str, organisation: When, person: When) -> tuple[Field, ...]:
    representative = When(f"{prefix}_FR_ZJLX", (), "填写了法定代表人证件类型时必填")
    return (
        Field(
            code=f"{prefix}_FRDB",
            label="法定代表人",
            synonyms=("法定代表人姓名", "法定代表人(负责人)", "法定代表人/负责人", "负责人姓名", "经营者"),
            type=FieldType.PERSON_NAME,
            max_length=50,
            required=organisation,
            help="个体工商户填写经营者姓名；非法人组织填写负责人姓名。",
            example="王某某",
            section=SECTION_SUBJECT,
        ),
        id_type(f"{prefix}_FR_ZJLX", "法定代表人证件类型", False),
        id_number(f"{prefix}_FR_ZJHM", "法定代表人证件号码", representative),
        id_type(f"{prefix}_XDR_ZJLX", "证件类型", person, "自然人证件类型", "相对人证件类型"),
        id_number(f"{prefix}_XDR_ZJHM", "证件号码", person, "自然人证件号码", "相对人证件号码"),
    )


def id_type(code: str, label: str, required: bool | When, *synonyms: str) -> Field:
    """The kind of a person's identity document."""
    return Field(
        code=code,
        label=label,
        synonyms=synonyms,
        type=FieldType.ID_TYPE,
        code_table="id-type",
        max_length=64,
        required=required,
        visibility=Visibility.PRIVATE,
        example="身份证",
        section=SECTION_SUBJECT,
    )


def id_number(code: str, label: str, required: bool | When, *synonyms: str) -> Field:
    """The number of a person's identity document: never published."""
    return Field(
        code=code,
        label=label,
        synonyms=synonyms,
        type=FieldType.ID_NUMBER,
        max_length=64,
        required=required,
        visibility=Visibility.PRIVATE,
        help="不对外公示，加密保存。",
        section=SECTION_SUBJECT,
    )


def authority(code: str, label: str, *synonyms: str, source: bool = False) -> Field:
    """The full name of an authority."""
    return Field(
        code=code,
        label=label,
        synonyms=synonyms,
        max_length=200,
        required=True,
        help="填写上传数据的单位全称。" if source else "填写作出决定的机关全称。",
        example="哈尔滨市市场监督管理局",
        section=SECTION_AUTHORITY,
    )


def authority_code(code: str, label: str, *synonyms: str) -> Field:
    """The credit code of an authority."""
    return Field(
        code=code,
        label=label,
        synonyms=synonyms,
        type=FieldType.USCC,
        max_length=18,
        required=True,
        help="18位，须为已在平台登记的机关代码。",
        example="1123010000010001X8",
        section=SECTION_AUTHORITY,
    )


def day(
    code: str, label: str, *synonyms: str, required: bool | When = True, decided: bool = False, end: bool = False
) -> Field:
    """A date; `decided` = not in the future, `end` = may be 2099/12/31 for 长期."""
    return Field(
        code=code,
        label=label,
        synonyms=synonyms,
        type=FieldType.DATE_OR_LONGTERM if end else FieldType.DATE,
        required=required,
        past_only=decided,
        help="格式为 YYYY/MM/DD" + ("，长期填 2099/12/31。" if end else "，不得晚于填报当日。" if decided else "。"),
        form_help="不得晚于填报当日。" if decided else "",
        example="2099/12/31" if end else "2026/01/05",
        section=SECTION_TERM,
    )


REMARK = Field(
    code="BZ",
    label="备注",
    synonyms=("备注信息",),
    type=FieldType.LONG_TEXT,
    max_length=512,
    visibility=Visibility.SHARED,
    section=SECTION_AUTHORITY,
)


def subject_roles(prefix: str) -> dict[str, str]:
    """Roles of the fields of `subject_fields`."""
    return {
        "subject_name": f"{prefix}_XDR_MC",
        "subject_kind": f"{prefix}_XDR_LB",
        "uscc": f"{prefix}_XDR_SHXYM",
        "reg_no": f"{prefix}_XDR_GSZC",
        "org_code": f"{prefix}_XDR_ZZJG",
        "tax_no": f"{prefix}_XDR_SWDJ",
        "institution_no": f"{prefix}_XDR_SYDW",
        "social_no": f"{prefix}_XDR_SHZZ",
        "legal_rep": f"{prefix}_FRDB",
        "legal_rep_id_type": f"{prefix}_FR_ZJLX",
        "legal_rep_id": f"{prefix}_FR_ZJHM",
        "id_type": f"{prefix}_XDR_ZJLX",
        "id_number": f"{prefix}_XDR_ZJHM",
        "remark": "BZ",
    }

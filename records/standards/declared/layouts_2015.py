"""The layouts of 2015 to 2017, still met in old files; their rows are stored in the fields of 2018.

代码_2 means 组织机构代码 here and 工商注册号 in 2018: columns are told by the words, never by the number. 当前状态 is 0=正常 1=撤销
2=异议 3=其他, the opposite of the “1=有效” of 2018: it is mapped by layout, never by value (trap 28).
"""

from __future__ import annotations

from datetime import date

from records.standards.declaration import Field, FieldType, Standard, Visibility
from records.standards.declared.penalty import PENALTY_2018
from records.standards.declared.permit import PERMIT_2018

_LAST_DAY = date(2018, 7, 24)
_BASIS = "国办发〔2015〕68号等双公示要求（2015版数据标准）"


def _old(
    code: str,
    label: str,
    kind: FieldType = FieldType.TEXT,
    length: int = 0,
    *synonyms: str,
    required: bool = False,
    table: str = "",
) -> Field:
    hidden = kind is FieldType.ID_NUMBER or label in (
        "地方编码",
        "数据更新时间戳",
        "信息使用范围",
        "失信严重程度",
        "备注",
    )
    return Field(
        code=code,
        label=label,
        synonyms=synonyms,
        type=kind,
        max_length=length,
        required=required,
        code_table=table,
        multi=table == "penalty-kind",
        visibility=Visibility.PRIVATE
        if kind is FieldType.ID_NUMBER
        else Visibility.SHARED
        if hidden
        else Visibility.PUBLIC,
        past_only=label in ("处罚决定日期", "许可决定日期"),
        section="2015版",
    )


def _subject(prefix: str, name: str, representative: str) -> tuple[Field, ...]:
    return (
        _old(name, "行政相对人名称", FieldType.TEXT, 256, "相对人名称", required=True),
        _old(f"{prefix}_XDR_SHXYM", "行政相对人代码_1(统一社会信用代码)", FieldType.USCC, 64, "统一社会信用代码"),
        _old(f"{prefix}_XDR_ZDM", "行政相对人代码_2(组织机构代码)", FieldType.ORG_CODE, 64, "组织机构代码"),
        _old(
            f"{prefix}_XDR_GSDJ",
            "行政相对人代码_3(工商登记码)",
            FieldType.REG_NO,
            64,
            "工商登记码",
            "工商注册号",
            "注册号",
        ),
        _old(f"{prefix}_XDR_SWDJ", "行政相对人代码_4(税务登记号)", FieldType.TEXT, 64, "税务登记号", "税务登记码"),
        _old(
            f"{prefix}_XDR_SFZ",
            "行政相对人代码_5(居民身份证号)",
            FieldType.ID_NUMBER,
            64,
            "居民身份证号",
            "身份证号",
            "身份证号码",
        ),
        _old(representative, "法定代表人姓名", FieldType.PERSON_NAME, 256, "法定代表人", "法定代表人名称"),
    )


def _end(prefix: str) -> tuple[Field, ...]:
    return (
        _old(f"{prefix}_ZT", "当前状态", FieldType.CHOICE, 0, "状态", table="state-2015"),
        _old("DFBM", "地方编码", FieldType.TEXT, 6, "地方代码", "行政区划代码"),
        _old("SJC", "数据更新时间戳", FieldType.DATE, 0, "时间戳", "更新时间戳"),
        _old("BZ", "备注", FieldType.LONG_TEXT, 4000),
        _old(f"{prefix}_SYFW", "信息使用范围", FieldType.CHOICE, 0, "使用范围", table="scope-2015"),
    )


def _moves(prefix: str) -> dict[str, str]:
    return {
        f"{prefix}_XDR_ZDM": f"{prefix}_XDR_ZZJG",
        f"{prefix}_XDR_GSDJ": f"{prefix}_XDR_GSZC",
        f"{prefix}_XDR_SFZ": f"{prefix}_XDR_ZJHM",
        f"{prefix}_FR": f"{prefix}_FRDB",
        f"{prefix}_ZT": f"{prefix}_ZT_2015",
    }


PERMIT_2015 = Standard(
    code="permit-2015",
    name="行政许可（2015版）",
    version="2015",
    kind="permit",
    basis=_BASIS,
    accepted_as="permit-2018",
    valid_until=_LAST_DAY,
    fields=(
        _old(
            "XK_WSH",
            "行政许可决定书文号",
            FieldType.DOCUMENT_NUMBER,
            128,
            "许可决定书文号",
            "行政许可决定文书号",
            required=True,
        ),
        _old("XK_XMMC", "项目名称", FieldType.TEXT, 256, "许可项目名称", required=True),
        _old("XK_BM", "行政许可编码", FieldType.DOCUMENT_NUMBER, 40, "权力编码"),
        _old(
            "XK_SPLB",
            "审批类别",
            FieldType.CHOICE,
            16,
            "审批类别(普通许可，特许认可，核准登记，其他)",
            required=True,
            table="permit-kind",
        ),
        _old("XK_NR", "许可内容", FieldType.LONG_TEXT, 2048, required=True),
        *_subject("XK", "XK_XDR", "XK_FR"),
        _old("XK_JDRQ", "许可决定日期", FieldType.DATE, 0, required=True),
        _old("XK_JZQ", "许可截止期", FieldType.DATE_OR_LONGTERM, 0, "许可截止日期"),
        _old("XK_XZJG", "许可机关", FieldType.TEXT, 64, required=True),
        *_end("XK"),
    ),
    moves=_moves("XK")
    | {"XK_XDR": "XK_XDR_MC", "XK_XMMC": "XK_XKWS", "XK_SPLB": "XK_XKLB", "XK_JZQ": "XK_YXQZI", "XK_XZJG": "XK_XKJG"},
    derive="permit-2015",
    roles={
        role: code
        for role, code in PERMIT_2018.roles.items()
        if role not in ("authority_code", "source_code", "source_name")
    },
    rules=(
        "subject.kind-vs-codes",
        "subject.some-code",
        "subject.person-name",
        "subject.minor",
        "dates.until-after-decision",
        "document.number-form",
    ),
)

PENALTY_2015 = Standard(
    code="penalty-2015",
    name="行政处罚（2015版）",
    version="2015",
    kind="penalty",
    basis=_BASIS,
    accepted_as="penalty-2018",
    valid_until=_LAST_DAY,
    fields=(
        _old("CF_WSH", "行政处罚决定书文号", FieldType.DOCUMENT_NUMBER, 128, "处罚决定书文号", required=True),
        _old("CF_CFMC", "处罚名称", FieldType.TEXT, 256, "案件名称", required=True),
        _old("CF_BM", "行政处罚编码", FieldType.DOCUMENT_NUMBER, 40, "权力编码"),
        _old("CF_CFLB1", "处罚类别1", FieldType.MULTI_CHOICE, 200, "处罚类别", required=True, table="penalty-kind"),
        _old("CF_CFLB2", "处罚类别2", FieldType.MULTI_CHOICE, 200, table="penalty-kind"),
        _old("CF_SY", "处罚事由", FieldType.LONG_TEXT, 2048, "处罚事由(违法事实、案由)", required=True),
        _old("CF_YJ", "处罚依据", FieldType.LONG_TEXT, 2048, required=True),
        *_subject("CF", "CF_XDR_MC", "CF_FR"),
        _old("CF_JG", "处罚结果", FieldType.LONG_TEXT, 2048, required=True),
        _old("CF_JDRQ", "处罚决定日期", FieldType.DATE, 0, required=True),
        _old("CF_XZJG", "处罚机关", FieldType.TEXT, 64, required=True),
        *_end("CF"),
        _old("CF_SXYZCD", "失信严重程度", FieldType.CHOICE, 0, table="gravity-2015"),
        _old("CF_GSJZQ", "公示截止期", FieldType.DATE_OR_LONGTERM, 0, "公示截止日期"),
    ),
    moves=_moves("CF")
    | {
        "CF_CFMC": "CF_WFXW",
        "CF_CFLB1": "CF_CFLB",
        "CF_JG": "CF_NR",
        "CF_XZJG": "CF_CFJG",
        "CF_SXYZCD": "HRB_YZCD_2015",
    },
    derive="penalty-2015",
    roles={
        role: code
        for role, code in PENALTY_2018.roles.items()
        if role not in ("authority_code", "source_code", "source_name")
    },
    rules=(
        "subject.kind-vs-codes",
        "subject.some-code",
        "subject.person-name",
        "subject.minor",
        "dates.until-after-decision",
        "amount.matches-text",
        "document.number-form",
    ),
)

"""Blocks of the standards that apps above declare for what their procedures put into the ledger: a short subject, texts, authorities, roles."""

from __future__ import annotations

from dataclasses import replace

from records.standards.codetables import LEGAL, PERSON, SOLE_TRADER
from records.standards.declaration import Field, FieldType, Visibility, When
from records.standards.declared import blocks

LONG = FieldType.LONG_TEXT


def subject(prefix: str, who: str, *, section: str, persons: bool = True) -> tuple[Field, ...]:
    """Name, kind, credit code, legal representative; for natural persons the document, which is never published."""
    kind = f"{prefix}_XDR_LB"
    organisation = When(kind, (LEGAL, SOLE_TRADER), "法人及非法人组织、个体工商户必填，自然人不填")
    person = When(kind, (PERSON,), "自然人必填，法人及非法人组织不填")
    fields = [
        Field(
            code=f"{prefix}_XDR_MC", label=f"{who}名称", synonyms=("主体名称", "承诺人", "承诺人名称", "企业名称", "单位名称"),
            max_length=200, required=True, example="哈尔滨示范商贸有限公司", section=section,
        ),
        Field(
            code=kind, label=f"{who}类别", synonyms=("主体类别", "主体类型", "承诺人类别", "行政相对人类别"), type=FieldType.CHOICE,
            code_table="subject-kind", max_length=16, required=True, example=LEGAL, section=section,
        ),
        Field(
            code=f"{prefix}_XDR_SHXYM", label="统一社会信用代码", synonyms=("社会信用代码", "信用代码"), type=FieldType.USCC,
            max_length=18, required=organisation, help="18位，字母大写。", example="91230102MA1B00017U", section=section,
        ),
        Field(
            code=f"{prefix}_FRDB", label="法定代表人", synonyms=("法定代表人姓名", "负责人", "经营者"), type=FieldType.PERSON_NAME,
            max_length=50, section=section,
        ),
    ]  # fmt: skip
    if persons:
        fields += [
            replace(blocks.id_type(f"{prefix}_XDR_ZJLX", "证件类型", person, "自然人证件类型"), section=section),
            replace(blocks.id_number(f"{prefix}_XDR_ZJHM", "证件号码", person, "自然人证件号码"), section=section),
        ]
    return tuple(fields)


def text(code: str, label: str, length: int, *synonyms: str, section: str, **more: object) -> Field:
    """A text of at most `length` characters, required unless `more` says otherwise."""
    values: dict[str, object] = {"type": LONG if length > 500 else FieldType.TEXT, "required": True} | more
    return Field(code=code, label=label, synonyms=synonyms, max_length=length, section=section, **values)  # type: ignore[arg-type]


def number(
    code: str, label: str, length: int, *synonyms: str, section: str, required: bool | When = True, help_text: str = ""
) -> Field:
    """A number of a document or of a matter."""
    return Field(
        code=code,
        label=label,
        synonyms=synonyms,
        type=FieldType.DOCUMENT_NUMBER,
        max_length=length,
        required=required,
        help=help_text,
        section=section,
    )


def choice(code: str, label: str, table: str, *synonyms: str, section: str) -> Field:
    """One word of a code table."""
    return Field(
        code=code,
        label=label,
        synonyms=synonyms,
        type=FieldType.CHOICE,
        code_table=table,
        required=True,
        section=section,
    )


def authorities(
    prefix: str, what: str, *names: str, section: str, visibility: str = "公开属性", table: str = "visibility"
) -> tuple[Field, ...]:
    """Who said it, who brought it, and the row's own visibility (label and code table)."""
    return (
        blocks.authority(f"{prefix}_JG", what, *names),
        blocks.authority_code(f"{prefix}_JGDM", f"{what}统一社会信用代码", f"{what}代码", "受理单位USCC"),
        blocks.authority(f"{prefix}_LYDW", "数据来源单位", "来源单位", source=True),
        blocks.authority_code(f"{prefix}_LYDWDM", "数据来源单位统一社会信用代码", "来源代码"),
        Field(
            code=f"{prefix}_GKSX", label=visibility, synonyms=("公开属性", "公开类型"), type=FieldType.CHOICE, code_table=table,
            required=True, visibility=Visibility.SHARED, example="社会公开", section=section,
        ),
        blocks.REMARK,
    )  # fmt: skip


def roles(prefix: str, number: str, decided: str, **more: str) -> dict[str, str]:
    """Roles of these fields; `number`, `decided` and `more` are the ends of codes."""
    return {
        "subject_name": f"{prefix}_XDR_MC",
        "subject_kind": f"{prefix}_XDR_LB",
        "uscc": f"{prefix}_XDR_SHXYM",
        "legal_rep": f"{prefix}_FRDB",
        "id_type": f"{prefix}_XDR_ZJLX",
        "id_number": f"{prefix}_XDR_ZJHM",
        "document_number": f"{prefix}_{number}",
        "decided_on": f"{prefix}_{decided}",
        "authority_name": f"{prefix}_JG",
        "authority_code": f"{prefix}_JGDM",
        "source_name": f"{prefix}_LYDW",
        "source_code": f"{prefix}_LYDWDM",
        "visibility": f"{prefix}_GKSX",
        "remark": "BZ",
    } | {role: f"{prefix}_{suffix}" for role, suffix in more.items()}

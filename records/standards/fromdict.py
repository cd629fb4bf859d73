"""Standards made by an administrator: a local catalogue item's field list (JSON) becomes a Standard.

[{"code": "RY_MC", "label": "荣誉名称", "type": "text", "max_length": 100, "required": true, "role": "title"},
 {"code": "RY_JB", "label": "级别", "type": "choice", "choices": ["市级", "区县级"],
  "required": {"field": "RY_MC", "any_of": [], "wording": "填写了荣誉名称时必填"}, "visibility": "public"}]
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from credit_platform.errors import Finding, Level, Refused
from records.standards import codetables
from records.standards.declaration import Field, FieldType, Standard, Visibility, When

_Word = TypeVar("_Word", bound=StrEnum)
_CODE = re.compile(r"[A-Z][A-Z0-9_]{1,39}")
_KEYS = frozenset(
    {
        "code",
        "label",
        "type",
        "synonyms",
        "max_length",
        "decimals",
        "unit",
        "required",
        "code_table",
        "choices",
        "visibility",
        "help",
        "example",
        "section",
        "past_only",
        "role",
    }
)
_CHOICES = (FieldType.CHOICE, FieldType.MULTI_CHOICE)
_TABLE_OF_TYPE = {FieldType.ID_TYPE: "id-type", FieldType.FLAG: "yes-no"}
_UNITS = {FieldType.AMOUNT_WAN: "万元", FieldType.AMOUNT_YUAN: "元"}
_TEXTS = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.PERSON_NAME, FieldType.DOCUMENT_NUMBER)
_DATES = (FieldType.DATE, FieldType.DATE_OR_LONGTERM)
_ROLE_TYPES: Mapping[str, tuple[FieldType, ...]] = {
    "subject_name": _TEXTS,
    "subject_kind": (FieldType.CHOICE,),
    "uscc": (FieldType.USCC,),
    "reg_no": (FieldType.REG_NO,),
    "org_code": (FieldType.ORG_CODE,),
    "legal_rep": _TEXTS,
    "legal_rep_id_type": (FieldType.ID_TYPE,),
    "legal_rep_id": (FieldType.ID_NUMBER,),
    "id_type": (FieldType.ID_TYPE,),
    "id_number": (FieldType.ID_NUMBER,),
    "document_name": _TEXTS,
    "document_number": (FieldType.DOCUMENT_NUMBER, FieldType.TEXT),
    "decided_on": (FieldType.DATE,),
    "valid_from": _DATES,
    "valid_until": _DATES,
    "authority_name": _TEXTS,
    "authority_code": (FieldType.USCC,),
    "source_name": _TEXTS,
    "source_code": (FieldType.USCC,),
    "title": _TEXTS,
    "content": _TEXTS,
    "remark": _TEXTS,
    "visibility": (FieldType.CHOICE,),
}
"""The roles that a local item may use, with the types of field that can play them."""

_ROLE_TABLES = {"subject_kind": "subject-kind", "visibility": "visibility"}
_MOST_FIELDS, _MOST_LENGTH = 100, 10_000
_RULES = (
    "subject.kind-vs-codes",
    "subject.sole-trader-code",
    "subject.person-name",
    "subject.minor",
    "dates.until-after-from",
    "dates.from-before-decision",
    "authority.registered",
    "source.registered",
)


def standard_from_items(code: str, name: str, fields_json: object, *, version: str = "1", basis: str = "") -> Standard:
    """The standard of a local catalogue item.

    `fields_json` is the decoded JSON list of fields (see above); `role` tells which field is the subject's name, its credit code,
    the day of the decision … so that the ledger understands the row. Raises Refused with every finding when the list is not sound.
    """
    findings: list[Finding] = []
    fields: list[Field] = []
    roles: dict[str, str] = {}
    items = fields_json if isinstance(fields_json, list) else []
    if not 0 < len(items) <= _MOST_FIELDS:
        findings.append(_wrong("", f"字段清单应为1至{_MOST_FIELDS}个字段。"))
        items = items[:_MOST_FIELDS]
    for number, item in enumerate(items, 1):
        field = _field(number, item, findings)
        if field is None:
            continue
        fields.append(field)
        role = item.get("role")
        if role:
            _take_role(role, field, roles, findings)
    _check_whole(fields, roles, findings)
    if findings:
        raise Refused("standard.fields", "字段清单有误。", findings=findings)
    return Standard(
        code=code,
        name=name,
        version=version,
        kind="local",
        fields=tuple(fields),
        roles=roles,
        rules=_RULES,
        basis=basis,
    )


def _field(number: int, item: object, findings: list[Finding]) -> Field | None:
    if not isinstance(item, Mapping):
        findings.append(_wrong("", f"第{number}个字段不是对象。"))
        return None
    before = len(findings)
    code, label = item.get("code"), item.get("label")
    if not (isinstance(code, str) and _CODE.fullmatch(code)):
        findings.append(_wrong(str(code), f"第{number}个字段的代码应为大写字母开头的字母、数字和下划线，2至40位。"))
    if not (isinstance(label, str) and 0 < len(label.strip()) <= 100):
        findings.append(_wrong(str(code), f"第{number}个字段缺少名称，或名称超过100字。"))
    unknown = sorted(str(key) for key in item if key not in _KEYS)
    if unknown:
        findings.append(
            _wrong(str(code), f"不认识的属性：{'、'.join(unknown)}。", f"可用：{'、'.join(sorted(_KEYS))}。")
        )
    kind = _member(FieldType, item.get("type", "text"), "类型", str(code), findings)
    visibility = _member(Visibility, item.get("visibility", "shared"), "公开属性", str(code), findings)
    table, choices = _choices(item, kind, str(code), findings)
    max_length = _whole(item, "max_length", 0, str(code), findings)
    decimals = _whole(item, "decimals", 6, str(code), findings)
    required = _required(item.get("required", False), str(code), findings)
    words = {key: _text(item, key, str(code), findings) for key in ("unit", "help", "example", "section")}
    synonyms = _strings(item.get("synonyms", []), "同义表头", str(code), findings)
    if len(findings) > before or kind is None or visibility is None:
        return None
    if kind is FieldType.ID_NUMBER:
        visibility = Visibility.PRIVATE  # a personal number is never public, whatever the list says
    return Field(
        code=str(code),
        label=str(label).strip(),
        type=kind,
        synonyms=synonyms,
        required=required,
        code_table=table,
        choices=choices,
        multi=kind is FieldType.MULTI_CHOICE,
        visibility=visibility,
        past_only=bool(item.get("past_only", False)),
        local=True,
        max_length=max_length,
        decimals=decimals,
        unit=_UNITS.get(kind, words["unit"]),
        help=words["help"],
        example=words["example"],
        section=words["section"],
    )


def _choices(
    item: Mapping[str, Any], kind: FieldType | None, code: str, findings: list[Finding]
) -> tuple[str, tuple[str, ...]]:
    table = item.get("code_table", "") or (_TABLE_OF_TYPE.get(kind, "") if kind else "")
    choices = _strings(item.get("choices", []), "选项", code, findings)
    if table and table not in {each.code for each in codetables.all_tables()}:
        findings.append(_wrong(code, f"没有代码表“{table}”。"))
    if kind in _CHOICES and bool(table) == bool(choices):
        findings.append(_wrong(code, "选择类字段须列出选项，或指定一个代码表。"))
    if kind is not None and kind not in (*_CHOICES, *_TABLE_OF_TYPE) and (table or choices):
        findings.append(_wrong(code, "只有选择类字段才有选项。"))
    return (str(table), choices) if isinstance(table, str) else ("", choices)


def _member(kind: type[_Word], value: object, what: str, code: str, findings: list[Finding]) -> _Word | None:
    try:
        return kind(str(value))
    except ValueError:
        values = "、".join(str(each) for each in kind)
        findings.append(_wrong(code, f"{what}“{value}”不在可用范围内。", f"可用：{values}。"))
        return None


def _required(value: object, code: str, findings: list[Finding]) -> bool | When:
    if isinstance(value, bool):
        return value
    if isinstance(value, Mapping) and isinstance(value.get("field"), str) and isinstance(value.get("wording"), str):
        return When(value["field"], _strings(value.get("any_of", []), "条件值", code, findings), value["wording"])
    findings.append(_wrong(code, "required 应为 true、false，或含 field、any_of、wording 的对象。"))
    return False


def _whole(item: Mapping[str, Any], key: str, default: int, code: str, findings: list[Finding]) -> int:
    value = item.get(key, default)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST_LENGTH:
        return value
    findings.append(_wrong(code, f"{key} 应为0至{_MOST_LENGTH}的整数。"))
    return default


def _text(item: Mapping[str, Any], key: str, code: str, findings: list[Finding]) -> str:
    value = item.get(key, "")
    if isinstance(value, str) and len(value) <= 500:
        return value
    findings.append(_wrong(code, f"{key} 应为500字以内的文字。"))
    return ""


def _strings(value: object, what: str, code: str, findings: list[Finding]) -> tuple[str, ...]:
    if (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and all(isinstance(each, str) and each for each in value)
    ):
        return tuple(value)
    findings.append(_wrong(code, f"{what}应为文字的列表。"))
    return ()


def _take_role(role: object, field: Field, roles: dict[str, str], findings: list[Finding]) -> None:
    if not isinstance(role, str) or role not in _ROLE_TYPES:
        findings.append(_wrong(field.code, f"没有角色“{role}”。", f"可用：{'、'.join(_ROLE_TYPES)}。"))
    elif role in roles:
        findings.append(_wrong(field.code, f"角色“{role}”已由字段{roles[role]}担任。"))
    elif field.type not in _ROLE_TYPES[role]:
        allowed = "、".join(_ROLE_TYPES[role])
        findings.append(_wrong(field.code, f"角色“{role}”的字段类型应为{allowed}。"))
    elif _ROLE_TABLES.get(role, field.code_table) != field.code_table:
        findings.append(_wrong(field.code, f"角色“{role}”的字段须用代码表{_ROLE_TABLES[role]}。"))
    else:
        roles[role] = field.code


def _check_whole(fields: list[Field], roles: dict[str, str], findings: list[Finding]) -> None:
    codes = [each.code for each in fields]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        findings.append(_wrong(code, f"字段代码{code}重复。"))
    for each in fields:
        if isinstance(each.required, When) and each.required.field not in codes:
            findings.append(_wrong(each.code, f"条件所看的字段{each.required.field}不存在。"))
    needed = {"subject_name": "主体名称", "decided_on": "日期"}
    for role, word in needed.items():
        if role not in roles:
            findings.append(_wrong("", f"缺少角色“{role}”（{word}）。", "请在相应字段加上 role。"))


def _wrong(field: str, text: str, mend: str = "") -> Finding:
    return Finding("standard.field", Level.ERROR, text, mend, field=field)

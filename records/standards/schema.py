"""The JSON schema of a row of a standard, for the push API and its OpenAPI page."""

from __future__ import annotations

from datetime import date
from typing import Any

from records.standards.choices import table_of
from records.standards.codetable import OTHER
from records.standards.declaration import MULTI_SEPARATOR, Field, FieldType, Standard, When

_DATE = r"^\d{4}-\d{2}-\d{2}$"
_USCC = "^[0-9A-HJ-NP-RTUWXY]{18}$"


def json_schema(standard: Standard, day: date) -> dict[str, Any]:
    """JSON Schema (2020-12, as OpenAPI 3.1 uses it) of one row in normal form; code tables are those of the day.

    The validator accepts more ways of writing than the schema shows; unknown properties are refused.
    """
    conditions = [_condition(each, each.required) for each in standard.fields if isinstance(each.required, When)]
    schema: dict[str, Any] = {
        "$id": f"urn:standard:{standard.code}",
        "title": standard.name,
        "description": f"{standard.name}（{standard.version}版），依据：{standard.basis}"
        if standard.basis
        else standard.name,
        "type": "object",
        "additionalProperties": False,
        "properties": {each.code: _property(each, day) for each in standard.fields},
        "required": [each.code for each in standard.fields if each.always_required],
    }
    if conditions:
        schema["allOf"] = conditions
    return schema


def _property(field: Field, day: date) -> dict[str, Any]:
    shape = _shape(field, day)
    described = [field.help]
    if isinstance(field.required, When):
        described.append(field.required.wording)
    described.append(f"公开属性：{field.visibility.label}")
    described = [each.rstrip("。") for each in described if each]
    if not field.always_required:
        shape["type"] = [shape["type"], "null"]
        if "enum" in shape:
            shape["enum"] = [*shape["enum"], None]
    result: dict[str, Any] = {"title": field.label, "description": "；".join(described) + "。", **shape}
    if field.example:
        result["examples"] = [field.example]
    return result


def _shape(field: Field, day: date) -> dict[str, Any]:
    if field.type in (FieldType.DATE, FieldType.DATE_OR_LONGTERM):
        return {"type": "string", "format": "date", "pattern": _DATE}
    if field.type in (FieldType.AMOUNT_WAN, FieldType.AMOUNT_YUAN):
        return {"type": "string", "pattern": rf"^\d{{1,12}}(\.\d{{1,{field.decimals}}})?$"}
    if field.type is FieldType.USCC:
        return {"type": "string", "pattern": _USCC}
    return _choice(field, day) or _text(field)


def _text(field: Field) -> dict[str, Any]:
    shape: dict[str, Any] = {"type": "string"}
    if field.always_required:
        shape["minLength"] = 1
    if field.max_length:
        shape["maxLength"] = field.max_length
    return shape


def _choice(field: Field, day: date) -> dict[str, Any] | None:
    table = table_of(field)
    if table is None:
        return None
    values = [table.stored(value) for value in table.on(day)]
    if not field.multi and OTHER not in values:
        return {"type": "string", "enum": values}
    one = "|".join(f"{OTHER}(-.+)?" if value == OTHER else _escaped(value) for value in values)
    pattern = f"^({one})({MULTI_SEPARATOR}({one}))*$" if field.multi else f"^({one})$"
    return {"type": "string", "pattern": pattern, "x-values": values}


def _escaped(value: str) -> str:
    return "".join(f"\\{char}" if char in r".^$*+?()[]{}|\/" else char for char in value)


def _condition(field: Field, when: When) -> dict[str, Any]:
    present: dict[str, Any] = {"type": "string", "minLength": 1}
    if when.any_of:
        joined = "|".join(_escaped(each) for each in when.any_of)
        present = {
            "type": "string",
            "pattern": f"(^|{MULTI_SEPARATOR})({joined})(-[^{MULTI_SEPARATOR}]*)?($|{MULTI_SEPARATOR})",
        }
    return {
        "if": {"properties": {when.field: present}, "required": [when.field]},
        "then": {"properties": {field.code: {"type": "string"}}, "required": [field.code]},
        "description": when.wording,
    }

"""Numbers of citizens in fields that were not made for them: sealed, refused or removed as soon as a cell is read (个人信息保护法 art. 6, 28, 51).

A code may lawfully be such a number (the tax number of a sole trader was, a driver's certificate is): it is sealed, and found again by
its keyed hash. A name or a document's number is what the public searches by: with a citizen's number in it the row is refused, for
neither could ever be shown or compared. In every other text the number alone is removed; nobody needs it there.
"""

from __future__ import annotations

import re
from typing import Any

from records.identifiers.personal import identities, personal_code, removed
from records.identifiers.personal.identity import may_hold
from records.standards.declaration import Field, FieldType, Standard
from records.standards.working import Reader, Row

SEALED_ROLES = frozenset({"reg_no", "org_code", "tax_no", "institution_no", "social_no", "certificate_number"})
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_ARTICLE = "《个人信息保护法》第二十八条"
_OWN_CHECK = frozenset(
    {FieldType.ID_NUMBER, FieldType.USCC, FieldType.ORG_CODE, FieldType.DATE, FieldType.DATE_OR_LONGTERM}
)
_NAMES = frozenset({FieldType.PERSON_NAME, FieldType.AMOUNT_WAN, FieldType.AMOUNT_YUAN})


def guarded(standard: Standard, field: Field, target: str, read: Reader) -> Reader:
    """The reader of a field that lets no number of a citizen through in clear."""
    if field.type in _OWN_CHECK:
        return read
    roles = {role for role, code in standard.roles.items() if code == target}
    if roles & SEALED_ROLES or field.type is FieldType.REG_NO:
        return _with(read, _seal, field)
    if field.type is FieldType.DOCUMENT_NUMBER:
        return _with(read, _refuse_document, field)
    if field.type in _NAMES or "subject_name" in roles:
        return _with(_telling(read, field), _refuse_name, field)
    return _with(read, _remove, field)


def _telling(read: Reader, field: Field) -> Reader:
    """A private-use sign in a name (a rare character of one machine, or a leftover of a font) shows differently to everybody else."""

    def telling_read(cell: object, row: Row) -> tuple[Any, Any] | None:
        result = read(cell, row)
        if result is not None and type(result[1]) is str and _PRIVATE_USE.search(result[1]):
            text = f"“{field.label}”中有本机自造字或无法识别的字符，其他电脑上不能正常显示。"
            row.warn(
                "name.private-use",
                field.code,
                text,
                mend="请核对证照，改用标准汉字；多余的字符请删去。",
                value=result[1],
            )
        return result

    return telling_read


def _with(read: Reader, treat: Any, field: Field) -> Reader:
    def guarded_read(cell: object, row: Row) -> tuple[Any, Any] | None:
        result = read(cell, row)
        if result is None or type(result[1]) is not str or not may_hold(result[1]):
            return result
        treated: tuple[Any, Any] | None = treat(result, field, row)
        return treated

    return guarded_read


def _seal(result: tuple[Any, Any], field: Field, row: Row) -> tuple[Any, Any] | None:
    number = personal_code(result[1], registration=field.type is FieldType.REG_NO)
    if not number:
        return result
    sealed = dict(row.ctx.seal(number))
    value = str(sealed["hash"])
    row.sealed_numbers[value] = number
    return value, sealed


def _refuse_document(result: tuple[Any, Any], field: Field, row: Row) -> tuple[Any, Any] | None:
    if not identities(result[1], on=row.day):
        return result
    row.error(
        "docnumber.personal",
        field.code,
        f"“{field.label}”中含有公民身份号码。文书号对外公示，并用于查询比对，不能含有个人号码。",
        mend="请填写决定书上不含身份证号码的文号；以身份证号码编号的，请由决定机关另编文号。",
        value=result[1],
        article=_ARTICLE,
    )
    return None


def _refuse_name(result: tuple[Any, Any], field: Field, row: Row) -> tuple[Any, Any] | None:
    if not identities(result[1]):
        return result
    row.error(
        "name.personal-number",
        field.code,
        f"“{field.label}”中含有公民身份号码。",
        mend=f"“{field.label}”只填{field.label}，身份证号码请填在证件号码栏。",
        value=result[1],
        article=_ARTICLE,
    )
    return None


def _remove(result: tuple[Any, Any], field: Field, row: Row) -> tuple[Any, Any] | None:
    stored = removed(result[1])
    if stored == result[1]:
        return result
    row.warn(
        "text.personal-number",
        field.code,
        f"“{field.label}”中含有公民身份号码，号码已去除，以“******”代替，不予保存。",
        mend="身份证号码只填在证件号码栏。",
        value=result[1],
        article=_ARTICLE,
    )
    typed = result[0]
    return (tuple(removed(each) for each in typed) if isinstance(typed, tuple) else removed(str(typed))), stored

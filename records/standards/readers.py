"""Readers of single cells, one per field type: made once per field, called once per row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from credit_platform.errors import Finding
from records.identifiers import docnumber, idcard, oldnumbers, orgcode, regno, uscc
from records.identifiers.clean import clean_code
from records.standards import amounts, dates
from records.standards.cells import as_text, cleaned, code_cell, limited, nothing_left
from records.standards.choices import choice_reader, multi_reader
from records.standards.declaration import LONG_TERM, Field, FieldType
from records.standards.working import Reader, Row

_LATEST_YEAR = 2100


def reader_for(field: Field, *, defer_placeholder: bool = False) -> Reader:
    """The reader of a field. `defer_placeholder`: a cross-field rule decides on the placeholder code of the subject."""
    if field.type is FieldType.USCC:
        return _uscc_reader(field, defer_placeholder)
    return _MAKERS[field.type](field)


def _text_reader(field: Field) -> Reader:
    def read(cell: object, row: Row) -> tuple[Any, Any] | None:
        text = cell if isinstance(cell, str) else as_text(cell, field, row)
        if text is None:
            return None
        text = cleaned(text, field, row)
        if not limited(text, field, row):
            return None
        return (text, text) if text else nothing_left(field, row)

    return read


def _document_reader(field: Field) -> Reader:
    def read(cell: object, row: Row) -> tuple[Any, Any] | None:
        text = code_cell(cell, field, row)
        if text is None:
            return None
        text = cleaned(text, field, row)
        result = docnumber.check(text)
        for finding in result.findings:
            row.adopt(finding, field.code)
        if not result.is_valid or not limited(result.display, field, row):
            return None
        row.document_keys[result.display] = result.key
        return result.display, result.display

    return read


def _uscc_reader(field: Field, defer_placeholder: bool) -> Reader:
    def read(cell: object, row: Row) -> tuple[Any, Any] | None:
        text = code_cell(cell, field, row)
        if text is None:
            return None
        result = uscc.check(text, exempt=row.ctx.exempt_codes)
        normal = result.normal
        if result.is_placeholder and defer_placeholder:
            return normal, normal
        for finding in _clear_findings(result, field) if result.findings else ():
            row.adopt(finding, field.code)
        return (normal, normal) if result.is_valid else None

    return read


def _clear_findings(result: uscc.UsccResult, field: Field) -> tuple[Finding, ...]:
    """A placeholder and an ID number in the field of a credit code are told as that, not as a wrong digit (trap 11).

    Never remembered by the code: the same text stands in several fields of a row, and the finding names the field.
    """
    normal = result.normal
    if result.is_placeholder:
        text = f"“{field.label}”填写了占位符，不是真实代码。"
        return tuple(replace(each, text=text, mend="请填写证书上的18位代码。") for each in result.findings)
    if result.is_valid:
        return result.findings
    first = result.errors[0]
    old = oldnumbers.in_words(normal)
    if old and not _may_be_personal(normal):
        text = f"“{field.label}”填写的是{old}，不是统一社会信用代码。"
        mend = "请填写18位统一社会信用代码，旧号码填在其本栏。"
        rule = f"uscc.is-{oldnumbers.kind_of(normal).replace('_', '-')}"
        return (Finding(rule, first.level, text, mend, value=normal, article=first.article),)
    if not _is_id_number(normal):
        return result.findings
    text = f"“{field.label}”填写的是居民身份证号码，不是统一社会信用代码。"
    mend = "自然人不填统一社会信用代码，身份证号码请填在证件号码栏。"
    return (Finding("uscc.is-id-card", first.level, text, mend, value=idcard.mask_id(normal), article=first.article),)


def _may_be_personal(normal: str) -> bool:
    """Fifteen digits with a birth date in their place and no check digit of a registration number may be an ID number of before 1999."""
    old = len(normal) == 15 and normal.isdigit() and not regno.is_well_formed(normal)
    return old and idcard.birth_of(f"{normal[:6]}19{normal[6:]}") is not None


def _is_id_number(normal: str) -> bool:
    """A true ID number, or a mistyped one: a birth date in its place and a pair of first digits that no credit code has."""
    if idcard.is_well_formed(normal):
        return True
    return (
        len(normal) == 18
        and normal[:17].isdigit()
        and normal[:2] not in uscc.KINDS
        and idcard.birth_of(normal) is not None
    )


def _old_code_reader(check: Callable[[object], orgcode.OrgCodeResult | regno.RegNoResult]) -> Callable[[Field], Reader]:
    def make(field: Field) -> Reader:
        def read(cell: object, row: Row) -> tuple[Any, Any] | None:
            text = code_cell(cell, field, row)
            if text is None:
                return None
            result = check(text)
            for finding in result.findings:
                row.adopt(finding, field.code)
            refused = any(each.level == "error" for each in result.findings)
            if refused or not limited(result.normal, field, row):
                return None
            return result.normal, result.normal

        return read

    return make


def _id_number_reader(field: Field) -> Reader:
    """Cleans only: the number is checked with its kind, and sealed, when both are known (`persons`)."""

    def read(cell: object, row: Row) -> tuple[Any, Any] | None:
        text = code_cell(cell, field, row)
        if text is None:
            return None
        normal = clean_code(text)
        if not normal or not limited(normal, field, row):
            return None
        return normal, None

    return read


def _date_reader(field: Field) -> Reader:
    def read(cell: object, row: Row) -> tuple[Any, Any] | None:
        try:
            day, converted = dates.parse_date(cell)
        except dates.UnreadableDateError:
            why = dates.reason(cell)
            text = f"“{field.label}”不是有效日期：{why}。" if why else f"“{field.label}”不是有效日期。"
            mend = "请填写实际的日期。" if why else "请按 YYYY/MM/DD 填写。"
            row.error("date.unreadable", field.code, text, mend=mend, value=cell)
            return None
        if converted:
            row.warn(
                "date.long-term", field.code, "长期已统一记为 2099/12/31。", mend="长期请填 2099/12/31。", value=cell
            )
        if not _date_allowed(day, field, row):
            return None
        return day, day.isoformat()

    return read


def _date_allowed(day: date, field: Field, row: Row) -> bool:
    told = day.isoformat()
    if field.past_only and day > row.ctx.today:
        row.error("date.future", field.code, f"“{field.label}”晚于今天。", mend="请核对年份和日期。", value=told)
    elif day == dates.EXCEL_NOTHING and field.earliest > day:
        text = f"“{field.label}”填写的是1900年1月1日，多为空日期导出时的默认值。"
        row.error("date.too-early", field.code, text, mend="请填写实际的日期，没有日期的留空。", value=told)
    elif day < field.earliest:
        row.error(
            "date.too-early",
            field.code,
            f"“{field.label}”早于{field.earliest.isoformat()}。",
            mend="请核对年份。",
            value=told,
        )
    elif day.year >= _LATEST_YEAR:
        row.error("date.too-late", field.code, f"“{field.label}”超出范围。", mend="长期请填 2099/12/31。", value=told)
    elif day == LONG_TERM and field.type is FieldType.DATE:
        row.error(
            "date.long-term-not-here", field.code, f"“{field.label}”不能填长期。", mend="请填写实际日期。", value=told
        )
    else:
        return True
    return False


def _amount_reader(field: Field) -> Reader:
    in_wan = field.type is FieldType.AMOUNT_WAN
    unit = field.unit or ("万元" if in_wan else "元")

    def read(cell: object, row: Row) -> tuple[Any, Any] | None:
        try:
            value, converted = amounts.parse_amount(cell, in_wan=in_wan)
        except amounts.UnreadableAmountError:
            sign = amounts.foreign_sign(cell)
            text = f"“{field.label}”写有外币符号“{sign}”。" if sign else f"“{field.label}”不是金额。"
            mend = f"请按人民币填写，只填数字，单位为{unit}。" if sign else f"只填数字，单位为{unit}。"
            row.error("amount.foreign" if sign else "amount.unreadable", field.code, text, mend=mend, value=cell)
            return None
        if value < 0:
            row.error("amount.negative", field.code, f"“{field.label}”不能为负数。", value=cell)
            return None
        if amounts.decimals(value) > field.decimals:
            text = f"“{field.label}”最多{field.decimals}位小数（单位{unit}），不作四舍五入。"
            row.error("amount.decimals", field.code, text, mend="请核对金额和单位。", value=cell)
            return None
        stored = amounts.plain(value)
        if converted:
            row.warn(
                "amount.unit-written",
                field.code,
                f"单元格写有单位，已换算为{stored}{unit}。",
                mend=f"只填数字，单位为{unit}。",
                value=cell,
            )
        return value, stored

    return read


_MAKERS: dict[FieldType, Callable[[Field], Reader]] = {
    FieldType.TEXT: _text_reader,
    FieldType.LONG_TEXT: _text_reader,
    FieldType.PERSON_NAME: _text_reader,
    FieldType.ORG_CODE: _old_code_reader(orgcode.check),
    FieldType.REG_NO: _old_code_reader(regno.check),
    FieldType.ID_TYPE: choice_reader,
    FieldType.ID_NUMBER: _id_number_reader,
    FieldType.DATE: _date_reader,
    FieldType.DATE_OR_LONGTERM: _date_reader,
    FieldType.AMOUNT_WAN: _amount_reader,
    FieldType.AMOUNT_YUAN: _amount_reader,
    FieldType.CHOICE: choice_reader,
    FieldType.MULTI_CHOICE: multi_reader,
    FieldType.FLAG: choice_reader,
    FieldType.DOCUMENT_NUMBER: _document_reader,
}

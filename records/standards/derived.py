"""What the layouts of 2015 did not ask for and the standards of 2018 need: derived, and said so in a warning where it is a conclusion."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from records.identifiers import idcard, names
from records.standards.amounts import WAN, fines_in_text, plain
from records.standards.codetables import LEGAL, PERSON, SOLE_TRADER
from records.standards.declaration import MULTI_SEPARATOR
from records.standards.working import Row

_ROW_STATES = {"正常": "valid", "撤销": "withdrawn", "异议": "disputed", "其他": "other"}
_SCOPES = {"公示": "public", "仅政府部门内部共享": "shared", "仅可授权查询": "authorised"}
_SHXYM, _CODES = "XDR_SHXYM", ("XDR_SHXYM", "XDR_ZZJG", "XDR_GSZC", "XDR_SWDJ")
_MOST_DECIMALS = 6


def _permit(row: Row) -> None:
    _common(row, "XK")
    invalid = row.state in ("withdrawn", "other")
    row.put("XK_ZT", "无效" if invalid else "有效", "2" if invalid else "1")


def _penalty(row: Row) -> None:
    _common(row, "CF")
    _join_kinds(row)
    gravity = row.values.get("HRB_YZCD_2015")
    row.drop("HRB_YZCD_2015")
    if gravity in ("一般", "严重"):
        row.put("HRB_YZCD", gravity, gravity)
    _fine_from_text(row)


def _common(row: Row, prefix: str) -> None:
    kind = _subject_kind(row, prefix)
    row.put(f"{prefix}_XDR_LB", kind, kind)
    _place_document(row, prefix, kind)
    state = row.values.get(f"{prefix}_ZT_2015", "正常")
    row.drop(f"{prefix}_ZT_2015")
    row.state = _ROW_STATES[state]
    if row.state in ("withdrawn", "other"):
        row.not_public = f"2015版当前状态为{state}"
        row.warn(
            "state.not-normal",
            f"{prefix}_ZT_2015",
            f"当前状态为“{state}”，该记录归集但不公示。",
            mend="请在备注中说明。",
            value=state,
        )
    row.visibility = _SCOPES.get(row.values.get(f"{prefix}_SYFW", ""), "")


def _subject_kind(row: Row, prefix: str) -> str:
    """A person when only an identity number is given and the name is no company's; 92… is a sole trader."""
    code = row.values.get(f"{prefix}_{_SHXYM}", "")
    if code.startswith("92"):
        return SOLE_TRADER
    has_code = any(f"{prefix}_{each}" in row.values or f"{prefix}_{each}" in row.unreadable for each in _CODES)
    if has_code or f"{prefix}_FRDB" in row.values or names.is_like_company(row.values.get(f"{prefix}_XDR_MC", "")):
        return LEGAL
    return PERSON if f"{prefix}_XDR_ZJHM" in row.values or f"{prefix}_XDR_ZJHM" in row.unreadable else LEGAL


def _place_document(row: Row, prefix: str, kind: str) -> None:
    """代码_5 held the person's own number, or that of an organisation's legal representative; foreigners wrote a passport."""
    number = row.values.get(f"{prefix}_XDR_ZJHM")
    if number is None:
        return
    remark = row.values.get("BZ", "")
    passport = "护照" in remark and not idcard.check(number).is_valid
    document = idcard.PASSPORT if passport else idcard.CITIZEN
    if kind == PERSON:
        row.put(f"{prefix}_XDR_ZJLX", document, document)
        return
    row.drop(f"{prefix}_XDR_ZJHM")
    row.put(f"{prefix}_FR_ZJHM", number, None)
    row.put(f"{prefix}_FR_ZJLX", document, document)


def _join_kinds(row: Row) -> None:
    more = row.values.get("CF_CFLB2", ())
    row.drop("CF_CFLB2")
    kinds = tuple(dict.fromkeys((*row.values.get("CF_CFLB", ()), *more)))
    if kinds:
        row.put("CF_CFLB", kinds, MULTI_SEPARATOR.join(kinds))


def _fine_from_text(row: Row) -> None:
    """The amount had no field of its own: taken from the text where the text names exactly one."""
    told = set(fines_in_text(row.values.get("CF_NR", "")))
    if "罚款" not in row.values.get("CF_CFLB", ()) or len(told) != 1:
        return
    wan = told.pop() / WAN
    if wan > 0 and -int(wan.normalize().as_tuple().exponent) <= _MOST_DECIMALS:
        row.put("CF_NR_FK", wan, plain(wan))
        row.warn(
            "amount.from-text", "CF_NR", f"罚款金额按处罚结果记为{plain(wan)}万元。", mend="请核对。", value=plain(wan)
        )


SHOWN: Mapping[str, Mapping[str, str]] = {
    "permit-2015": {"XK_FR_ZJHM": "XK_XDR_SFZ", "XK_XDR_ZJHM": "XK_XDR_SFZ"},
    "penalty-2015": {"CF_FR_ZJHM": "CF_XDR_SFZ", "CF_XDR_ZJHM": "CF_XDR_SFZ"},
}
"""Derived fields and the column of the old file that a finding about them names."""

STEPS: Mapping[str, Callable[[Row], None]] = {"permit-2015": _permit, "penalty-2015": _penalty}

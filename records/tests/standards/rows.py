"""Rows that are right, to be spoilt in one place by a test; every name and number is invented."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from records.standards import registry
from records.standards.compile import Validator
from records.standards.row import Context, DepartmentInfo, RowResult

TODAY = date(2026, 11, 23)
BUREAU = "1123010000010001X8"
OTHER_BUREAU = "11230500001755309F"
COMPANY, TRADER = "91230102MA1B00017U", "92230103MA1C00026P"
PERSON_ID, MINOR_ID = "230102199003071237", "230102201001010019"
PLACEHOLDER = "00000000000000000X"

REGISTER = {
    BUREAU: DepartmentInfo(
        BUREAU, "哈尔滨市市场监督管理局", valid_from=date(2018, 12, 1), other_names=frozenset({"市市场监管局"})
    ),
}


def context(**changes: Any) -> Context:
    return Context(**({"today": TODAY, "departments": REGISTER.get} | changes))


def penalty(**changes: Any) -> dict[str, Any]:
    row = {
        "CF_XDR_MC": "哈尔滨示范商贸有限公司",
        "CF_XDR_LB": "法人及非法人组织",
        "CF_XDR_SHXYM": COMPANY,
        "CF_FRDB": "王某某",
        "CF_WSH": "哈市监处罚〔2026〕15号",
        "CF_WFXW": "销售不符合标准的食品",
        "CF_SY": "当事人销售不符合食品安全标准的食品",
        "CF_YJ": "《中华人民共和国食品安全法》第一百二十四条",
        "CF_CFLB": "警告；罚款",
        "CF_NR": "警告；罚款2000元",
        "CF_NR_FK": "0.2",
        "CF_JDRQ": "2026/10/08",
        "CF_YXQ": "2027/10/08",
        "CF_CFJG": "哈尔滨市市场监督管理局",
        "CF_CFJGDM": BUREAU,
        "CF_SJLY": "哈尔滨市市场监督管理局",
        "CF_SJLYDM": BUREAU,
    }
    return row | changes


def person(prefix: str = "CF", **changes: Any) -> dict[str, Any]:
    """What makes the subject of a row a natural person."""
    codes = {f"{prefix}_XDR_SHXYM": None, f"{prefix}_FRDB": None, f"{prefix}_XDR_MC": "王小明"}
    codes |= {f"{prefix}_XDR_LB": "自然人", f"{prefix}_XDR_ZJLX": "身份证", f"{prefix}_XDR_ZJHM": PERSON_ID}
    return codes | changes


def permit(**changes: Any) -> dict[str, Any]:
    row = {
        "XK_XDR_MC": "哈尔滨示范商贸有限公司",
        "XK_XDR_LB": "法人及非法人组织",
        "XK_XDR_SHXYM": COMPANY,
        "XK_FRDB": "王某某",
        "XK_XKWS": "准予行政许可决定书",
        "XK_WSH": "哈市监许准〔2026〕15号",
        "XK_XKLB": "普通",
        "XK_NR": "预包装食品销售",
        "XK_JDRQ": "2026-10-08",
        "XK_YXQZ": "2026-10-08",
        "XK_YXQZI": "2031-10-07",
        "XK_XKJG": "哈尔滨市市场监督管理局",
        "XK_XKJGDM": BUREAU,
        "XK_ZT": "1",
        "XK_LYDW": "哈尔滨市市场监督管理局",
        "XK_LYDWDM": BUREAU,
    }
    return row | changes


@cache
def validator_for(code: str) -> Validator:
    """Compiled once in a run of tests."""
    return Validator(registry.get(code))


def check(row: dict[str, Any], standard: str = "", **changes: Any) -> RowResult:
    code = standard or ("permit-2018" if "XK_NR" in row else "penalty-2018")
    return validator_for(code).validate_row(row, context(**changes))


def told(result: RowResult) -> set[tuple[str, str, str]]:
    """(level, rule, field) of every finding."""
    return {(each.level.value, each.rule, each.field) for each in result.findings}

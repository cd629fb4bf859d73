"""Files that other places have published: the true ones where they lie beside the project, else files of our own in the same shape.

The true ones are not ours to copy, and a clone has none; so no test is left out there, it runs over rows that are all invented. PUBLISHED_DATA
names another folder of true ones.
"""

from __future__ import annotations

import atexit
import csv
import io
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from records.identifiers import orgcode, regno, uscc

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("PUBLISHED_DATA") or ROOT.parent / "shared" / "data")
BOTH_PUBLIC = {
    "xzcf": ("处罚决定书文号", "处罚决定书签发日期", "违法行为类型", "处罚种类", "处罚机关", "企业名称", "注册号", "统一社会信用代码"),
    "xzxk": ("许可文件编号", "许可文件名称", "有效期自", "有效期至", "许可机关", "登记状态", "企业名称", "注册号", "统一社会信用代码"),
}  # fmt: skip
"""Columns of a province's templates."""
NOBODY = ("示例酒店管理有限公司", "100000000000001", "ARBG00000000000GFE")
SAMPLE = {
    "xzcf": ("示环罚字[2016]0001号", "2016-04-13", "环评不合格", "示例食药监局", "罚款", *NOBODY),
    "xzxk": ("201312142", "餐饮许可证", "2013-05-03", "2016-05-03", "示例食药监局", "有效", *NOBODY),
}  # fmt: skip
"""Their sample rows: kind of penalty and authority stand the wrong way round, the code is none."""


def published(*parts: str) -> Path:
    """A published file by its place, `published("enterprise", "heilongjiang_dev.csv")`; KeyError for one that nobody can make."""
    true = DATA.joinpath(*parts)
    return true if true.exists() else _made(parts)


def workbooks() -> list[Path]:
    """The published workbooks of today's format."""
    return [published(*parts) for parts in sorted(MAKERS) if parts[-1].endswith(".xlsx")]


@cache
def _made(parts: tuple[str, ...]) -> Path:
    path = _folder().joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(MAKERS[parts]())
    return path


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="published-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def code(number: int, area: str = "230102", *, odd_inside: bool = False) -> str:
    """A credit code with a right check character; `odd_inside`: that of the organisation code in it is wrong, as a few true ones are."""
    body = f"{number:08d}"
    inner = orgcode.make_check_digit(body)
    first = f"91{area}{body}{('1' if inner == '0' else '0') if odd_inside else inner}"
    return first + uscc.make_check_digit(first)


def _register() -> bytes:
    """A register of firms as an extract has it: small letters in some codes, areas of former divisions, capital in words."""
    out = io.StringIO()
    columns = (
        "name",
        "credit_code",
        "reg_date",
        "type",
        "legal_rep_masked",
        "capital_raw",
        "business_scope",
        "province",
        "city",
        "address",
    )
    writer = csv.writer(out)
    writer.writerow(columns)
    for number in range(2_400):
        area = ("230102", "230103", "230199", "230182")[number % 4]
        own = code(10_000_000 + number, area, odd_inside=number == 20)
        writer.writerow(
            [
                f"哈尔滨示例第{number}商贸有限公司",
                own.lower() if number % 7 == 0 else own,
                f"{1990 + number % 30}-{1 + number % 12:02d}-{1 + number % 28:02d}",
                "有限责任公司(自然人独资)",
                "王某",
                ("N/A", "50万人民币", "100.5万元")[number % 3],
                "食品、日用百货零售；房屋租赁，电话销售服务",
                "黑龙江",
                "哈尔滨",
                f"哈尔滨市道里区示例街{number}号",
            ]
        )
    return out.getvalue().encode()


def _records() -> bytes:
    """A permit that gives placeholders for its authority, and a penalty of an authority of another city."""
    firm = {"name": "双鸭山示例城市运营有限公司", "code": code(20_000_001, "230500")}
    authority = {"name": "双鸭山市示例局", "code": "11230500001755309F", "nobody": "0" * 17 + "X"}
    permit = {
        "XK_XDR_LB": "法人及非法人组织", "XK_XDR_MC": firm["name"], "XK_XDR_SHXYM": firm["code"], "XK_FRDB": "王某",
        "XK_WSH": "双示许可2019", "XK_XKWS": "双示许可证书2019", "XK_XKLB": "普通", "XK_NR": "许可开展示例项目建设", "XK_JDRQ": "2019-09-01",
        "XK_YXQZ": "2019-09-05", "XK_YXQZI": "2020-09-22", "XK_XKJG": "双鸭山市", "XK_XKJGDM": authority["nobody"], "XK_ZT": "1",
        "XK_LYDW": "双鸭山市", "XK_LYDWDM": authority["nobody"], "BZ": None, "CREATE_DATE": 1568180781000, "CHECK_FLAG": "1",
    }  # fmt: skip
    penalty = {
        "CF_XDR_LB": "法人及非法人组织", "CF_XDR_MC": firm["name"], "CF_XDR_SHXYM": firm["code"], "CF_FRDB": "王某", "CF_WSH": "市场【2019】1号",
        "CF_WFXW": "违反示例准入规定", "CF_SY": "违反示例准入规定", "CF_YJ": "依据《示例准入规定》", "CF_CFLB": "罚款", "CF_NR": "罚款2000元",
        "CF_NR_FK": 0.2, "CF_JDRQ": "2019-10-10", "CF_YXQ": "2019-10-17", "CF_GSJZQ": "2020-10-17", "CF_CFJG": authority["name"],
        "CF_CFJGDM": authority["code"], "CF_SJLY": authority["name"], "CF_SJLYDM": authority["code"], "CF_XDR_ZJHM": None, "CHECK_FLAG": "1",
    }  # fmt: skip
    return json.dumps(
        [{"source": "示例", "record": permit}, {"source": "示例", "record": penalty}], ensure_ascii=False
    ).encode()


def _layout() -> bytes:
    """Names and codes of the fields of 2015, table by table, as a department was given them."""
    from records.standards import registry

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["table", "order", "field", "name"])
    for table, standard in (("行政处罚", "penalty-2015"), ("行政许可", "permit-2015")):
        for order, field in enumerate(registry.get(standard).fields):
            writer.writerow([table, order, field.code, field.label])
    return out.getvalue().encode()


def _columns() -> bytes:
    """How another city's tables call the five numbers of a subject."""
    numbers = ("统一社会信用代码", "组织机构代码", "工商登记码", "税务登记号", "居民身份证号")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["table", "column", "meaning"])
    for place, words in enumerate(numbers, 1):
        writer.writerow(["YW_L_SGSXZCF", f"n{place}", f"行政相对人代码_{place} ({words})"])
        writer.writerow(["YW_L_SGSXZXK", f"n{place}", f"行政相对人代码＿{place}（{words}）"])
    return out.getvalue().encode()


def _rows(name: str, rows: list[tuple[str, ...]]) -> bytes:
    """A workbook of a name that ends as its format."""
    out = io.BytesIO()
    if name.endswith(".xlsx"):
        import openpyxl

        book = openpyxl.Workbook()
        for at, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if value:
                    book.active.cell(at, column, value)
        book.save(out)
        return out.getvalue()
    import xlwt

    old = xlwt.Workbook()
    sheet = old.add_sheet("body")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value:
                sheet.write(at, column, value)
    old.save(out)
    return out.getvalue()


def _template(kind: str, ending: str) -> Callable[[], bytes]:
    """Behind an empty row and an empty column."""
    rows = [("",), ("", *BOTH_PUBLIC[kind]), ("", *SAMPLE[kind])]
    return lambda: _rows(f"a.{ending}", rows)


def _dishonest(name: str, count: int, misplaced: int) -> Callable[[], bytes]:
    """A list of firms; in some rows the credit code stands where the organisation code belongs."""

    def made() -> bytes:
        rows = [("企业名称", "工商注册号", "组织机构代码", "统一信用代码", "失信领域")]
        for number in range(count):
            own = code(30_000_000 + number)
            first = f"230102{number:08d}"
            given = (own, "") if number < misplaced else (own[8:17], own if number % 2 else "")
            rows.append((f"示例第{number}电子商务有限公司", first + regno.make_check_digit(first), *given, "示例名单"))
        return _rows(name, rows)

    return made


MAKERS: dict[tuple[str, ...], Callable[[], bytes]] = {
    ("enterprise", "heilongjiang_dev.csv"): _register,
    ("doublepub", "heilongjiang_shuangyashan_api_records.json"): _records,
    ("doublepub", "doublepub_2017_field_template_with_instructions.csv"): _layout,
    ("doublepub", "es_sxy_doublepub_columns.csv"): _columns,
    **{
        ("doublepub", f"zhejiang_template_{kind}.{ending}"): _template(kind, ending)
        for kind in BOTH_PUBLIC
        for ending in ("xlsx", "xls")
    },
    ("dishonest", "gansu_91855_ecommerce_blacklist_original.xlsx"): _dishonest("a.xlsx", 500, 85),
    ("dishonest", "gansu_93516_transport_blacklist_original.xls"): _dishonest("a.xls", 270, 0),
}

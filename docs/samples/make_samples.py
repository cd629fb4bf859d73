#!/usr/bin/env python3
"""Makes the sample files of this folder: fictitious subjects with well-formed codes, for the walk-through and the manuals.

    .venv/bin/python docs/samples/make_samples.py            # the files as they are kept here
    .venv/bin/python docs/samples/make_samples.py 2027-03-01 # penalties decided in the days before that one

Nothing here belongs to anybody; own numbers begin with MBY9, which the demonstration city does not use.
"""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parents[1]))

from openpyxl import Workbook, load_workbook  # noqa: E402

from credit_platform.demo.departments import DEPARTMENTS, department_code  # noqa: E402
from records.identifiers import orgcode, regno, uscc  # noqa: E402
from records.standards import registry, template  # noqa: E402

DAY = date(2026, 11, 20)
REGISTER_HEAD = (
    "name",
    "credit_code",
    "reg_no",
    "reg_date",
    "type",
    "legal_rep",
    "capital",
    "business_scope",
    "province",
    "city",
    "address",
)
LIST_HEAD = ("单位名称", "统一社会信用代码", "工商注册号")
DISTRICTS = (("230102", "道里区"), ("230103", "南岗区"), ("230104", "道外区"), ("230110", "香坊区"))
NAMES = (
    "松北样例食品有限公司", "霁虹样例商贸有限公司", "丁香样例药房连锁有限公司", "冰城样例物流有限公司", "中央大街样例餐饮有限公司",
    "太阳岛样例旅行社有限公司", "江畔样例建筑工程有限公司", "秋林样例百货有限公司", "顾乡样例汽车维修有限公司", "群力样例物业服务有限公司",
    "平房样例机械制造有限公司", "呼兰样例粮油有限公司", "阿城样例新材料有限公司", "双城样例乳业有限公司", "五常样例米业有限公司",
    "道外样例装饰有限公司", "香坊样例电子有限公司", "南岗样例教育咨询有限公司", "道里样例广告有限公司", "松花江样例供热有限公司",
)  # fmt: skip
SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗"


@dataclass(frozen=True, slots=True)
class Sample:
    """One fictitious company of the register file."""

    name: str
    code: str
    reg_no: str
    founded: date
    representative: str
    address: str


def samples() -> list[Sample]:
    """The twenty companies, always the same."""
    return [_sample(position, name) for position, name in enumerate(NAMES, 1)]


def _sample(position: int, name: str) -> Sample:
    area, district = DISTRICTS[position % len(DISTRICTS)]
    body = f"MBY9{position:04d}"
    first17 = f"91{area}{body}{orgcode.make_check_digit(body)}"
    first14 = f"{area}1{position:07d}"
    return Sample(
        name=f"哈尔滨{name}",
        code=first17 + uscc.make_check_digit(first17),
        reg_no=first14 + regno.make_check_digit(first14),
        founded=date(2009, 5, 4) + timedelta(days=position * 271),
        representative=f"{SURNAMES[position - 1]}样例",
        address=f"黑龙江省哈尔滨市{district}样例路{position}号",
    )


def register() -> bytes:
    """登记注册: a CSV of twenty rows, all good."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(REGISTER_HEAD)
    for each in samples():
        writer.writerow(
            (each.name, each.code, each.reg_no, each.founded.isoformat(), "有限责任公司", each.representative, "100万元人民币",
             "食品销售；日用百货销售；信息咨询服务", "黑龙江省", "哈尔滨市", each.address)
        )  # fmt: skip
    return out.getvalue().encode("utf-8-sig")


def penalties(day: date) -> bytes:
    """行政处罚: the template as a clerk fills it, six rows. Row 5 has a code with one wrong sign, row 7 a fine without its amount."""
    standard = registry.get("penalty-2018")
    book = load_workbook(io.BytesIO(template.build_template(standard, day)))
    sheet = book[template.SHEET_FILL]
    column = {str(cell.value).lstrip("*"): place for place, cell in enumerate(sheet[2], 1)}
    for number, row in enumerate(_penalty_rows(day), 3):
        for field in standard.fields:
            if field.code in row:
                sheet.cell(number, column[field.label], row[field.code])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ACTS = (
    ("销售超过保质期的食品", "货架上有3袋食品超过保质期，货值60元。", "《中华人民共和国食品安全法》第一百二十四条", "罚款", "罚款5000元", "0.5", "食品"),
    ("未按规定明码标价", "店内12种商品没有标明价格。", "《中华人民共和国价格法》第四十二条", "警告", "警告", "", "其他"),
    ("虚假宣传", "在店铺网页上使用没有依据的销售数字。", "《中华人民共和国反不正当竞争法》第二十条", "罚款", "罚款20000元", "2", "其他"),
    ("未履行进货查验义务", "不能提供所售食品的进货查验记录。", "《中华人民共和国食品安全法》第一百二十六条", "警告", "警告", "", "食品"),
    ("使用未经检定的计量器具", "一台电子秤超过检定周期仍在使用。", "《中华人民共和国计量法》第二十五条", "罚款", "罚款500元", "", "其他"),
    ("无照经营", "在登记的住所以外设立门店未办理登记。", "《无证无照经营查处办法》第十三条", "罚款；没收违法所得", "罚款1000元；没收违法所得800元", "0.1", "其他"),
)  # fmt: skip


def _penalty_rows(day: date) -> list[dict[str, str]]:
    position = next(number for number, row in enumerate(DEPARTMENTS, 1) if row.code == "scjgj")
    authority = DEPARTMENTS[position - 1]
    rows = []
    for number, ((matter, facts, basis, kinds, content, fine, domain), party) in enumerate(
        zip(ACTS, samples(), strict=False), 1
    ):
        code = party.code if number != 3 else party.code[:-1] + ("A" if party.code[-1] != "A" else "B")
        rows.append(
            {
                "CF_XDR_MC": party.name, "CF_XDR_LB": "法人及非法人组织", "CF_XDR_SHXYM": code, "CF_FRDB": party.representative,
                "CF_WSH": f"哈市监样例〔{day.year}〕{number}号", "CF_WFXW": matter, "CF_SY": facts, "CF_YJ": basis,
                "CF_CFLB": kinds, "CF_NR": content, "CF_NR_FK": fine, "CF_NR_WFFF": "0.08" if "没收" in kinds else "",
                "CF_JDRQ": f"{day - timedelta(days=2):%Y/%m/%d}", "CF_YXQ": "2099/12/31",
                "CF_CFJG": authority.name, "CF_CFJGDM": department_code(position, authority.district),
                "CF_SJLY": authority.name, "CF_SJLYDM": department_code(position, authority.district),
                "HRB_CFCX": "普通程序", "HRB_YZCD": "一般", "HRB_LY": domain,
            }
        )  # fmt: skip
    return rows


def matching() -> bytes:
    """批量比对: a list of twelve rows as it comes from elsewhere: some codes good, some broken, some missing."""
    have = samples()
    old = have[0].code
    rows = [
        *((each.name, each.code, "") for each in have[:4]),
        (have[4].name, f" {have[4].code.lower()} ", ""),
        (have[5].name.replace("有限公司", ""), have[5].code, ""),
        (have[6].name, "", have[6].reg_no),
        (have[7].name, "", ""),
        (have[8].name, have[8].code[:-1] + ("A" if have[8].code[-1] != "A" else "B"), ""),
        ("哈尔滨不在册样例有限公司", old[:8] + "MBY99999X" + "0", ""),
        (have[9].name, "9.12301E+17", ""),
        ("哈尔滨没有号码样例有限公司", "", ""),
    ]
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "名单"
    for row in (LIST_HEAD, *rows):
        sheet.append(row)
    for letter, width in zip("ABC", (34, 26, 20), strict=True):
        sheet.column_dimensions[letter].width = width
        for cell in sheet[letter]:
            cell.number_format = "@"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def main() -> None:
    """Write the three files."""
    day = date.fromisoformat(sys.argv[1]) if len(sys.argv) > 1 else DAY
    for name, data in (
        ("registration.csv", register()),
        ("penalties.xlsx", penalties(day)),
        ("matching.xlsx", matching()),
    ):
        (FOLDER / name).write_bytes(data)
        print(name, len(data))


if __name__ == "__main__":
    main()

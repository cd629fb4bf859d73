"""Two hundred authorities: the demonstration's thirty, and the bureaus of the districts; each with a clerk and a reviewer."""

from __future__ import annotations

from dataclasses import dataclass

from credit_platform.demo.departments import DEPARTMENTS, DemoDepartment, department_code
from records.identifiers.regions import HARBIN_DISTRICTS

COUNT = 200
# Bureau of a district, its sign in document numbers, whose templates it uses, how much it reports.
BUREAUS = (
    ("市场监督管理局", "市监", "scjgj", 12),
    ("卫生健康局", "卫", "wjw", 5),
    ("城市管理和行政综合执法局", "城管", "cgj", 6),
    ("应急管理局", "应急", "yjj", 3),
    ("住房和城乡建设局", "住建", "zjj", 3),
    ("农业农村局", "农", "nyj", 3),
    ("人力资源和社会保障局", "人社", "rsj", 2),
    ("交通运输局", "交", "jtj", 4),
    ("消防救援大队", "消", "xfjy", 3),
    ("文化体育和旅游局", "文旅", "wglj", 1),
)
HEAVY = {"scjgj": 40, "gaj": 12, "wjw": 10, "zjj": 8, "jtj": 15, "cgj": 8, "xfjy": 8, "rsj": 5}


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority with its key, the sign of its document numbers, and the demonstration authority whose templates it uses."""

    key: int
    row: DemoDepartment
    uscc: str
    templates: str
    weight: int


def authorities() -> list[Authority]:
    """All two hundred; keys count from one, and so do the accounts: clerk 2k-1, reviewer 2k."""
    made = [
        Authority(place, row, department_code(place, row.district), row.code, HEAVY.get(row.code, 2))
        for place, row in enumerate(DEPARTMENTS, 1)
    ]
    names = {authority.row.name for authority in made}
    for district in HARBIN_DISTRICTS:
        for number, (bureau, mark, templates, weight) in enumerate(BUREAUS):
            name = (
                f"哈尔滨市{district.name}{bureau}" if not district.name.endswith("市") else f"{district.name}{bureau}"
            )
            if name in names or len(made) == COUNT:
                continue
            row = DemoDepartment(
                f"q{district.code[4:]}{number}", name, f"{district.name}{bureau}", f"哈{district.name[:2]}{mark}",
                district.code, "district",
            )  # fmt: skip
            key = len(made) + 1
            made.append(Authority(key, row, department_code(key, district.code), templates, weight))
    return made

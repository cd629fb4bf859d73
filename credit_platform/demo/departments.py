"""Thirty departments under their present names; their codes are fictitious but well formed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from records.identifiers import orgcode, uscc


@dataclass(frozen=True, slots=True)
class DemoDepartment:
    """A row of the table. `mark` is the short sign used in document numbers (哈市监…)."""

    code: str
    name: str
    short_name: str
    mark: str
    district: str = ""
    level: str = "city"
    since: date | None = None


DEPARTMENTS: tuple[DemoDepartment, ...] = (
    DemoDepartment("yshjj", "哈尔滨市营商环境建设监督局", "市营商环境局", "哈营商"),
    DemoDepartment("fgw", "哈尔滨市发展和改革委员会", "市发改委", "哈发改"),
    DemoDepartment("jyj", "哈尔滨市教育局", "市教育局", "哈教"),
    DemoDepartment("kjj", "哈尔滨市科学技术局", "市科技局", "哈科"),
    DemoDepartment("gxj", "哈尔滨市工业和信息化局", "市工信局", "哈工信"),
    DemoDepartment("gaj", "哈尔滨市公安局", "市公安局", "哈公"),
    DemoDepartment("mzj", "哈尔滨市民政局", "市民政局", "哈民"),
    DemoDepartment("sfj", "哈尔滨市司法局", "市司法局", "哈司"),
    DemoDepartment("czj", "哈尔滨市财政局", "市财政局", "哈财"),
    DemoDepartment("rsj", "哈尔滨市人力资源和社会保障局", "市人社局", "哈人社"),
    DemoDepartment("zrzyj", "哈尔滨市自然资源和规划局", "市资源规划局", "哈资规"),
    DemoDepartment("sthjj", "哈尔滨市生态环境局", "市生态环境局", "哈环"),
    DemoDepartment("zjj", "哈尔滨市住房和城乡建设局", "市住建局", "哈住建"),
    DemoDepartment("jtj", "哈尔滨市交通运输局", "市交通局", "哈交"),
    DemoDepartment("swj", "哈尔滨市水务局", "市水务局", "哈水"),
    DemoDepartment("nyj", "哈尔滨市农业农村局", "市农业农村局", "哈农"),
    DemoDepartment("swuj", "哈尔滨市商务局", "市商务局", "哈商务"),
    DemoDepartment("wglj", "哈尔滨市文化广电和旅游局", "市文广旅游局", "哈文广旅"),
    DemoDepartment("wjw", "哈尔滨市卫生健康委员会", "市卫健委", "哈卫"),
    DemoDepartment("yjj", "哈尔滨市应急管理局", "市应急局", "哈应急"),
    DemoDepartment("scjgj", "哈尔滨市市场监督管理局", "市市场监管局", "哈市监"),
    DemoDepartment("tyj", "哈尔滨市体育局", "市体育局", "哈体"),
    DemoDepartment("tjj", "哈尔滨市统计局", "市统计局", "哈统"),
    DemoDepartment("ybj", "哈尔滨市医疗保障局", "市医保局", "哈医保"),
    DemoDepartment("cgj", "哈尔滨市城市管理局", "市城管局", "哈城管"),
    DemoDepartment("xfjy", "哈尔滨市消防救援支队", "市消防救援支队", "哈消"),
    DemoDepartment("dlscj", "哈尔滨市道里区市场监督管理局", "道里区市场监管局", "哈里市监", "230102", "district"),
    DemoDepartment("ngscj", "哈尔滨市南岗区市场监督管理局", "南岗区市场监管局", "哈南市监", "230103", "district"),
    DemoDepartment("xfscj", "哈尔滨市香坊区市场监督管理局", "香坊区市场监管局", "哈香市监", "230110", "district"),
    DemoDepartment("szscj", "尚志市市场监督管理局", "尚志市市场监管局", "尚市监", "230183", "district"),
)


def department_code(position: int, district: str) -> str:
    """A well-formed, fictitious credit code of an authority: registrar 1, kind 1, area, own number under GB 11714."""
    body = f"HD{position:06d}"
    first17 = f"11{district or '230100'}{body}{orgcode.make_check_digit(body)}"
    return first17 + uscc.make_check_digit(first17)

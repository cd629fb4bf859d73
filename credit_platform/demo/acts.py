"""The eight other acts of the demonstration city: a few of each kind, as rows of their data standards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from credit_platform.demo.decisions import KIND_LABELS, Row
from credit_platform.demo.departments import DemoDepartment
from credit_platform.demo.subjects import DemoSubject


@dataclass(frozen=True, slots=True)
class ActTemplate:
    """One act: which standard, who, the paper, the matter, the basis, what was done, and the fields of its kind."""

    standard: str
    prefix: str
    department: str
    paper: str
    mark: str
    matter: str
    basis: str
    content: str
    extra: tuple[tuple[str, str], ...] = ()


ACTS: tuple[ActTemplate, ...] = (
    ActTemplate(
        "act-inspection",
        "JC",
        "scjgj",
        "“双随机、一公开”检查结果告知书",
        "查",
        "食品经营监督检查",
        "《中华人民共和国食品安全法》第一百一十条",
        "对经营场所卫生、进货查验、食品贮存情况进行检查",
        (("JC_JCLX", "双随机"), ("JC_JCSX", "食品经营许可事项、进货查验记录"), ("JC_JG_LX", "未发现问题")),
    ),
    ActTemplate(
        "act-inspection",
        "JC",
        "xfjy",
        "消防监督检查记录",
        "查",
        "公众聚集场所消防监督检查",
        "《中华人民共和国消防法》第五十三条",
        "对消防设施、疏散通道、安全出口进行检查",
        (("JC_JCLX", "日常"), ("JC_JCSX", "消防设施器材、安全疏散设施"), ("JC_JG_LX", "未发现问题")),
    ),
    ActTemplate(
        "act-enforcement",
        "QZ",
        "sthjj",
        "查封决定书",
        "封",
        "查封造成污染物排放的设施",
        "《中华人民共和国环境保护法》第二十五条",
        "对违法排放污染物的设施予以查封三十日",
        (("QZ_QZLX", "强制措施-查封场所、设施或者财物"), ("QZ_BDW", "喷漆房废气排放设施一套")),
    ),
    ActTemplate(
        "act-confirmation",
        "QR",
        "rsj",
        "工伤认定决定书",
        "确",
        "工伤认定",
        "《工伤保险条例》第二十条",
        "认定为工伤",
        (("QR_QRLB", "认定"),),
    ),
    ActTemplate(
        "act-levy",
        "ZS",
        "swj",
        "水土保持补偿费缴款通知书",
        "征",
        "水土保持补偿费征收",
        "《中华人民共和国水土保持法》第三十二条",
        "按占地面积征收水土保持补偿费",
        (("ZS_ZSZL", "费"), ("ZS_JZYJ", "占地面积每平方米1元")),
    ),
    ActTemplate(
        "act-payment",
        "GF",
        "mzj",
        "养老机构运营补贴发放决定书",
        "给",
        "养老机构运营补贴",
        "《黑龙江省养老服务条例》",
        "按收住老年人数发放运营补贴",
        (("GF_GFZL", "养老服务补贴"),),
    ),
    ActTemplate(
        "act-adjudication",
        "CJ",
        "zrzyj",
        "行政裁决书",
        "裁",
        "土地权属争议裁决",
        "《中华人民共和国土地管理法》第十四条",
        "裁决争议地块使用权归申请人",
        (("CJ_ZYSX", "相邻地块边界争议"),),
    ),
    ActTemplate(
        "act-compensation",
        "BC",
        "nyj",
        "动物强制扑杀补偿决定书",
        "补",
        "强制扑杀动物补偿",
        "《中华人民共和国动物防疫法》第八十五条",
        "对强制扑杀的动物给予补偿",
        (("BC_SY", "依法强制扑杀患疫动物"), ("BC_DX", "养殖单位"), ("BC_FS", "货币")),
    ),
    ActTemplate(
        "act-award",
        "JL",
        "gxj",
        "关于认定企业技术中心的决定",
        "奖",
        "市级企业技术中心认定奖励",
        "《哈尔滨市企业技术中心认定管理办法》",
        "认定为市级企业技术中心并给予奖励",
        (("JL_JLMC", "哈尔滨市企业技术中心"), ("JL_JB", "市级"), ("JL_SY", "技术创新成效显著")),
    ),
)


def act_row(
    template: ActTemplate,
    subject: DemoSubject,
    department: DemoDepartment,
    code: str,
    decided_on: date,
    serial: int,
    random: Random,
) -> Row:
    """One act as a row of its standard."""
    p = template.prefix
    row: Row = {
        f"{p}_XDR_MC": subject.name,
        f"{p}_XDR_LB": KIND_LABELS[subject.kind],
        f"{p}_XDR_SHXYM": subject.code,
        f"{p}_FRDB": subject.legal_rep,
        f"{p}_WSMC": template.paper,
        f"{p}_WSH": f"{department.mark}{template.mark}〔{decided_on.year}〕{serial}号",
        f"{p}_SXMC": template.matter,
        f"{p}_YJ": template.basis,
        f"{p}_NR": template.content,
        f"{p}_JDRQ": decided_on.isoformat(),
        f"{p}_JG": department.name,
        f"{p}_JGDM": code,
        f"{p}_LYDW": department.name,
        f"{p}_LYDWDM": code,
        f"{p}_GKSX": "社会公开",
    }
    row |= dict(template.extra)
    if p == "JC":
        row["JC_JCRQ"] = decided_on.isoformat()
    if p == "CJ":
        row |= {"CJ_SQR": subject.name, "CJ_BSQR": "相邻土地使用权人"}
    if p == "QZ":
        row |= {"QZ_QSRQ": decided_on.isoformat(), "QZ_JZRQ": (decided_on + timedelta(days=30)).isoformat()}
    if p == "ZS":
        amount = random.randrange(2, 60)
        row |= {"ZS_YZJE": str(amount), "ZS_SJJE": str(amount)}
    return row

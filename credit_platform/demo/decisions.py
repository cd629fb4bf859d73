"""What the demonstration departments decide: permits and penalties, as rows of the data standards, made up from templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from credit_platform.demo.departments import DemoDepartment
from credit_platform.demo.subjects import DemoSubject

Row = dict[str, Any]
TRADES_OF: dict[str, tuple[str, ...]] = {
    "scjgj": ("食品", "餐饮管理", "商贸"),
    "dlscj": ("食品", "餐饮管理"),
    "ngscj": ("食品", "餐饮管理", "商贸"),
    "xfscj": ("食品", "商贸"),
    "szscj": ("食品", "商贸"),
    "wjw": ("餐饮管理", "商贸"),
    "jtj": ("物流",),
    "zjj": ("建筑工程", "装饰装修"),
    "cgj": ("建筑工程", "物流"),
    "yjj": ("危险化学品", "机械制造", "供热"),
    "wglj": ("国际旅行社", "文化传媒"),
    "rsj": ("家政服务", "物业服务"),
    "sthjj": ("机械制造", "供热", "环保科技"),
    "nyj": ("农业科技",),
    "xfjy": ("餐饮管理", "商贸", "物业服务"),
    "swj": ("供热", "机械制造"),
    "gaj": ("餐饮管理",),
    "gxj": ("机械制造", "信息技术"),
    "mzj": ("教育咨询",),
}
WORDS_OF: dict[str, str] = {"药": "医药", "旅行社": "国际旅行社", "演出": "文化传媒", "危险化学品": "危险化学品"}


def trades_for(department: str, matter: str) -> tuple[str, ...]:
    """The trades that a decision can sensibly be about; empty when any will do."""
    for word, trade in WORDS_OF.items():
        if word in matter:
            return (trade,)
    return TRADES_OF.get(department, ())


KIND_LABELS = {"legal": "法人及非法人组织", "sole_trader": "个体工商户", "person": "自然人"}


@dataclass(frozen=True, slots=True)
class PermitTemplate:
    """A permit that a department grants: document, licence, kind, what it allows, for how many years (0 = long term)."""

    department: str
    document: str
    licence: str
    kind: str
    content: str
    years: int
    mark: str = "许"
    for_persons: bool = False


PERMITS: tuple[PermitTemplate, ...] = (
    PermitTemplate(
        "scjgj", "准予行政许可决定书", "食品经营许可证", "普通", "食品经营许可：热食类食品制售、预包装食品销售", 5
    ),
    PermitTemplate("dlscj", "准予行政许可决定书", "食品经营许可证", "普通", "食品经营许可：冷食类、热食类食品制售", 5),
    PermitTemplate(
        "ngscj", "准予行政许可决定书", "食品经营许可证", "普通", "食品经营许可：散装食品、预包装食品销售", 5
    ),
    PermitTemplate("xfscj", "准予登记通知书", "营业执照", "登记", "变更登记：经营范围变更", 0, "登"),
    PermitTemplate("szscj", "准予行政许可决定书", "食品生产许可证", "普通", "食品生产许可：粮食加工品", 5),
    PermitTemplate("wjw", "准予行政许可决定书", "卫生许可证", "普通", "公共场所卫生许可：住宿、美容美发场所", 4),
    PermitTemplate("jtj", "道路运输经营许可决定书", "道路运输经营许可证", "普通", "道路普通货物运输经营", 4),
    PermitTemplate(
        "zjj", "建筑工程施工许可决定书", "建筑工程施工许可证", "普通", "准予建筑工程施工，合同工期内有效", 2
    ),
    PermitTemplate("cgj", "城市建筑垃圾处置核准决定书", "建筑垃圾处置核准证", "核准", "准予处置城市建筑垃圾", 1),
    PermitTemplate(
        "yjj", "危险化学品经营许可决定书", "危险化学品经营许可证", "普通", "危险化学品经营（不带储存设施）", 3
    ),
    PermitTemplate("wglj", "营业性演出准予许可决定书", "营业性演出许可证", "普通", "准予举办营业性演出活动", 1),
    PermitTemplate("rsj", "准予行政许可决定书", "人力资源服务许可证", "普通", "职业中介活动许可", 5),
    PermitTemplate("sthjj", "排污许可审批决定书", "排污许可证", "普通", "准予按许可限值排放水污染物、大气污染物", 5),
    PermitTemplate("nyj", "准予行政许可决定书", "动物防疫条件合格证", "认可", "动物饲养场防疫条件合格", 5),
    PermitTemplate("jyj", "教师资格认定决定书", "教师资格证书", "认可", "认定初级中学教师资格", 0, "认", True),
    PermitTemplate(
        "xfjy",
        "公众聚集场所投入使用、营业前消防安全检查意见书",
        "",
        "核准",
        "投入使用、营业前消防安全检查合格",
        0,
        "检",
    ),
    PermitTemplate("swj", "取水许可审批决定书", "取水许可证", "特许", "准予取用地下水，年取水量不超过5000立方米", 5),
    PermitTemplate("gaj", "特种行业许可决定书", "特种行业许可证", "普通", "旅馆业特种行业经营", 0),
)


@dataclass(frozen=True, slots=True)
class PenaltyTemplate:
    """A wrong and what follows: violation, facts, basis, kinds of penalty, range of the fine in 元."""

    department: str
    violation: str
    facts: str
    basis: str
    kinds: str
    fine: tuple[int, int] = (0, 0)
    severity: str = "一般"
    domain: str = ""
    procedure: str = "普通程序"
    extra: str = ""


PENALTIES: tuple[PenaltyTemplate, ...] = (
    PenaltyTemplate("scjgj", "经营超过保质期的食品", "当事人货架上陈列销售的食品超过标签标注的保质期，货值金额较小，违法所得无法计算。", "《中华人民共和国食品安全法》第一百二十四条第一款", "警告；罚款；没收非法财物", (5000, 60000), "一般", "食品"),
    PenaltyTemplate("dlscj", "未按规定建立并遵守进货查验记录制度", "经检查，当事人不能提供所售食品的进货票据和供货者资质，责令改正后仍未改正。", "《中华人民共和国食品安全法》第一百二十六条第一款", "警告", (0, 0), "轻微", "食品"),
    PenaltyTemplate("ngscj", "发布虚假广告", "当事人在店堂广告中使用“最佳”“第一”等用语，并对服务效果作出保证性承诺，与实际不符。", "《中华人民共和国广告法》第五十七条", "罚款", (3000, 80000), "一般"),
    PenaltyTemplate("xfscj", "使用不合格计量器具", "当事人使用的电子秤未经检定合格，示值误差超出允许范围。", "《中华人民共和国计量法》第二十六条", "罚款；没收非法财物", (500, 2000), "一般"),
    PenaltyTemplate("szscj", "无照经营", "当事人未依法取得营业执照从事经营活动，经责令限期办理后逾期未办理。", "《无证无照经营查处办法》第十三条", "罚款；没收违法所得", (1000, 8000), "一般"),
    PenaltyTemplate("sthjj", "超标排放水污染物", "经监测，当事人废水总排口化学需氧量超过许可排放浓度限值1.2倍。", "《中华人民共和国水污染防治法》第八十三条", "罚款", (100000, 300000), "严重", "生态环境"),
    PenaltyTemplate("zjj", "未取得施工许可证擅自施工", "当事人在未取得建筑工程施工许可证的情况下擅自组织施工。", "《建设工程质量管理条例》第五十七条", "罚款", (20000, 120000), "一般", "工程质量"),
    PenaltyTemplate("yjj", "未按规定对从业人员进行安全生产教育和培训", "经查，当事人新入职员工未经安全生产教育和培训即上岗作业，培训记录缺失。", "《中华人民共和国安全生产法》第九十七条", "罚款", (10000, 90000), "一般", "安全生产"),
    PenaltyTemplate("yjj", "生产经营场所存在重大事故隐患拒不整改", "当事人危险作业场所未设置安全警示标志，经责令限期整改后仍未整改，情节严重。", "《中华人民共和国安全生产法》第一百零二条", "罚款；责令停产停业", (50000, 200000), "严重", "安全生产"),
    PenaltyTemplate("xfjy", "占用、堵塞疏散通道和安全出口", "检查发现当事人营业场所内安全出口被货物堵塞，影响人员疏散。", "《中华人民共和国消防法》第六十条第一款", "罚款", (5000, 30000), "一般", "消防"),
    PenaltyTemplate("jtj", "未取得道路运输经营许可擅自从事道路运输经营", "执法人员在检查中发现当事人所属车辆无道路运输证从事货物运输。", "《中华人民共和国道路运输条例》第六十三条", "罚款；没收违法所得", (3000, 20000), "一般"),
    PenaltyTemplate("wjw", "未取得公共场所卫生许可证擅自营业", "当事人未依法取得公共场所卫生许可证擅自营业，持续时间超过三个月。", "《公共场所卫生管理条例实施细则》第三十五条", "警告；罚款", (500, 30000), "一般"),
    PenaltyTemplate("cgj", "未经核准擅自处置建筑垃圾", "当事人所属车辆未办理建筑垃圾处置核准手续，将渣土运往非指定场所倾倒。", "《城市建筑垃圾管理规定》第二十五条", "警告；罚款", (5000, 30000), "一般"),
    PenaltyTemplate("rsj", "未依法与劳动者订立书面劳动合同", "当事人招用劳动者超过一个月未订立书面劳动合同，经责令改正已改正。", "《中华人民共和国劳动合同法》第八十二条；《劳动保障监察条例》第三十条", "警告；罚款", (2000, 20000), "一般"),
    PenaltyTemplate("wglj", "旅行社未与旅游者签订合同", "当事人组织旅游活动未与旅游者签订书面旅游合同。", "《旅行社条例》第五十五条", "罚款", (20000, 60000), "一般"),
    PenaltyTemplate("scjgj", "药品零售企业未按规定凭处方销售处方药", "当事人未凭处方销售处方药，经警告后再次违反。", "《中华人民共和国药品管理法》第一百二十六条", "罚款；吊销许可证件", (50000, 200000), "严重", "药品", extra="药品经营许可证"),
    PenaltyTemplate("nyj", "经营劣种子", "经检验，当事人经营的玉米种子发芽率低于国家规定标准。", "《中华人民共和国种子法》第七十五条", "罚款；没收违法所得；没收非法财物", (10000, 60000), "一般"),
    PenaltyTemplate("tjj", "提供不真实的统计资料", "当事人上报的营业收入与原始凭证不符，差错率超过规定标准。", "《中华人民共和国统计法》第四十一条", "警告；罚款", (10000, 50000), "一般"),
    PenaltyTemplate("scjgj", "未亮照经营", "当事人未在经营场所醒目位置置放营业执照，现场责令改正。", "《中华人民共和国市场主体登记管理条例》第四十八条", "警告", (0, 0), "轻微", "", "简易程序"),
)  # fmt: skip


def document_number(department: DemoDepartment, mark: str, decided_on: date, serial: int) -> str:
    """A document number in the usual form: 哈市监罚决〔2026〕12号."""
    return f"{department.mark}{mark}〔{decided_on.year}〕{serial}号"


def _party(prefix: str, subject: DemoSubject) -> Row:
    row: Row = {f"{prefix}_XDR_MC": subject.name, f"{prefix}_XDR_LB": KIND_LABELS[subject.kind]}
    if subject.kind == "person":
        return row | {f"{prefix}_XDR_ZJLX": "身份证", f"{prefix}_XDR_ZJHM": subject.person_id}
    return row | {f"{prefix}_XDR_SHXYM": subject.code, f"{prefix}_FRDB": subject.legal_rep}


def permit_row(
    template: PermitTemplate, subject: DemoSubject, department: DemoDepartment, code: str, decided_on: date, serial: int
) -> Row:
    """One permit as a row of permit-2018."""
    until = "2099/12/31" if not template.years else _years_later(decided_on, template.years).isoformat()
    row = _party("XK", subject) | {
        "XK_XKWS": template.document,
        "XK_WSH": document_number(department, template.mark, decided_on, serial),
        "XK_XKLB": template.kind,
        "XK_NR": template.content,
        "XK_JDRQ": decided_on.isoformat(),
        "XK_YXQZ": decided_on.isoformat(),
        "XK_YXQZI": until,
        "XK_XKJG": department.name,
        "XK_XKJGDM": code,
        "XK_ZT": "1",
        "XK_LYDW": department.name,
        "XK_LYDWDM": code,
    }
    if template.licence:
        row |= {"XK_XKZS": template.licence, "XK_XKBH": f"{department.mark}{decided_on:%Y%m}{serial:05d}"}
    return row


def penalty_row(
    template: PenaltyTemplate,
    subject: DemoSubject,
    department: DemoDepartment,
    code: str,
    decided_on: date,
    serial: int,
    random: Random,
) -> Row:
    """One penalty as a row of penalty-2018; the amounts in 万元 agree with the text in 元."""
    kinds = template.kinds
    fine = random.randrange(template.fine[0], template.fine[1] + 1, 100) if template.fine[1] else 0
    parts = []
    row = _party("CF", subject)
    if "警告" in kinds:
        parts.append("给予警告")
    if "罚款" in kinds:
        parts.append(f"罚款{fine}元")
        row["CF_NR_FK"] = f"{fine / 10000:.4f}".rstrip("0").rstrip(".")
    if "没收" in kinds:
        taken = random.randrange(100, 9000, 10)
        parts.append(f"没收违法所得{taken}元" if "违法所得" in kinds else f"没收涉案物品，货值{taken}元")
        row["CF_NR_WFFF"] = f"{taken / 10000:.4f}".rstrip("0").rstrip(".")
    if "停产停业" in kinds:
        parts.append("责令停产停业")
    if "吊销" in kinds:
        parts.append(f"吊销{template.extra}")
        row["CF_NR_ZKDX"] = f"{template.extra} {department.mark}{serial:06d}"
    if template.domain:
        row["HRB_LY"] = template.domain
    return row | {
        "CF_WSH": document_number(department, "罚决", decided_on, serial),
        "CF_WFXW": template.violation,
        "CF_SY": template.facts,
        "CF_YJ": template.basis,
        "CF_CFLB": kinds,
        "CF_NR": "；".join(parts) + "。",
        "CF_JDRQ": decided_on.isoformat(),
        "CF_YXQ": _years_later(decided_on, 1).isoformat(),
        "CF_CFJG": department.name,
        "CF_CFJGDM": code,
        "CF_SJLY": department.name,
        "CF_SJLYDM": code,
        "HRB_CFCX": template.procedure,
        "HRB_YZCD": template.severity,
    }


def _years_later(day: date, years: int) -> date:
    try:
        end = day.replace(year=day.year + years)
    except ValueError:
        end = day.replace(year=day.year + years, day=28)
    return end - timedelta(days=1)

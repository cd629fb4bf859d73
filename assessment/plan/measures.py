"""The 42 tasks of 哈政办规〔2020〕12号 as rows: number, title, lead, who is responsible, due, and the indicator that tells of it where one does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assessment.plan.rules import Due

ISSUED_ON = date(2020, 8, 24)
BASIS = "哈政办规〔2020〕12号"
ALL = "市政府各有关部门、各区县（市）政府"
CITY = "市政府各有关部门"
DISTRICTS = "各区县（市）政府"
OFFICE = "市营商环境局"
OCTOBER, NOVEMBER = date(2020, 10, 31), date(2020, 11, 30)


@dataclass(frozen=True, slots=True)
class PlanTask:
    """One line of the plan. `due_on` of ONCE; `days` of WITHIN; `continues`: goes on after its day; `indicator`: where the sheet counts it."""

    number: str
    title: str
    lead: str
    responsible: str
    due: Due = Due.ONGOING
    due_on: date | None = None
    days: int = 0
    continues: bool = False
    indicator: str = ""


def _by(
    day: date, number: str, title: str, lead: str, responsible: str, indicator: str = "", *, on: bool = True
) -> PlanTask:
    return PlanTask(number, title, lead, responsible, Due.ONCE, day, continues=on, indicator=indicator)


TASKS: tuple[PlanTask, ...] = (
    _by(OCTOBER, "1", "梳理信用承诺事项", "", ALL),
    PlanTask("2", "建立信用承诺归集机制", OFFICE, ALL, indicator="letters"),
    _by(NOVEMBER, "3", "梳理违背信用承诺的惩戒措施清单，复核履约情况", "", ALL, "reviews"),
    _by(OCTOBER, "4", "提供信用信息查询服务", OFFICE, DISTRICTS),
    PlanTask("5", "开展市场主体诚信教育", "", ALL),
    PlanTask(
        "6",
        "加强重点从业人群诚信教育",
        "市司法局、市教育局、市卫健委、市住建局、市文广旅游局、市交通运输局、人民银行哈尔滨中心支行等",
        DISTRICTS,
    ),
    _by(NOVEMBER, "7", "提升市信用信息共享平台功能，与省平台互联互通", OFFICE, "市财政局、市工信局", on=False),
    PlanTask("8", "健全市场主体信用分析预警机制", "", "市市场监管局、市营商环境局等有关部门、各区县（市）政府"),
    _by(OCTOBER, "9", "健全信用信息归集共享机制，编制公共信用信息目录", OFFICE, ALL),
    PlanTask("10", "突出监管信息“应归尽归”", "", "市市场监管局等有关部门、各区县（市）政府", indicator="compliance"),
    PlanTask("11", "完善市场主体信用记录", "", "市市场监管局、市营商环境局等有关部门、各区县（市）政府"),
    _by(NOVEMBER, "12", "整合投诉举报信息化平台，开展消费投诉公示", "市市场监管局", ALL),
    PlanTask("13", "公开市场主体信用信息", "", "市市场监管局等有关部门、各区县（市）政府"),
    PlanTask("14", "以“双公示”为重点公示行政行为信息", "", ALL, indicator="timeliness"),
    PlanTask("15", "公开司法相关信息", "市法院", DISTRICTS),
    PlanTask("16", "实施分级分类监管", "", ALL),
    PlanTask("17", "推进“双随机、一公开”监管改革", "市市场监管局", ALL, indicator="inspections"),
    PlanTask("18", "依法依规认定联合惩戒对象", "", ALL),
    _by(
        NOVEMBER,
        "19",
        "建立重点关注对象名单制度",
        "市金融局、市民政局、市教育局、市商务局、市市场监管局、市文广旅游局、市体育局、市农业农村局",
        DISTRICTS,
    ),
    PlanTask("20", "督促失信市场主体按期整改", "", ALL),
    PlanTask("21", "大力推进重点领域失信问题专项治理", "", CITY),
    _by(NOVEMBER, "22", "完善平台联合奖惩功能", OFFICE, ALL, on=False),
    PlanTask("23", "健全失信联合惩戒机制", OFFICE, CITY, indicator="joint"),
    PlanTask("24", "大力推行信用核查", OFFICE, ALL, indicator="checks"),
    _by(OCTOBER, "25", "实现国家联合奖惩系统信息共享", OFFICE, ALL),
    _by(
        NOVEMBER,
        "26",
        "坚决依法依规实施市场和行业禁入措施",
        "市法院、市市场监管局、市生态环境局、市住建局、市应急管理局、市民政局、市教育局、市公安局、市交通运输局",
        ALL,
    ),
    PlanTask("27", "建立健全责任追究机制", "", ALL),
    _by(NOVEMBER, "28", "推动重点领域应用信用报告", "市发改委、市投资服务局", DISTRICTS),
    PlanTask("29", "推动信用建设区域合作", OFFICE, "", Due.BY_PROVINCE),
    PlanTask("30", "开展信用修复", OFFICE, CITY, indicator="repair"),
    _by(NOVEMBER, "31", "加强信用修复培训（至少两次）", OFFICE, ALL, on=False),
    PlanTask("32", "建立健全问责督查机制，复查已修复案例", OFFICE, ALL),
    _by(NOVEMBER, "33", "建立健全信用信息隐私保护机制", OFFICE, ALL, on=False),
    PlanTask("34", "建立健全信用信息安全机制", "市工信局、市营商环境局、市公安局", ALL),
    PlanTask("35", "建立健全信用信息异议处理制度", "", ALL, indicator="objections"),
    _by(NOVEMBER, "36", "开展行业信用建设", "市民政局", ALL),
    _by(NOVEMBER, "37", "发展信用服务业", "人民银行哈尔滨中心支行、省银保监局、市营商环境局", ALL),
    _by(NOVEMBER, "38", "开展信用建设试点", "", ALL, on=False),
    PlanTask("组1", "加强组织领导，报送专职工作人员", "", ALL, Due.WITHIN, days=2),
    PlanTask("组2", "健全制度机制，报送文件清单", "", ALL, Due.WITHIN, days=5),
    PlanTask("组3", "做好解读宣传", "", ALL),
    PlanTask("组4", "强化落实考核，组织抽查、适时通报", OFFICE, ALL, indicator="tasks"),
)

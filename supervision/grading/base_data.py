"""What an installation begins with: the fields, the schemes that meet in this city and the table of tiers.

What could not be read in full says so in `certainty`; the city's departments confirm it, an administrator changes the row.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting
from supervision.grading.models import GradeScheme, SupervisionField, TierRule
from supervision.grading.rules.schemes import Source
from supervision.grading.rules.tiers import Tier

CITY = "哈政办规〔2020〕12号"
PLAN = f"{CITY}第16、17项"
SINCE = date(2020, 10, 16)
"""The day of the plan."""
RISK_ORDER = "国市监信发〔2022〕6号"
UNREAD = "未见全文，待主管部门确认"
NATION, NATION_2026 = "GJ-ZHPJ", date(2026, 4, 2)
PROVINCE, RISK, OWN, OLD = "HLJ-FJ", "SJ-FX", "HRB-JG", "GS-2013"

# code, name, floor, basis
FIELDS: tuple[tuple[str, str, Tier, str], ...] = (
    ("market", "市场监管（一般）", Tier.RELAXED, PLAN),
    ("food", "食品", Tier.USUAL, f"{RISK_ORDER}：重点领域仍实施重点监管"),
    ("drug", "药品", Tier.USUAL, f"{RISK_ORDER}：重点领域仍实施重点监管"),
    ("equipment", "特种设备", Tier.USUAL, f"{RISK_ORDER}：重点领域仍实施重点监管"),
    ("tax", "税务", Tier.RELAXED, PLAN),
    ("environment", "生态环境", Tier.RELAXED, PLAN),
    ("transport", "道路运输", Tier.RELAXED, PLAN),
    ("customs", "海关", Tier.RELAXED, PLAN),
    ("housing", "住房和城乡建设", Tier.RELAXED, PLAN),
    ("health", "卫生健康", Tier.RELAXED, PLAN),
    ("safety", "安全生产", Tier.USUAL, f"{PLAN}；涉及生命安全，不放宽"),
)


class Scheme(NamedTuple):
    """A scheme, with what follows from each of its grades."""

    code: str
    name: str
    owner: str
    source: Source
    scale: str
    tiers: str
    rank: int
    basis: str
    since: date
    until: date | None = None
    public: str = ""
    field: str = ""
    months: int | None = None
    certainty: str = ""


_TIER = {"宽": Tier.RELAXED, "常": Tier.USUAL, "加": Tier.CLOSE, "严": Tier.STRICT}

SCHEMES = (
    Scheme(
        NATION, "全国公共信用综合评价（优良中差）", "国家公共信用信息中心", Source.NATION, "优 良 中 差", "宽 常 加 严", 50,
        "发改财金规〔2017〕1798号等；国家下发", date(2017, 11, 1), date(2026, 4, 1), certainty=f"等级名称为通行说法，{UNREAD}",
    ),
    Scheme(
        NATION, "企业信用状况综合评价", "国家公共信用信息中心", Source.NATION, "A B C D", "宽 常 加 严", 50, "国办发〔2026〕8号", NATION_2026,
        public="A B C D", certainty="公开方式以国家平台为准",
    ),
    Scheme(
        PROVINCE, "黑龙江省行业监管信用等级", "黑龙江省各行业主管部门", Source.PROVINCE, "A B C D E", "宽 宽 常 加 严", 30,
        "黑龙江省《进一步深化市场主体信用分级分类监管若干措施》（2021-12-31）", date(2021, 12, 31), certainty="E级的措施未见全文，按严格监管",
    ),
    Scheme(
        RISK, "企业信用风险分类", "市场监督管理部门", Source.RISK, "A B C D", "宽 常 加 严", 20, RISK_ORDER, date(2022, 1, 13),
        months=2, certainty="每月更新，有效期按两个月计",
    ),
    Scheme(
        "NS-XY", "纳税缴费信用评价", "税务机关", Source.SECTOR, "A B M C D", "宽 常 常 加 严", 10, "纳税信用管理办法", date(2014, 10, 1),
        public="A", field="tax", months=12, certainty="只公布A级名单；有效期按一年计",
    ),
    Scheme(
        "HJ-XY", "企业环境信用评价", "生态环境部门", Source.SECTOR, "绿 蓝 黄 红", "宽 常 加 严", 10, "环发〔2013〕150号", date(2014, 3, 1),
        public="绿 蓝 黄 红", field="environment", months=12, certainty="每年5月底前完成上年度评价；有效期按一年计",
    ),
    Scheme(
        "YS-XY", "道路运输企业质量信誉考核", "交通运输部门", Source.SECTOR, "AAA AA A B", "宽 常 常 严", 10, "交公路发〔2006〕294号及后续办法",
        date(2006, 6, 1), public="AAA AA A B", field="transport", months=12, certainty=UNREAD,
    ),
    Scheme(
        "HG-XY", "海关企业信用管理", "海关", Source.SECTOR, "高级认证 常规 失信", "宽 常 严", 10, "海关总署令第251号", date(2021, 11, 1),
        public="高级认证 失信", field="customs", certainty="公示范围以海关为准",
    ),
    Scheme(
        OWN, "哈尔滨市监管信用分级", "哈尔滨市信用办", Source.OWN, "A B C D E", "宽 宽 常 加 严", 40, PLAN, SINCE,
        certainty="本市模型，等级含义与黑龙江2021五级一致",
    ),
    Scheme(
        OLD, "工商企业信用分类（旧）", "原工商行政管理部门", Source.SECTOR, "A B C D", "常 常 常 常", 90, "旧档案，仅供查考",
        date(2003, 11, 1), date(2014, 9, 30), field="market",
    ),
)  # fmt: skip


def load() -> list[str]:
    """Enter the rows that are not there; what an administrator changed since stays. What was loaded, for the shell."""
    with acting(SYSTEM):
        fields = sum(_field(position, *each) for position, each in enumerate(FIELDS, 1))
        schemes = sum(_scheme(each) for each in SCHEMES)
    return [f"监管领域 {fields} 个，评价方案 {schemes} 个"] if fields or schemes else []


def _field(position: int, code: str, name: str, floor: Tier, basis: str) -> int:
    values = {"name": name, "floor": floor.value, "basis": basis, "valid_from": SINCE, "position": position}
    return int(SupervisionField.objects.get_or_create(code=code, defaults=values)[1])


def _scheme(given: Scheme) -> int:
    values = {
        "name": given.name,
        "owner": given.owner,
        "source": given.source.value,
        "scale": given.scale.split(),
        "public_grades": given.public.split(),
        "rank": given.rank,
        "basis": given.basis,
        "valid_until": given.until,
        "field": SupervisionField.objects.filter(code=given.field).first(),
        "months": given.months,
        "certainty": given.certainty,
    }
    row, made = GradeScheme.objects.get_or_create(code=given.code, valid_from=given.since, defaults=values)
    if made:
        rules = zip(given.scale.split(), given.tiers.split(), strict=True)
        basis = f"{PLAN}；本市设定，待各部门确认"
        TierRule.objects.bulk_create(
            TierRule(scheme=row, grade=grade, tier=_TIER[tier].value, basis=basis, valid_from=max(given.since, SINCE))
            for grade, tier in rules
        )
    return int(made)

"""Lists with which an installation begins (facts of 2026). A row in force is one whose basis, rank, standard and term could be read or are the
common knowledge of its field; the others wait for the word of their department. Terms, early exits and dates are parameters of the rows.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sanctions.lists.rules import ExitFrom, Level, Nature, Persons, Publication, Rank, Start

REVIEW = date(2027, 12, 31)
"""When the standards are evaluated next; a parameter that each department sets for its list."""
READ, KNOWN, UNSURE = "据公布文本", "期限据一般了解，待主管部门确认", "尚未查到全文，待主管部门确认后施行"
CONFLICT = (
    "国家发展改革委令第36号把列入严重失信主体名单归为严重失信（最短公示期一年），本名单的部门规章规定满六个月可以提前移出；"
    "两者位阶相同，本平台按名单自身的规定办理，待主管部门明确。"
)
FIRM_FACTS = "名称、统一社会信用代码、列入事由、依据、认定机关、列入日期、期限、文书号、移出条件"
LEADS = {
    "JR": ("金融", "市发改委"),
    "YL": ("养老", "市民政局"),
    "YJ": ("幼教", "市教育局"),
    "JZ": ("家政", "市商务局"),
    "SY": ("食品药品", "市市场监管局"),
    "LW": ("旅游文化", "市文广旅游局"),
    "TY": ("体育", "市体育局"),
    "NZ": ("农资", "市农业农村局"),
}
"""The eight fields of 重点关注 with their leads (哈政办规〔2020〕12号 no. 19; finance under its present authority)."""


def _row(
    code: str, name: str, short: str, field: str, authority: str, level: Level, since: date | None, **more: Any
) -> dict[str, Any]:
    given: dict[str, Any] = {
        "code": code,
        "name": name,
        "short_name": short,
        "nature": Nature.SERIOUS,
        "field": field,
        "department": "",
        "authority": authority,
        "authority_level": level,
        "consultation_days": 30,
        "review_due": REVIEW,
        "may_exit": "exit_months" in more,
        "publication": Publication.PUBLIC,
        "published_what": FIRM_FACTS,
        "certainty": KNOWN,
        "since": since,
    }
    return given | more


def _waiting(code: str, name: str, field: str, authority: str, basis: str, **more: Any) -> dict[str, Any]:
    """A list that is known and not in force here."""
    return _row(
        code,
        name,
        name[:30],
        field,
        authority,
        more.pop("level", Level.COUNTY),
        None,
        basis=basis,
        certainty=UNSURE,
        review_due=None,
        **more,
    )


SERIOUS = (
    _row(
        "ZF-SXBZXR", "失信被执行人", "失信被执行人", "司法执行", "执行法院", Level.COURT, date(2013, 10, 1),
        basis="《民事诉讼法》第二百六十六条；法释〔2013〕17号、法释〔2017〕7号", basis_rank=Rank.LAW, standard_at="最高人民法院网站",
        term_months=24, may_exit=True, exit_from=ExitFrom.PERFORMED, persons=Persons.MASKED,
        exit_conditions="履行完毕、达成执行和解并履行完毕或者依法结案的，执行法院在三个工作日内删除；错误纳入的可以向执行法院申请纠正。",
        published_what="法院公布的内容；自然人遮盖姓名，不公示证件号码和未成年人",
    ),
    _row(
        "ZF-XJSS", "虚假诉讼失信人", "虚假诉讼失信人", "司法执行", "人民法院", Level.COURT, date(2021, 11, 9),
        basis="《民事诉讼法》第一百一十五条；法〔2021〕281号；哈政办规〔2020〕12号第15项", basis_rank=Rank.LAW, standard_at="最高人民法院网站",
        persons=Persons.MASKED, exit_conditions="由作出决定的人民法院决定移出。",
    ),
    _row(
        "RS-NMG", "拖欠农民工工资失信联合惩戒对象", "拖欠农民工工资", "劳动保障", "县级以上人力资源社会保障行政部门", Level.COUNTY, date(2022, 1, 1),
        department="市人社局", basis="《保障农民工工资支付条例》第四十八条；人力资源社会保障部令第45号", basis_rank=Rank.REGULATION,
        standard_at="人力资源社会保障部网站（令第45号）", term_months=36, exit_months=6, exit_from=ExitFrom.PERFORMED, persons=Persons.MASKED,
        lists_responsible=True, exit_conditions="改正违法行为、履行义务满六个月并作出守信承诺的，可以向列入机关申请提前移出。",
        conflict_note=CONFLICT, certainty=READ,
    ),
    _row(
        "SW-ZDWF", "重大税收违法失信主体", "重大税收违法", "税收", "设区的市级以上税务局", Level.CITY, date(2022, 2, 1),
        basis="《税收征收管理法》；国家税务总局令第54号", basis_rank=Rank.RULE, standard_at="国家税务总局网站（令第54号）", term_months=36,
        term_from=Start.PUBLICATION, exit_months=6, persons=Persons.MASKED, lists_responsible=True,
        exit_conditions="缴清税款、滞纳金和罚款且公布满六个月的，可以向税务机关申请提前停止公布。", conflict_note=CONFLICT,
    ),
    _row(
        "SJ-YZWF", "市场监督管理严重违法失信名单", "市场监管严重违法", "市场监管", "县级以上市场监督管理部门", Level.COUNTY, date(2021, 9, 1),
        department="市市场监管局", basis="《食品安全法实施条例》第六十六条；《疫苗管理法》第七十二条；国家市场监督管理总局令第44号",
        basis_rank=Rank.LAW, standard_at="国家市场监督管理总局网站（令第44号）", term_months=36, exit_months=12, persons=Persons.MASKED,
        lists_responsible=True,
        exit_conditions="列入满一年、自觉履行义务并消除影响、未再受较重处罚的，可以申请提前移出；依法受行业准入或者任职限制期限未满的除外。",
    ),
    _row(
        "YJ-AQSC", "安全生产严重失信主体", "安全生产严重失信", "安全生产", "作出行政处罚的应急管理部门", Level.COUNTY, date(2023, 10, 1),
        department="市应急局", basis="《安全生产法》第七十八条；应急管理部令第11号", basis_rank=Rank.LAW, standard_at="应急管理部网站（令第11号）",
        term_months=36, exit_months=12, persons=Persons.MASKED, lists_responsible=True, certainty=READ,
        exit_conditions="列入满十二个月并完成整改的，可以申请提前移出；隐瞒情况取得移出的，撤销移出并恢复列入。",
    ),
    _row(
        "CZ-ZFCG", "政府采购严重违法失信行为记录名单", "政府采购严重违法失信", "政府采购", "县级以上财政部门", Level.COUNTY, date(2014, 10, 14),
        department="市财政局", basis="《政府采购法》第七十七条；财库〔2014〕526号", basis_rank=Rank.LAW, standard_at="中国政府采购网",
        term_months=36, exit_conditions="按处罚决定的禁止期限（一至三年），期满移出。", published_what="情形、处罚结果、记录日期、处罚截止日期",
    ),
    _row(
        "TJ-YZSX", "统计严重失信企业", "统计严重失信", "统计", "县级以上统计机构", Level.COUNTY, date(2022, 5, 19), department="市统计局",
        basis="《统计法》；国家统计局令第35号", basis_rank=Rank.RULE, standard_at="国家统计局网站（令第35号）", term_months=12,
        term_from=Start.PUBLICATION, exit_months=6, exit_conditions="公示满六个月并整改到位的，可以申请提前移出；未整改的延长至二十四个月。",
    ),
    _row(
        "WL-YZSX", "文化和旅游市场严重失信主体", "文化和旅游严重失信", "文化旅游", "县级以上文化和旅游行政部门", Level.COUNTY, date(2022, 1, 1),
        department="市文广旅游局", basis="《旅游法》第一百零八条；文化和旅游部令第7号", basis_rank=Rank.LAW,
        standard_at="文化和旅游部网站（令第7号）", term_months=36, exit_months=12, persons=Persons.MASKED, lists_responsible=True,
        exit_conditions="列入满一年、纠正失信行为并作出信用承诺的，可以申请提前移出。",
    ),
    _row(
        "GF-BY", "履行国防义务严重失信主体", "拒不履行国防义务", "国防", "县级以上人民政府会同兵役机关", Level.COUNTY, date(2021, 10, 1),
        basis="《兵役法》第五十七条、第六十三条", basis_rank=Rank.LAW, standard_at="国防部网站（兵役法）", term_months=24,
        publication=Publication.SHARED, published_what="", exit_conditions="按处罚决定的期限，期满移出。",
    ),
    _row(
        "GA-DXZP", "电信网络诈骗惩戒对象", "电信网络诈骗惩戒", "反电信网络诈骗", "设区的市级以上公安机关", Level.CITY, date(2024, 12, 1),
        department="市公安局", basis="《反电信网络诈骗法》第三十一条；《电信网络诈骗及其关联违法犯罪联合惩戒办法》", basis_rank=Rank.LAW,
        standard_at="公安部网站", term_months=24, publication=Publication.SHARED, published_what="",
        exit_conditions="期满自动移出；对惩戒有异议的，向作出决定的公安机关申诉。", certainty=READ,
    ),
    _row(
        "GA-DXZP-XS", "电信网络诈骗惩戒对象（因犯罪受刑罚）", "电信网络诈骗惩戒(刑事)", "反电信网络诈骗", "设区的市级以上公安机关", Level.CITY,
        date(2024, 12, 1), department="市公安局", basis="《反电信网络诈骗法》第三十一条；《电信网络诈骗及其关联违法犯罪联合惩戒办法》",
        basis_rank=Rank.LAW, standard_at="公安部网站", term_months=36, publication=Publication.SHARED, published_what="",
        exit_conditions="期满自动移出；连续惩戒累计不超过五年。", certainty=READ,
    ),
)  # fmt: skip
WAITING = (
    _waiting("GX-HG", "海关失信企业", "海关", "海关", "海关总署令第251号", term_months=24),
    _waiting("MZ-SHZZ", "社会组织严重违法失信名单", "社会组织", "县级以上民政部门", "民政部令第60号", term_months=24),
    _waiting("RS-SB", "社会保险领域严重失信主体", "社会保险", "社会保险、医疗保险行政部门", "《社会保险经办条例》第四十五条"),
    _waiting("GX-ZXQK", "拖欠中小企业款项失信主体", "中小企业款项", "受理投诉部门", "《保障中小企业款项支付条例》第二十六条"),
    _waiting("XF-AQ", "消防安全严重失信主体", "消防安全", "消防救援机构", "《消防法》"),
    _waiting("ZS-ZSCQ", "知识产权领域严重违法失信主体", "知识产权", "知识产权管理部门", "国知发保字〔2022〕8号"),
    _waiting("JT-CX", "严重违法超限超载运输失信主体", "交通运输", "交通运输主管部门", "《公路安全保护条例》"),
    _waiting(
        "KJ-CX", "科研诚信严重失信行为数据库", "科研诚信", "科学技术行政部门", "《科学技术进步法》第一百零四条、第一百零七条",
        publication=Publication.SHARED, published_what="",
    ),
    _waiting(
        "DJ-XJ", "虚假登记直接责任人", "登记注册", "登记机关", "《市场主体登记管理条例》第四十条", term_months=36, nature=Nature.ABNORMAL,
        publication=Publication.SHARED, published_what="",
    ),
)  # fmt: skip
ABNORMAL = (
    _row(
        "YC-JYYC", "经营异常名录", "经营异常名录", "市场监管", "县级以上市场监督管理部门", Level.COUNTY, date(2014, 10, 1),
        department="市市场监管局", nature=Nature.ABNORMAL, basis="《企业信息公示暂行条例》第十七条", basis_rank=Rank.REGULATION,
        standard_at="国家企业信用信息公示系统", may_exit=True, exit_from=ExitFrom.PERFORMED, certainty=READ,
        exit_conditions="改正后可以申请移出；不属于严重失信主体名单。",
    ),
    _row(
        "YC-GTH", "个体工商户经营异常标记", "个体户经营异常", "市场监管", "县级以上市场监督管理部门", Level.COUNTY, date(2014, 10, 1),
        department="市市场监管局", nature=Nature.ABNORMAL, basis="《个体工商户年度报告暂行办法》", basis_rank=Rank.RULE,
        standard_at="国家企业信用信息公示系统", may_exit=True, exit_from=ExitFrom.PERFORMED, exit_conditions="改正后可以申请恢复正常记载状态。",
    ),
)  # fmt: skip
RED = (
    _row(
        "HB-NSXYA", "纳税信用A级纳税人", "纳税信用A级", "税收", "税务机关", Level.COUNTY, date(2014, 10, 1), nature=Nature.RED,
        basis="国发〔2016〕33号；国家税务总局公告2014年第40号", basis_rank=Rank.CENTRAL, standard_at="国家税务总局网站", term_months=12,
        published_what="名称、统一社会信用代码、评价年度、认定机关",
    ),
    _row(
        "HB-AEO", "海关高级认证企业", "海关高级认证", "海关", "海关", Level.CITY, date(2021, 11, 1), nature=Nature.RED,
        basis="国发〔2016〕33号；海关总署令第251号", basis_rank=Rank.RULE, standard_at="海关总署网站",
        published_what="名称、统一社会信用代码、认定时间、认定机关",
    ),
    _row(
        "HB-DXQY", "守信典型企业", "守信典型企业", "综合", "市社会信用体系建设牵头单位", Level.CITY, date(2020, 10, 31), nature=Nature.RED,
        department="市营商环境局", basis="国发〔2016〕33号；哈政办规〔2020〕12号第22项", basis_rank=Rank.CENTRAL,
        standard_at="信用中国（黑龙江哈尔滨）", term_months=24, published_what="名称、统一社会信用代码、文件依据、有效期限",
    ),
)  # fmt: skip
WATCH = tuple(
    _row(
        f"ZD-{mark}", f"{field}领域重点关注对象", f"{field}重点关注", field, lead, Level.CITY, date(2020, 11, 30), nature=Nature.WATCH,
        department=lead, basis="哈政办规〔2020〕12号第19项", basis_rank=Rank.POLICY, standard_at="牵头单位文件", term_months=6, may_exit=True,
        exit_from=ExitFrom.PERFORMED, publication=Publication.SHARED, published_what="", exit_conditions="纠正后移出；期满自动移出。",
        certainty="未见法定期限，六个月为本市参数",
    )
    for mark, (field, lead) in LEADS.items()
)  # fmt: skip
LISTS = (*SERIOUS, *ABNORMAL, *RED, *WATCH, *WAITING)

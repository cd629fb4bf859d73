"""The rules as the final text of 令第36号 says them, the rules of the 公示系统 beside them, terms of lists, limits of the simple procedure.

An administrator changes rows, not code. What an administrator has added stays as it is. Running again changes nothing.
"""

from datetime import date

from django.db import connection, migrations

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting

SUSPEND = ["暂扣许可证件", "降低资质等级", "没收违法所得", "没收非法财物"]
SEVERE = ["吊销许可证件", "限制开展生产经营活动", "责令停产停业", "责令关闭", "限制从业"]
NOT_EARLY = [*SEVERE, "降低资质等级"]
R3_BASIS = "国办发〔2025〕22号；国家发展改革委令第36号"
MARKET = "市场监督管理"
NAMES = {
    ("R1", "简易程序"): "不公示",
    ("R1", "特定严重失信"): "特定严重",
    ("R1", "严重失信"): "严重",
    ("R1", "一般失信"): "一般",
    ("R2", "简易程序"): "不公示",
    ("R2", "警告、通报批评"): "不公示",
    ("R2", "涉食品、药品、特种设备、安全生产、消防领域处罚"): "五领域",
    ("R2", "行政处罚"): "普通",
    ("R3", "轻微失信（机关认定）"): "轻微",
    ("R3", "轻微失信（简易程序）"): "轻微",
    ("R3", "轻微失信（警告、通报批评）"): "轻微",
    ("R3", "严重失信"): "严重",
    ("R3", "一般失信"): "一般",
}
FIXED = (("R1", "特定严重失信"), ("R3", "严重失信"))
R3_TEXTS = {
    "轻微失信（机关认定）": "机关认定为轻微失信的，原则上不公示",
    "轻微失信（简易程序）": "简易程序处罚为轻微失信，原则上不公示",
    "轻微失信（警告、通报批评）": "普通程序的警告、通报批评为轻微失信，原则上不公示",
    "一般失信": "暂扣许可证件、降低资质等级、没收违法所得、没收非法财物、较大数额罚款为一般失信：最短三个月，最长一年",
    "严重失信": "吊销许可证件、限制开展生产经营活动、责令停产停业、责令关闭、限制从业、巨额罚款为严重失信：最短一年，最长三年",
}
R3_CERTAINTY = "三类、起算和期满自动停止据正式文本；罚款数额标准、主管部门的领域标准未见，均为参数；过渡按从旧兼从轻，待市信用办确认"
SETS = [
    {
        "code": "R4a",
        "name": "市场监督管理行政处罚信息公示规定",
        "basis": "市场监管总局令第45号；国市监信规〔2021〕3号",
        "valid_from": date(2021, 9, 1),
        "valid_until": date(2025, 12, 24),
        "period_start": "publication",
        "channel": "market",
        "organ_word": MARKET,
        "certainty": "公示规定据公布文本；修复的六个月、十二个月据公开处理决定；本平台只作并列提示",
        "periods": [
            ("penalty", "", "简易程序", "仅警告", {"procedure": "简易程序", "published": False, "priority": 10}, "第二条：只公示适用普通程序的处罚"),
            ("penalty", "", "仅受到警告", "仅警告", {"penalty_kinds": ["警告"], "published": False, "priority": 15}, "第八条：仅受到警告的不公示"),
            (
                "penalty",
                "",
                "不得提前停止公示的处罚",
                "不得提前",
                {"penalty_kinds": NOT_EARLY, "min_months": 36, "max_months": 36, "end_kind": "ban", "repairable": False, "priority": 20},
                "第十四条第三款：停产停业、限制开展生产经营活动、限制从业、降低资质等级、吊销许可证件的不得提前；第十三条：公示三年，限制期更长的至其届满",
            ),
            (
                "penalty",
                "轻微",
                "通报批评、较低数额罚款",
                "通报批评/较低罚款",
                {"penalty_kinds": ["通报批评"], "max_months": 3, "repairable": False, "priority": 25},
                "第十三条：公示三个月",
            ),
            (
                "penalty",
                "",
                "食品、药品、特种设备领域处罚",
                "食药特设",
                {"domains": ["食品", "药品", "特种设备"], "min_months": 12, "max_months": 36, "priority": 30},
                "3号文第六条：满十二个月可申请；公示三年",
            ),
            ("penalty", "", "其他处罚", "其他", {"min_months": 6, "max_months": 36, "priority": 90}, "满六个月可申请；公示三年"),
        ],
    },
    {
        "code": "R4b",
        "name": "市场监督管理信用修复管理办法",
        "basis": "市场监管总局令第107号",
        "valid_from": date(2025, 12, 25),
        "valid_until": None,
        "period_start": "publication",
        "channel": "market",
        "organ_word": MARKET,
        "certainty": "三类期限据公开文本；自公示之日起算据报道；期满是否须履行未见全文，按期满停止；本平台只作并列提示",
        "periods": [
            ("penalty", "", "简易程序", "不公示", {"procedure": "简易程序", "published": False, "priority": 10}, "只公示适用普通程序的处罚"),
            ("penalty", "", "警告类", "警告类", {"penalty_kinds": ["警告"], "published": False, "priority": 15}, "警告类不公示"),
            ("penalty", "轻微", "轻微", "轻微", {"penalty_kinds": ["通报批评"], "max_months": 3, "repairable": False, "priority": 20}, "轻微的公示三个月，期满自动停止"),
            ("penalty", "严重", "严重", "严重", {"penalty_kinds": SEVERE, "min_months": 12, "max_months": 36, "priority": 30}, "严重的公示三年，满一年可申请"),
            ("penalty", "一般", "一般", "一般", {"penalty_kinds": SUSPEND, "min_months": 3, "max_months": 12, "priority": 40}, "一般的公示一年，满三个月可申请"),
        ],
    },
    {
        "code": "LIST",
        "name": "失信主体名单的期限",
        "basis": "各名单的认定办法",
        "valid_from": date(2013, 10, 1),
        "valid_until": None,
        "period_start": "decision",
        "channel": "list",
        "certainty": "人社部令第45号据公布文本，其余期限为一般了解；列入、移出由认定机关办理，本平台只据以核对日期",
        "periods": [
            ("list-entry", "", "拖欠农民工工资失信联合惩戒对象", "拖欠农民工工资", {"min_months": 6, "min_from": "performed", "max_months": 36}, "人社部令第45号：三年，改正满六个月可申请"),
            ("list-entry", "", "重大税收违法失信主体", "重大税收违法", {"start_kind": "publication", "min_months": 6, "max_months": 36}, "税务总局令第54号：自公布起三年，满六个月可申请"),
            ("list-entry", "", "市场监管严重违法失信名单", "市场监管严重违法", {"min_months": 12, "max_months": 36}, "市场监管总局令第44号：三年，满一年可申请"),
            ("list-entry", "", "安全生产严重失信主体", "安全生产严重失信", {"min_months": 12, "max_months": 36}, "应急管理部令第11号：三年，满十二个月可申请"),
            ("list-entry", "", "失信被执行人", "失信被执行人", {"min_from": "performed", "max_months": 24}, "法释〔2017〕7号：二年，履行完毕即删除；延长的以法院决定为准"),
            ("list-entry", "", "电信网络诈骗惩戒对象（刑事）", "电信网络诈骗惩戒(刑事)", {"max_months": 36, "published": False, "repairable": False}, "反电信网络诈骗法第三十一条：三年，不公示"),
        ],
    },
]
LAW = "《行政处罚法》第五十一条"
FORMER_LAW = "《行政处罚法》（1996年）第三十三条"
BY_ORGANISATION = "；个体工商户按组织计，为本市参数"
LIMITS = [
    ("person", 50, date(1996, 10, 1), date(2021, 7, 14), FORMER_LAW),
    ("legal", 1000, date(1996, 10, 1), date(2021, 7, 14), FORMER_LAW),
    ("sole_trader", 1000, date(1996, 10, 1), date(2021, 7, 14), FORMER_LAW + BY_ORGANISATION),
    ("person", 200, date(2021, 7, 15), None, LAW),
    ("legal", 3000, date(2021, 7, 15), None, LAW),
    ("sole_trader", 3000, date(2021, 7, 15), None, LAW + BY_ORGANISATION),
]


def _present(apps):
    """Names and what the law ties to a class, for the rows that came with the platform; R3 as the final text has it."""
    rules = apps.get_model("disclosure", "PeriodRule").objects
    for (code, label), name in NAMES.items():
        rules.filter(rule_set__code=code, label=label, name="").update(name=name)
    for code, label in FIXED:
        rules.filter(rule_set__code=code, label=label).update(fixed=True)
    r3 = apps.get_model("disclosure", "RuleSet").objects.filter(code="R3").first()
    if r3 is None:
        return
    r3.period_start, r3.certainty = "decision", R3_CERTAINTY
    r3.save(update_fields=["period_start", "certainty"])
    for label, text in R3_TEXTS.items():
        rules.filter(rule_set=r3, label=label).update(basis=f"{R3_BASIS}：{text}")
    rules.get_or_create(
        rule_set=r3,
        name="轻微(确有必要公示)",
        defaults={
            "kind": "penalty",
            "severity": "轻微",
            "label": "轻微失信（主管部门认为确有必要公示）",
            "penalty_kinds": ["主管部门认为确有必要"],
            "max_months": 3,
            "priority": 900,
            "basis": f"{R3_BASIS}：行业主管部门认为确有必要公示的，最长三个月，履行完毕即可申请修复",
        },
    )


def _columns():
    """What two columns said until now is said by the rows."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE disclosure_periodrule SET end_kind = 'validity' WHERE until_valid")
        # The draft's rule was R3's alone; a rule set of an administrator's own keeps what it said.
        cursor.execute(
            "UPDATE disclosure_periodrule p SET unperformed_at_max = 'keep' FROM disclosure_ruleset s "
            "WHERE p.rule_set_id = s.id AND s.ends_when = 'expired_and_performed' AND s.code <> 'R3'"
        )


def _new(apps):
    rule_sets, rules = apps.get_model("disclosure", "RuleSet"), apps.get_model("disclosure", "PeriodRule")
    for given in SETS:
        values = {name: value for name, value in given.items() if name not in ("code", "periods")}
        rule_set, made = rule_sets.objects.get_or_create(code=given["code"], defaults=values)
        if not made:
            continue
        for kind, severity, label, name, more, text in given["periods"]:
            basis = text if kind == "list-entry" else f"{given['basis']}：{text}"
            rules.objects.create(rule_set=rule_set, kind=kind, severity=severity, label=label, name=name, basis=basis, **more)
    limits = apps.get_model("disclosure", "SimpleProcedureLimit")
    for kind, amount, since, until, basis in LIMITS:
        limits.objects.get_or_create(
            subject_kind=kind,
            valid_from=since,
            defaults={"penalty_kinds": ["警告", "罚款"], "amount_yuan": amount, "valid_until": until, "basis": basis},
        )


def load(apps, schema_editor):
    with acting(SYSTEM):
        _present(apps)
        _columns()
        _new(apps)


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0010_periods_of_the_final_text")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]

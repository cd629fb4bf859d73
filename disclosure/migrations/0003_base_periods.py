"""Rule sets of publication periods as base data: R1 to R3 for penalties, the platform's parameters for permits and other acts.

Every row says how sure it is (`certainty`); an administrator changes rows, not code. Running again changes nothing.
"""

from datetime import date

from django.db import migrations

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting

SUSPEND = ["暂扣许可证件", "降低资质等级", "没收违法所得", "没收非法财物"]
SEVERE = ["吊销许可证件", "限制开展生产经营活动", "责令停产停业", "责令关闭", "限制从业"]
WARNINGS = ["警告", "通报批评"]
R1_DOMAINS = ["食品", "药品", "生态环境", "工程质量", "安全生产", "消防", "强制性产品认证"]
R1_CLOSING = ["责令停产停业", "吊销许可证件", "暂扣或者吊销许可证", "暂扣或者吊销执照"]
R2_DOMAINS = ["食品", "药品", "特种设备", "安全生产", "消防"]
PARAMETER = "平台参数，无全国统一规定，待市信用办确认"

SETS = [
    {
        "code": "R1",
        "name": "进一步完善“信用中国”网站及地方信用门户网站行政处罚信息信用修复机制",
        "basis": "发改办财金〔2019〕527号",
        "valid_from": date(2019, 7, 1),
        "valid_until": date(2023, 4, 30),
        "period_start": "decision",
        "ends_when": "expired",
        "certainty": "期限据公开文本；特定严重失信的行为清单未能逐项核对，按领域与处罚类别判定",
        "periods": [
            ("penalty", "不公示", "简易程序", {"procedure": "简易程序", "published": False, "priority": 10}, "第一条：简易程序处罚不纳入"),
            (
                "penalty",
                "特定严重",
                "特定严重失信",
                {"domains": R1_DOMAINS, "penalty_kinds": R1_CLOSING, "min_months": 36, "max_months": 36, "repairable": False, "priority": 20},
                "特定领域责令停产停业、吊销许可证照的，公示期三年，不予修复",
            ),
            ("penalty", "严重", "严重失信", {"penalty_kinds": ["由机关认定"], "min_months": 6, "max_months": 36, "priority": 30}, "严重失信：最短六个月，最长三年"),
            ("penalty", "一般", "一般失信", {"min_months": 3, "max_months": 12, "priority": 90}, "一般失信：最短三个月，最长一年"),
        ],
    },
    {
        "code": "R2",
        "name": "失信行为纠正后的信用信息修复管理办法（试行）",
        "basis": "国家发展改革委令第58号",
        "valid_from": date(2023, 5, 1),
        "valid_until": date(2026, 3, 31),
        "period_start": "decision",
        "ends_when": "expired",
        "certainty": "期限据公开文本；简易程序、警告、通报批评不公示为通行做法；安全生产、消防一年最短期的细分标准未见全文",
        "periods": [
            ("penalty", "不公示", "简易程序", {"procedure": "简易程序", "published": False, "priority": 10}, "简易程序处罚不在信用网站公示"),
            ("penalty", "不公示", "警告、通报批评", {"penalty_kinds": WARNINGS, "published": False, "priority": 20}, "仅警告、通报批评的不在信用网站公示"),
            (
                "penalty",
                "",
                "涉食品、药品、特种设备、安全生产、消防领域处罚",
                {"domains": R2_DOMAINS, "min_months": 12, "max_months": 36, "priority": 30},
                "最短一年，最长三年",
            ),
            ("penalty", "", "行政处罚", {"min_months": 3, "max_months": 36, "priority": 90}, "最短三个月，最长三年"),
        ],
    },
    {
        "code": "R3",
        "name": "信用修复管理办法",
        "basis": "国办发〔2025〕22号；国家发展改革委令第36号",
        "valid_from": date(2026, 4, 1),
        "valid_until": None,
        "period_start": "publication",
        "ends_when": "expired_and_performed",
        "certainty": "三类期限据公开文本；起算日、期满且履行后终止据征求意见稿，罚款数额标准未公布；均为参数，待正式文本确认",
        "periods": [
            (
                "penalty",
                "轻微",
                "轻微失信（机关认定）",
                {"penalty_kinds": ["由机关认定"], "published": False, "max_months": 3, "priority": 5},
                "机关认定为轻微失信的，原则上不公示",
            ),
            ("penalty", "轻微", "轻微失信（简易程序）", {"procedure": "简易程序", "published": False, "max_months": 3, "priority": 10}, "轻微失信信息原则上不公示"),
            ("penalty", "轻微", "轻微失信（警告、通报批评）", {"penalty_kinds": WARNINGS, "published": False, "max_months": 3, "priority": 20}, "普通程序的警告、通报批评为轻微失信，原则上不公示"),
            ("penalty", "严重", "严重失信", {"penalty_kinds": SEVERE, "min_months": 12, "max_months": 36, "priority": 30}, "严重失信：最短一年，最长三年"),
            ("penalty", "一般", "一般失信", {"penalty_kinds": SUSPEND, "min_months": 3, "max_months": 12, "priority": 40}, "一般失信：最短三个月，最长一年"),
        ],
    },
    {
        "code": "P1",
        "name": "行政许可等信息公示期（平台参数）",
        "basis": "哈政办规〔2020〕12号第14项；公示期为平台参数",
        "valid_from": date(1949, 10, 1),
        "valid_until": None,
        "period_start": "publication",
        "ends_when": "expired",
        "certainty": PARAMETER,
        "periods": [
            ("permit", "", "行政许可", {"until_valid": True, "min_months": 3}, "公示至许可有效期届满，自决定之日起不少于3个月"),
            ("act-enforcement", "", "行政强制", {"until_valid": True, "max_months": 12}, "强制措施解除后不再公示，最长12个月"),
            ("act-confirmation", "", "行政确认", {"until_valid": True, "max_months": 36}, "公示至有效期届满，无有效期的36个月"),
            ("act-levy", "", "行政征收", {"until_valid": True, "max_months": 12}, "公示12个月"),
            ("act-payment", "", "行政给付", {"until_valid": True, "max_months": 12}, "公示12个月"),
            ("act-adjudication", "", "行政裁决", {"until_valid": True, "max_months": 12}, "公示12个月"),
            ("act-compensation", "", "行政补偿", {"until_valid": True, "max_months": 12}, "公示12个月"),
            ("act-award", "", "行政奖励", {"until_valid": True, "max_months": 36}, "公示至有效期届满，无有效期的36个月"),
            ("act-inspection", "", "行政监督检查", {"until_valid": True, "max_months": 12}, "公示12个月"),
            ("commitment", "", "信用承诺", {"until_valid": True, "max_months": 36}, "公示至承诺有效期届满，无有效期的36个月"),
            ("registration", "", "登记注册信息", {}, "在册期间持续公示"),
        ],
    },
]


def load(apps, schema_editor):
    rule_sets = apps.get_model("disclosure", "RuleSet")
    rules = apps.get_model("disclosure", "PeriodRule")
    for given in SETS:
        values = {name: value for name, value in given.items() if name not in ("code", "periods")}
        rule_set, made = rule_sets.objects.get_or_create(code=given["code"], defaults=values)
        if not made:
            continue
        for kind, severity, label, more, basis in given["periods"]:
            rules.objects.create(rule_set=rule_set, kind=kind, severity=severity, label=label, basis=f"{given['basis']}：{basis}"[:300], **more)


def load_as_system(apps, schema_editor):
    """Base data has an actor too: otherwise the history tells it as a change past the application."""
    with acting(SYSTEM):
        load(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0002_history")]
    operations = [migrations.RunPython(load_as_system, migrations.RunPython.noop)]

"""What an installation begins with: purposes, the limits of the review, and a window for the city and each of its districts and counties.

The plan asks for the windows (no. 4) and names no address: what nobody has confirmed is left empty, shown as 待核, and filled in by an
administrator.
"""

from __future__ import annotations

from datetime import date, time
from typing import Any

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import Department
from credit_platform.audit.context import acting
from lookups.models import Purpose, RetentionRule, ReviewLimits, ServiceWindow
from lookups.rules.questions import Scope
from records.identifiers.regions import HARBIN_DISTRICTS

SINCE = date(2020, 10, 16)
"""The day of the plan."""
PLAN = "哈政办规〔2020〕12号第4项、第33项"
FACE = [Scope.REGISTER.value, Scope.PUBLIC.value]
DUTY = [*FACE, Scope.SHARED.value]
ALL = [*DUTY, Scope.AUTHORISED.value]
CITY = "230100"
OFFERED = "信用信息查询、信用报告打印、经营主体账户核验、异议登记、信用修复咨询"

PURPOSES: tuple[dict[str, Any], ...] = (
    {
        "code": "own",
        "name": "本单位查询自身信用信息",
        "sentence": "您单位到窗口查询自己的信用信息。",
        "needs_authorisation": True,
        "opens": ALL,
    },
    {
        "code": "oneself",
        "name": "本人查询自身信用信息",
        "sentence": "您本人到窗口查询自己的信用信息。",
        "organisations": False,
        "persons": True,
        "opens": ALL,
        "basis": f"《个人信息保护法》第四十五条；{PLAN}",
    },
    {
        "code": "authorised",
        "name": "受书面授权查询",
        "sentence": "持您的书面授权书、按授权书载明的目的查询。",
        "persons": True,
        "needs_authorisation": True,
        "opens": ALL,
        "basis": f"参照《征信业管理条例》第十八条；{PLAN}",
    },
    {
        "code": "approval",
        "name": "行政审批、资质审核",
        "sentence": "行政机关办理与您有关的审批、资质审核时查询。",
        "persons": True,
        "needs_case": True,
        "opens": DUTY,
        "basis": "哈政办规〔2020〕12号第28项、第33项",
    },
    {
        "code": "tender",
        "name": "招标投标、政府采购",
        "sentence": "您参加招标投标、政府采购时，组织单位经您同意查询。",
        "needs_authorisation": True,
        "needs_case": True,
        "opens": DUTY,
        "basis": "哈政办规〔2020〕12号第28项、第33项",
    },
    {
        "code": "repair",
        "name": "办理异议、信用修复",
        "sentence": "办理您提出的异议、信用修复时查询。",
        "persons": True,
        "needs_case": True,
        "opens": DUTY,
        "basis": "国办发〔2025〕22号；哈政办规〔2020〕12号第33项",
    },
    {
        "code": "supervision",
        "name": "日常监管、执法办案",
        "sentence": "行政机关依法履行监管、执法职责时查询。",
        "needs_case": True,
        "opens": DUTY,
        "delay_days": 90,
        "delay_reason": "案件办理期间告知可能妨碍履行法定职责（《个人信息保护法》第三十五条）。",
        "basis": "《个人信息保护法》第三十四条、第三十五条；哈政办规〔2020〕12号第33项",
    },
)
LIMITS: dict[str, Any] = {
    "opens": time(7, 30),
    "closes": time(18, 30),
    "most_a_day": 200,
    "most_units": 3,
    "unit_days": 30,
    "drawn": 5,
    "basis": "哈政办规〔2020〕12号第33项要求建立审查制度，未定数值；本市参数，待市信用办核定。",
    "valid_from": SINCE,
}
RETENTION: tuple[tuple[str, int, str], ...] = (
    ("authorisation", 36, "《个人信息保护法》第五十六条：处理情况记录至少保存三年；期满销毁为本市参数"),
    ("foreign", 36, "哈政办规〔2020〕12号第29项未定保存期；三年为本市参数"),
)
"""Kind, months after the end of its use, basis."""


def load() -> list[str]:
    """Enter what is not there; what an administrator has changed since stays. What was loaded, for the shell."""
    with acting(SYSTEM):
        made = {"查询目的": _purposes(), "查询审查参数": _limits(), "服务窗口": _windows(), "保存期限": _retention()}
    return [f"{what} {count} 项" for what, count in made.items() if count]


def _purposes() -> int:
    made = 0
    for order, given in enumerate(PURPOSES, 1):
        if not Purpose.objects.filter(code=given["code"]).exists():
            Purpose.objects.create(**{"basis": PLAN, "order": order * 10, "valid_from": SINCE} | given)
            made += 1
    return made


def _limits() -> int:
    if ReviewLimits.objects.exists():
        return 0
    ReviewLimits.objects.create(**LIMITS)
    return 1


def _retention() -> int:
    made = 0
    for kind, months, basis in RETENTION:
        if not RetentionRule.objects.filter(kind=kind).exists():
            RetentionRule.objects.create(kind=kind, months=months, basis=basis, valid_from=SINCE)
            made += 1
    return made


def _windows() -> int:
    office = Department.objects.filter(short_name="市营商环境局", is_external=False).first()
    wanted = [
        (CITY, "哈尔滨市政务服务大厅信用服务专区", True),
        *((row.code, f"{row.name}政务服务大厅信用服务窗口", False) for row in HARBIN_DISTRICTS),
    ]
    made = 0
    for district, name, municipal in wanted:
        if not ServiceWindow.objects.filter(district=district).exists():
            ServiceWindow.objects.create(
                name=name,
                district=district,
                is_municipal=municipal,
                department=office if municipal else None,
                services=OFFERED,
            )
            made += 1
    return made

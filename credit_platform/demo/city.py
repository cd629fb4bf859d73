"""The demonstration city, put together in the order in which a real one would come about."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from assessment import base_data as assessment
from commitments import base_data as commitments
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import Department, User
from credit_platform.audit.actions import record
from credit_platform.audit.context import acting
from credit_platform.audit.models import AuditEntry
from credit_platform.demo import clock
from credit_platform.demo.accounts import load_accounts, load_departments
from credit_platform.demo.alerts import EarlyWarnings
from credit_platform.demo.assessment import Assessed
from credit_platform.demo.breaches import Aftermath
from credit_platform.demo.campaigns import Campaigns
from credit_platform.demo.checks import ChecksOfTheDay
from credit_platform.demo.companies import load_companies
from credit_platform.demo.complaints import Complaints
from credit_platform.demo.copies import Copies
from credit_platform.demo.education import Education
from credit_platform.demo.exchange import Exchange
from credit_platform.demo.filed import Filed
from credit_platform.demo.grades import Grades
from credit_platform.demo.industry import load_industry
from credit_platform.demo.inspections import Inspections
from credit_platform.demo.joint import JointCourse
from credit_platform.demo.letters import FEW_MONTHS, Letters
from credit_platform.demo.listings import Listings
from credit_platform.demo.lookups import Visits
from credit_platform.demo.national import NationalYear
from credit_platform.demo.objections import load_objections
from credit_platform.demo.oversight import oversight
from credit_platform.demo.reinspections import load_reinspections
from credit_platform.demo.repairs import load_repairs
from credit_platform.demo.reports import load_reports
from credit_platform.demo.subjects import DemoSubject, make_subjects
from credit_platform.demo.uses import load_uses
from credit_platform.demo.visits import Visits as Inspected
from credit_platform.demo.year import REPORTS, Year
from deliveries import base_data as deliveries
from disclosure.actions.published import end_due
from disclosure.actions.reminders import remind
from education import base_data as education
from industry import base_data as industry
from lookups import base_data as lookups
from objections import base_data as objections
from records.imports.batches.batches import Options, receive
from records.imports.batches.engine import run
from records.models import Subject
from repair import base_data as repair
from reports import base_data as report_rows
from sanctions import base_data as sanctions
from supervision.alerts import base_data as alerts
from supervision.campaigns import base_data as campaigns
from supervision.complaints import base_data as complaints
from supervision.grading import base_data as grading
from supervision.inspections import base_data as inspections

SEED = 20201016
SUBJECTS = 3000
SPOKEN_OF = 1200
BASES = (
    commitments,
    sanctions,
    repair,
    objections,
    deliveries,
    education,
    report_rows,
    lookups,
    industry,
    complaints,
    grading,
    campaigns,
    inspections,
    alerts,
    assessment,
)
"""What an installation begins with, in this order."""
BEGUN, LOADED = "demo.begin", "demo.loaded"
"""What the audit says before the first department and after the last item."""


def is_empty() -> bool:
    """Whether there is nothing yet that a demonstration could disturb."""
    return not Department.objects.exists() and not Subject.objects.exists()


def is_half_loaded() -> bool:
    """Whether a loading began in this database and never came to its end: it was killed, or something failed.

    A city is built by a year of true actions, each with its own transaction, so a beginning cannot be taken back.
    """
    told = set(AuditEntry.objects.filter(verb__in=(BEGUN, LOADED)).values_list("verb", flat=True).distinct())
    return BEGUN in told and LOADED not in told


def load(today: date, tell: Callable[[str], None], *, subjects: int = SUBJECTS, reports: int = REPORTS) -> None:
    """Build the city as it stands on `today`: `subjects` of them, each department reporting `reports` times in the year.

    The same seed gives the same city. Some tens of seconds at full size.
    """
    with acting(SYSTEM):
        record(BEGUN, by=SYSTEM, after={"subjects": subjects, "reports": reports})
    random = Random(SEED)
    departments = _begin(tell)
    people = make_subjects(subjects, random)
    _register(people, departments["scjgj"], today - timedelta(days=431), today)
    tell(f"信用主体 {len(people)} 个")
    year = Year(today, random.sample(people, min(SPOKEN_OF, len(people))), departments, random, reports)
    days = year.report_days()
    for position, (day, code) in enumerate(days, 1):
        year.report(day, code)
        if position % 100 == 0:
            tell(f"部门报送 {position}/{len(days)} 次")
    copies = Copies(today)
    copies.begin()
    year.acts()
    end_due(today)
    year.afterwards()
    year.last_days()
    letters = Letters(today, people, random) if reports == REPORTS else Letters(today, people, random, FEW_MONTHS, 1)
    tell(f"承诺书 {letters.build()} 份")
    tell(f"违诺处理 {Aftermath.of(today).build()} 件")
    tell(f"名单认定 {Listings(today).build()} 件")
    letters.settle()
    load_companies()
    tell(f"经营主体账户和自主申报，培训证书 {Education(today).build()} 份")
    tell(f"投诉举报 {Complaints(today, people).build()} 件")
    tell(f"公布名单条目和整改事项 {Filed.of(today).build()} 件")
    tell(f"联合奖惩任务 {JointCourse(today).build()} 项，国家系统事件 {NationalYear(today, people).build()} 件")
    exchange = Exchange.begun(today)
    tell(f"信用修复 {load_repairs(today)} 件，复核 {load_reinspections(today)} 件")
    tell(f"异议 {load_objections(today)} 件")
    tell(f"外来等级和监管等级 {Grades(today).build()} 个")
    tell(f"信用核查 {ChecksOfTheDay(today).build()} 次")
    tell(f"信用服务机构 {load_industry(today)} 家，数据交换消息 {exchange.build()} 条")
    tell(f"信用报告 {load_reports(today)} 份，报告使用和异地报告 {load_uses(today)} 件")
    tell(f"窗口查询 {Visits(today).build()} 次，专项治理 {Campaigns.of(today).build()} 项")
    tell(f"变更送达 {copies.build()} 条，公示巡查一次，信用预警 {EarlyWarnings(today).build()} 件")
    _supervise(today, tell)
    with acting(SYSTEM):
        record(LOADED, by=SYSTEM)
    tell("近期待办事项")


def _begin(tell: Callable[[str], None]) -> dict[str, Department]:
    """Departments with their accounts, and the rows that an installation begins with."""
    departments = load_departments()
    load_accounts(departments)
    tell(f"部门 {len(departments)} 个及账号")
    for line in (line for base in BASES for line in base.load()):
        tell(line)
    return departments


def _supervise(today: date, tell: Callable[[str], None]) -> None:
    """What the city looks at on its own: what is due, what is urged, whom the lot meets."""
    with clock.at(today, 8, 5):
        tell(f"到期提醒 {remind(today)} 条")
    tell(f"督办和检查点 {oversight(today)} 项")
    tell(f"双随机抽查任务 {Inspections.of(today).build()} 项，检查 {Inspected.of(today).build()} 件")
    tell(f"考核月份 {Assessed.of(today).build()} 个")


def _register(people: list[DemoSubject], department: Department, opening: date, today: date) -> None:
    """The register of market entities as its registrar sends it: what stood on the opening day, later ones month by month."""
    months: dict[date, list[DemoSubject]] = defaultdict(list)
    for subject in people:
        since = subject.registered_on or opening
        later = (since.replace(day=28) + timedelta(days=7)).replace(day=1)
        months[opening if since <= opening else min(later, today)].append(subject)
    clerk = User.objects.get(username=f"{department.code}_lr")
    for day, subjects in sorted(months.items()):
        with clock.at(day, 9):
            body = json.dumps([_registration(subject) for subject in subjects], ensure_ascii=False).encode()
            options = Options(standard="registration", department=department, channel="api")
            run(receive([body], f"登记注册_{day:%Y%m%d}.json", options, by=clerk).pk)


def _registration(subject: DemoSubject) -> dict[str, str]:
    return {
        "QYMC": subject.name,
        "TYSHXYDM": subject.code,
        "CLRQ": subject.registered_on.isoformat() if subject.registered_on else "",
        "QYLX": subject.form,
        "FDDBR": subject.legal_rep,
        "ZCZB": subject.capital,
        "JYFW": subject.scope,
        "SF": "黑龙江省",
        "CS": "哈尔滨市",
        "ZS": subject.address,
        "DJZT": "存续",
    }

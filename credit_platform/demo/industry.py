"""Agencies and associations of the demonstration city: one registered and authorised by a firm, one that waits; an association with members; pilots."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from casework.rules.attachments import AttachedFile
from companies.models import CompanyAccount
from credit_platform.accounts.actions.clients import issue_api_client
from credit_platform.accounts.models import Department, User
from credit_platform.demo import clock
from credit_platform.demo.companies import LOGINS, company_account
from credit_platform.errors import Refused
from industry.agencies import actions as agencies
from industry.agencies.models import Agency
from industry.associations import actions as associations
from industry.pilots import actions as pilots
from industry.pilots.models import Indicator
from records.models import Subject

AGENCY, WAITING, ASSOCIATION = "jigou01", "jigou02", "xiehui01"
EVIDENCE = AttachedFile("办理时间统计.pdf", b"%PDF-1.4\n% made up for the demonstration\n%%EOF\n")
GIVEN = {
    "kinds": ["consulting", "guarantee"],
    "fields_of_work": ["analysis", "warning"],
    "filings": "",
    "staff": 16,
    "practice": "为中小企业提供信用管理咨询和融资信用评估。",
}


def load_industry(today: date) -> int:
    """How many agencies there are."""
    office, second = User.objects.get(username="xyb"), User.objects.get(username="xyb2")
    firm = CompanyAccount.objects.active().select_related("subject").filter(login=LOGINS[0]).first()
    if firm is None or office.department is None:
        return 0
    taken = set(CompanyAccount.objects.values_list("subject_id", flat=True))
    subjects = Subject.objects.filter(kind="legal", code__isnull=False).exclude(pk__in=taken).order_by("-pk")[:3]
    accounts = [
        company_account(each, login) for each, login in zip(subjects, (AGENCY, WAITING, ASSOCIATION), strict=False)
    ]
    if len(accounts) < 3:
        return 0
    with clock.at(today - timedelta(days=50), 9):
        row = agencies.apply(GIVEN, department=office.department, promise=True, by=accounts[0])
        row = agencies.verify(row, by=office, seen=str(row.version))
    with clock.at(today - timedelta(days=48), 10):
        row = agencies.register(row, by=second, seen=str(row.version))
        _connected(row, office)
    _authorised(row, firm, today)
    with clock.at(today - timedelta(days=1), 9):
        agencies.apply(GIVEN | {"kinds": ["consulting"]}, department=office.department, promise=True, by=accounts[1])
    _association(accounts[2], firm, today)
    _pilots(office, today)
    return Agency.objects.count()


def _connected(row: Agency, office: User) -> None:
    keeper = User.objects.get(username="aqgl")
    client, _ = issue_api_client(
        f"{row.subject.name}接口", by=keeper, department=row.department, scopes=["agency.read"]
    )
    row.refresh_from_db()
    agencies.connect(row, client=client, quota=50, by=office, seen=str(row.version))


def _authorised(row: Agency, firm: CompanyAccount, today: date) -> None:
    """The firm opens itself to the agency; one call is answered, one about somebody else is refused."""
    agency = Agency.objects.select_related("subject", "client").get(pk=row.pk)
    with clock.at(today - timedelta(days=20), 9):
        agencies.authorise(agency, reason="申请流动资金贷款的信用评估。", ends_on=today + timedelta(days=100), by=firm)
    assert agency.client is not None  # noqa: S101 - connected above
    with clock.at(today - timedelta(days=19), 14):
        agencies.call(firm.subject.code or "", matter="流动资金贷款评估", by=agency.client)
        try:
            agencies.call(agency.subject.code or "", matter="试查", by=agency.client)
        except Refused:
            return


def _association(account: CompanyAccount, firm: CompanyAccount, today: date) -> None:
    clerk, reviewer = User.objects.get(username="scjgj_lr"), User.objects.get(username="scjgj_sh")
    with clock.at(today - timedelta(days=40), 9):
        row = associations.draft(
            account.subject,
            scope="会员诚信自律和培训",
            document=f"哈市监协授〔{today.year}〕示例1号",
            valid_from=today - timedelta(days=40),
            valid_until=today + timedelta(days=700),
            department=Department.objects.get(code="scjgj"),
            by=clerk,
        )
        row = associations.authorise(row, by=reviewer, seen=str(row.version))
    with clock.at(today - timedelta(days=30), 9):
        member = associations.admit(row, firm.subject, since=today - timedelta(days=30), by=account)
        words = {"title": "全员参加诚信经营培训", "text": "组织员工学习行业自律公约并考试。"}
        shown = associations.enter(member, kind="training", on=today - timedelta(days=30), by=account, **words)
        associations.consent(shown, by=firm)
        words = {"title": "提醒按期交付", "text": "两次迟延交付会员订单，予以行业内提醒。"}
        associations.enter(member, kind="warning", on=today - timedelta(days=30), by=account, **words)


def _pilots(office: User, today: date) -> None:
    """One that runs and was measured, one that waits for the credit office."""
    clerk = User.objects.select_related("department").get(username="scjgj_lr")
    assert clerk.department is not None  # noqa: S101 - the demonstration's own accounts
    with clock.at(today - timedelta(days=90), 9):
        case = pilots.propose(
            title="食品经营许可告知承诺试点",
            theme="commitment",
            plan="新办食品经营许可采用告知承诺方式，当场作出决定，三十日内核查履约情况。",
            indicators="平均办理时间,工作日,10,1\n履约率,%,80,95",
            starts_on=today - timedelta(days=85),
            ends_on=today + timedelta(days=200),
            department=clerk.department,
            by=clerk,
        )
    with clock.at(today - timedelta(days=86), 9):
        case = pilots.agree(case, by=office)
    with clock.at(today - timedelta(days=10), 9):
        first = Indicator.objects.filter(pilot_id=case.pk).order_by("pk").first()
        assert first is not None  # noqa: S101 - proposed above
        pilots.measure(case, indicator=first, value=Decimal("2.5"), evidence=[EVIDENCE], by=clerk)
    with clock.at(today - timedelta(days=1), 9):
        pilots.propose(
            title="“信用+”集中供热缴费试点",
            theme="plus",
            plan="对信用良好的单位缴纳供热费用实行分期，不对其他单位作出限制。",
            indicators="参加单位,家,0,200",
            starts_on=today + timedelta(days=10),
            ends_on=today + timedelta(days=300),
            department=clerk.department,
            by=clerk,
        )

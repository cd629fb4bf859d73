"""Agencies and associations of the demonstration city: one registered and authorised by a firm, one that waits; an association with members."""

from __future__ import annotations

from datetime import date, timedelta

from companies.models import CompanyAccount
from credit_platform.accounts.actions.clients import issue_api_client
from credit_platform.accounts.models import Department, User
from credit_platform.demo import clock
from credit_platform.demo.companies import LOGINS, company_account
from credit_platform.errors import Refused
from industry.agencies import actions as agencies
from industry.agencies.models import Agency
from industry.associations import actions as associations
from records.models import Subject

AGENCY, WAITING, ASSOCIATION = "jigou01", "jigou02", "xiehui01"
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

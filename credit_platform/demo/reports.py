"""Credit reports of the demonstration city: asked for at the site, by a company, at the window and for an approval."""

from __future__ import annotations

from datetime import date, timedelta

from companies.models import CompanyAccount
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import Department, User
from credit_platform.audit.context import acting
from credit_platform.demo import clock
from disclosure.models import Disclosure
from records.models import Subject
from reports.actions import Asked, Wanted, issue, issue_proof, share
from reports.models import ProofField, ReportPurpose
from reports.rules.channels import Channel
from reports.rules.proof import Period

BASIS = "黑龙江省信用代证（2025年7月28日起施行）；证明单位为演示数据"
FIELDS = [("market", "市场监管", "scjgj"), ("housing", "住房和城乡建设", "zjj")]
SITE = "http://127.0.0.1:8000/"


def load_reports(today: date) -> int:
    """Eight reports of the last days, one of them shared; how many."""
    rows = Disclosure.objects.filter(state="published", kind="penalty", subject__kind="legal").exclude(
        subject__code=None
    )
    subjects = [
        Subject.objects.get(pk=pk) for pk in rows.order_by().values_list("subject_id", flat=True).distinct()[:3]
    ]
    clerk, window = User.objects.get(username="scjgj_lr"), User.objects.get(username="ckry")
    for place, subject in enumerate(subjects):
        with clock.at(today - timedelta(days=3 - place), 10, 30):
            issue(subject, _asked("trade", Channel.PUBLIC), site=SITE)
        with clock.at(today - timedelta(days=3 - place), 14, 5):
            case = f"哈审〔{today.year}〕{place + 1:04d}号"
            by = (clerk, window)[place % 2]
            channel = (Channel.DESK, Channel.WINDOW)[place % 2]
            issue(subject, _asked("approval", channel, matter="食品经营许可延续", case_number=case), by=by, site=SITE)
    _fields()
    return 2 * len(subjects) + _of_company(today)


def _fields() -> None:
    with acting(SYSTEM):
        for code, name, department in FIELDS:
            made = ProofField.objects.create(code=code, name=name, basis=BASIS, valid_from=date(2025, 7, 28))
            made.departments.set([Department.objects.get(code=department)])


def _of_company(today: date) -> int:
    account = CompanyAccount.objects.active().select_related("subject").order_by("pk").first()
    if account is None:
        return 0
    with clock.at(today - timedelta(days=1), 9, 40):
        made = issue(account.subject, _asked("finance", Channel.COMPANY), by=account, site=SITE)
        period = Period(today - timedelta(days=1095), today - timedelta(days=1))
        wanted = Wanted(tuple(code for code, *_ in FIELDS), period)
        issue_proof(account.subject, _asked("tender", Channel.COMPANY), wanted, by=account, site=SITE)
        share(made.report, receiver="示例银行哈尔滨分行", until=today + timedelta(days=30), by=account)
    return 2


def _asked(purpose: str, channel: Channel, *, matter: str = "", case_number: str = "") -> Asked:
    row = ReportPurpose.objects.get(code=purpose)
    return Asked(purpose=row, channel=channel, matter=matter, case_number=case_number)

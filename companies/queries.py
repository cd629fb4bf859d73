"""Questions about accounts: whose they are, which wait, and whether a subject is in the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from companies.models import CompanyAccount, CompanyAccountQuerySet
from companies.rules import AccountState, signs_again_at
from credit_platform.accounts.models import Department
from credit_platform.errors import Finding, Level
from credit_platform.web.formats import cn_datetime
from credit_platform.web.keyset import CappedCount, capped_count
from records.identifiers.clean import clean_code
from records.identifiers.names import normalise
from records.models import Subject, SubjectKind
from records.queries import canonical

UNKNOWN = "登记信息中没有这个统一社会信用代码。"
UNKNOWN_MEND = "请对照营业执照核对；新设立的主体须待登记机关报送后申请，也可以到政务服务大厅信用窗口咨询。"
OTHER_NAME = "名称与登记信息不一致，请填写营业执照或者登记证书上的全称。"


def subject_called(code: str, name: str) -> tuple[Subject | None, list[Finding]]:
    """The subject of the register with a code and a present name, and what stands against it (fields `code`, `name`).

    Only what the public register tells anyway is told. A code of a subject that was merged leads to the one that is kept.
    """
    cleaned = clean_code(code)
    if not cleaned:
        return None, [Finding("company.code", Level.ERROR, "请填写统一社会信用代码。", field="code")]
    found = Subject.objects.exclude(kind=SubjectKind.PERSON).filter(code=cleaned).first()
    if found is None:
        return None, [Finding("company.code", Level.ERROR, UNKNOWN, mend=UNKNOWN_MEND, field="code")]
    subject = canonical(found)
    names = {normalise(found.name), normalise(subject.name)}
    if normalise(name) not in names:
        return subject, [Finding("company.name", Level.ERROR, OTHER_NAME, field="name")]
    return subject, []


def canonical_subject(account: CompanyAccount) -> Subject:
    """Whom an account acts for today: its subject, or the one that it was merged into."""
    return canonical(account.subject)


def accounts() -> CompanyAccountQuerySet:
    """All accounts with what a list shows; the encrypted phone stays in the database."""
    return (
        CompanyAccount.objects.select_related("subject", "confirmed_by", "confirmed_at_department")
        .defer("phone", "password")
        .order_by("-applied_at", "-id")
    )


def found_at_window(text: str) -> list[CompanyAccount]:
    """Accounts by receipt, whole code, or beginning of the subject's name; those that wait first, twenty at most."""
    wanted = clean_code(text)
    if len(wanted) < 2:
        return []
    by_number = accounts().filter(receipt=wanted) | accounts().filter(subject__code=wanted)
    rows = list(by_number[:20]) or list(accounts().filter(subject__name__startswith=text.strip())[:20])
    return sorted(rows, key=lambda row: row.state != "applied")


def waiting(user: object, on: date) -> CappedCount:
    """How many applications wait for somebody with the papers: for the window's screen."""
    return capped_count(CompanyAccount.objects.filter(state=AccountState.APPLIED))


def register_unit() -> int:
    """The department whose clerks confirm applications beside the windows: the registering authority of the city; 0 when there is none."""
    found = Department.objects.by_code(settings.DECLARATION_DEPARTMENT)
    return found.pk if found else 0


def answering_unit(account: CompanyAccount) -> int:
    """The department that answers for an account: the one that confirmed it, else the registering authority."""
    return account.confirmed_at_department_id or register_unit()


def signs_from(account: CompanyAccount) -> datetime | None:
    """From when an account may sign online again; None when nothing stands in the way.

    The time runs from a reset, and from the opening of a further account of the same subject, which a reset could be dressed up as.
    An account of the unified login has proved itself there.
    """
    if not account.has_password:
        return None
    others = CompanyAccount.objects.filter(subject_id=account.subject_id, confirmed_at__isnull=False)
    further = others.filter(confirmed_at__lt=account.confirmed_at).exists() if account.confirmed_at else False
    moments = [account.reset_at, account.confirmed_at if further else None]
    until = signs_again_at(moments, hours=settings.SIGNING_PAUSE_HOURS)
    return until if until is not None and until > timezone.now() else None


NOTICE_DAYS = 30
"""Calendar days for which a company is told on its home page what was done with its accounts."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What was done with an account of the company: in words, and what to do when nobody asked for it."""

    text: str
    at: datetime


def notices(account: CompanyAccount) -> list[Notice]:
    """What every handler of a subject is told: passwords that were reset, and further accounts that were opened; newest first."""
    since = timezone.now() - timedelta(days=NOTICE_DAYS)
    rows = CompanyAccount.objects.filter(subject_id=account.subject_id).defer("phone", "password")
    rows = rows.select_related("reset_at_department", "confirmed_at_department")
    found = [_reset_told(row, account) for row in rows.filter(reset_at__gte=since) if row.reset_at]
    opened = rows.filter(confirmed_at__gte=since).exclude(pk=account.pk).exclude(~Q(outside_id=""))
    found += [_opening_told(row) for row in opened if row.confirmed_at]
    return sorted(found, key=lambda notice: notice.at, reverse=True)


def _reset_told(row: CompanyAccount, account: CompanyAccount) -> Notice:
    assert row.reset_at
    whose = "本账户" if row.pk == account.pk else f"本主体另一账户（经办人{row.handler}）"
    unit = row.reset_at_department or "政务服务窗口"
    when = cn_datetime(timezone.localtime(row.reset_at))
    return Notice(f"{when}，{unit}重置了{whose}的登录密码。原因：{row.reset_reason}。", row.reset_at)


def _opening_told(row: CompanyAccount) -> Notice:
    assert row.confirmed_at
    unit = row.confirmed_at_department or "政务服务窗口"
    when = cn_datetime(timezone.localtime(row.confirmed_at))
    return Notice(f"{when}，{unit}为本主体开通了另一账户，经办人{row.handler}。", row.confirmed_at)

"""Accounts of companies in the demonstration: applied for, opened at the window, and what they declared, all through the true actions."""

from __future__ import annotations

from django.utils import timezone

from casework.models import Case
from commitments.breaches.rules import BREACH, BreachState
from commitments.models import CommitmentLetter
from companies.actions import apply, confirm
from companies.models import CompanyAccount
from companies.rules import PAPERS
from credit_platform.accounts.models import User
from declarations import actions as declarations
from declarations.models import Declaration
from records.models import Subject

PASSWORD = "Firm@Harbin2026"  # noqa: S105 - printed at every start of the demonstration, never used elsewhere
LOGINS = ("qiye01", "qiye02", "geti01")
WAITING = "qiye03"
DECLARED = (
    ("licence", "通过质量管理体系认证", "本单位于今年三月通过质量管理体系认证，证书在有效期内。"),
    ("charity", "向社区捐赠防寒物资", "本单位向所在社区捐赠防寒物资一批，用于帮助困难群众过冬。"),
)


def load_companies() -> None:
    """Three accounts, one application that waits, two declarations that are shown and one that waits for review."""
    firms = _subjects("legal", _with_missing_papers(), 3)
    traders = _subjects("sole_trader", _told_of_a_breach(), 1)
    opened = [company_account(subject, login) for subject, login in zip([*firms[:2], *traders], LOGINS, strict=False)]
    if len(firms) > 2:
        _applied(firms[2], WAITING)
    for account, (kind, title, body) in zip(opened, DECLARED, strict=False):
        row = _declared(account, kind, title, body)
        reviewer = User.objects.filter(department=row.department, roles__contains=["reviewer"]).first()
        if reviewer is not None:
            declarations.accept(row, by=reviewer, version=str(row.version))
    if opened:
        _declared(opened[0], "contract", "按期完成供货合同", "本单位今年按期完成供货合同十二份，没有违约。")


def _subjects(kind: str, first: list[int], most: int) -> list[Subject]:
    """Who gets an account: one of `first` when it is of the kind, then the oldest."""
    rows = Subject.objects.filter(kind=kind, code__isnull=False)
    chosen = list(rows.filter(pk__in=first).order_by("pk")[:1])
    return [*chosen, *rows.exclude(pk__in=[each.pk for each in chosen]).order_by("pk")[: most - len(chosen)]]


def _with_missing_papers() -> list[int]:
    """Subjects with papers to bring: something to do on the home page of the first account."""
    open_ones = CommitmentLetter.objects.shortfall_open().filter(shortfall_due_on__gte=timezone.localdate())
    return list(open_ones.values_list("subject_id", flat=True))


def _told_of_a_breach() -> list[int]:
    """Subjects that may state and defend themselves."""
    rows = Case.objects.of(BREACH).filter(state=BreachState.SERVED, hearing__until__gte=timezone.localdate())
    return list(rows.filter(hearing__statement_on__isnull=True).values_list("subject_id", flat=True))


def company_listing() -> list[tuple[str, str]]:
    """Login name and what it is, of those that are open."""
    rows = CompanyAccount.objects.active().filter(login__in=LOGINS).select_related("subject").order_by("pk")
    return [(row.login, row.subject.name) for row in rows]


def company_account(subject: Subject, login: str) -> CompanyAccount:
    """An account of a subject that is open, by application and confirmation at the window."""
    window = User.objects.get(username="ckry")
    return confirm(_applied(subject, login), by=window, papers=list(PAPERS))


def _applied(subject: Subject, login: str) -> CompanyAccount:
    return apply(
        code=subject.code or "",
        name=subject.name,
        handler="示例经办人",
        phone="13800000000",
        login=login,
        password=PASSWORD,
    )


def _declared(account: CompanyAccount, kind: str, title: str, body: str) -> Declaration:
    given = {"kind": kind, "title": title, "body": body, "happened_on": None, "valid_until": None}
    return declarations.submit(declarations.save(given, by=account), by=account)

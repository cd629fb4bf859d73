"""Getting in: log-in, passwords, and the account that the unified login opens. Lock-out is counted by the pages (`lockout.py`)."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password, make_password
from django.utils import timezone

from companies.actions.base import (
    PASSWORD,
    locked,
    new_session_version,
    password_findings,
    refuse,
    require_other,
    required_reason,
    set_password,
    write,
)
from companies.models import CompanyAccount
from companies.queries import answering_unit, canonical_subject, signs_from, subject_called
from companies.rules import AccountState
from credit_platform.accounts import policy, rules
from credit_platform.accounts.actions.passwords import first_password, keep_used
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.audit.plain import clean_text
from credit_platform.errors import Conflict, Finding, Forbidden, Level, Refused
from credit_platform.web.formats import cn_datetime
from records.models import Subject

WRONG = "登录名或者密码不正确。"
NOT_YET = {
    AccountState.APPLIED: "账户申请尚未核验，请携带材料到政务服务大厅信用窗口办理后再登录。",
    AccountState.SUSPENDED: "该账户已停用。",
}


def log_in(login: str, password: str) -> CompanyAccount:
    """The active account of a login name and password. Every failure reads the same, also in time, so that nobody learns of accounts;
    only who knows the password is told that an account waits or is suspended. Raises Refused; leaves an audit row either way.
    """
    name = rules.account_name(clean_text(login))
    found = CompanyAccount.objects.holding_login().select_related("subject").filter(login__iexact=name).first()
    if found is None or not found.has_password:
        make_password(password)
        _failed(found)
    elif not check_password(password, found.password):
        _failed(found)
    elif found.state != AccountState.ACTIVE:
        raise Refused(
            "company.not-active", NOT_YET[AccountState(found.state)], mend=found.reason and f"原因：{found.reason}"
        )
    else:
        return entered(found)
    raise Refused("company.login", WRONG)


def entered(account: CompanyAccount, *, how: str = "password") -> CompanyAccount:
    """Note that an account came in: its last log-in, and an audit row."""
    with acting(account):
        account.last_login = timezone.now()
        account.save(update_fields=["last_login"])
        audit.record("companies.login", account, by=account, detail={"how": how})
    return account


def log_out(account: CompanyAccount, *, idle: bool = False) -> None:
    """Note that an account left, by itself or after silence."""
    audit.record("companies.idle_logout" if idle else "companies.logout", account, by=account)


def prove(account: CompanyAccount, *, password: str, field: str = "password") -> None:
    """Whoever is logged in proves again with the password to be the one. Raises Refused at `field`; pages count it (`lockout.prove`)."""
    current = CompanyAccount.objects.only("password").get(pk=account.pk)
    if not current.has_password or not check_password(password, current.password):
        text = "密码不正确。"
        raise Refused("company.password", text, findings=[Finding("company.password", Level.ERROR, text, field=field)])


def require_signing(account: CompanyAccount) -> None:
    """Refused while an account that came into new hands may not sign online yet, with the moment from which it may."""
    if until := signs_from(account):
        told = cn_datetime(timezone.localtime(until))
        raise Refused(
            "company.pause",
            f"本账户的密码刚由工作人员重置，或者账户刚开通，{told}前不能在线签署。",
            mend="急需办理的，可以到政务服务大厅信用窗口书面签署。",
        )


def change_password(account: CompanyAccount, *, by: CompanyAccount, old: str, new: str) -> CompanyAccount:
    """Change one's own password; other open sessions end.

    Raises Forbidden for another account, Refused when the old one is wrong (field `old`) or the new one is against the rules.
    """
    with acting(by):
        row = locked(account)
        if by.pk != row.pk or row.state != AccountState.ACTIVE:
            raise Forbidden("companies.own", "只能修改本账户的密码。")
        if not row.has_password or not check_password(old, row.password):
            text = "原密码不正确。"
            raise Refused("company.password", text, findings=[Finding("company.old", Level.ERROR, text, field="old")])
        refuse("company.password", password_findings(new, row))
        set_password(row, new)
        row.must_change_password = False
        write(row, *PASSWORD)
        keep_used(row)
        audit.record("companies.change_password", row, by=by)
    return row


def reset_password(account: CompanyAccount, *, by: User, reason: str) -> str:
    """Give an account a new password, shown once, which must be changed at log-in; open sessions end.

    Windows may, and the unit that confirmed the account, after the handler was identified; never who applied for it. The company is
    told on its home page, and the account cannot sign online for SIGNING_PAUSE_HOURS. Raises Conflict for an account that is not
    active, or that belongs to the unified login.
    """
    with acting(by):
        row = locked(account)
        policy.require(by, "companies.reset", answering_unit(row))
        require_other(row, by)
        if row.state != AccountState.ACTIVE or not row.has_password:
            raise Conflict("company.password", "只有已开通、以密码登录的账户可以重置密码。")
        row.reset_reason = required_reason(reason)
        row.reset_at, row.reset_at_department = timezone.now(), by.department
        secret = first_password()
        set_password(row, secret)
        row.must_change_password = True
        write(row, *PASSWORD, "reset_at", "reset_at_department", "reset_reason")
        keep_used(row)
        audit.record("companies.reset_password", row, by=by, reason=row.reset_reason, unit_id=by.department_id)
    return secret


def open_by_outside_login(*, code: str, name: str, person: str, outside_id: str, label: str) -> CompanyAccount:
    """The account of a person for whom the unified login answers; opened at once when there is none.

    `code` and `name` must be those of the register of subjects. Raises Refused in Chinese words otherwise, and for a suspended account.
    """
    with acting(SYSTEM):
        subject, findings = subject_called(code, name)
        if subject is None or findings:
            text = findings[0].text if findings else "统一认证没有给出统一社会信用代码。"
            raise Refused("company.outside", text, mend="请核对统一认证中登记的单位，或者到政务服务大厅信用窗口办理。")
        Subject.objects.select_for_update().get(pk=subject.pk)  # two log-ins at once open one account
        known = CompanyAccount.objects.holding_login().select_related("subject").filter(outside_id=outside_id)
        row = next((each for each in known if canonical_subject(each) == subject), None)
        if row is None:
            row = _opened(subject, person, outside_id, label)
        elif row.state != AccountState.ACTIVE:
            raise Refused("company.not-active", NOT_YET[AccountState(row.state)], mend=row.reason)
    return entered(row, how="outside")


def _opened(subject: Subject, person: str, outside_id: str, label: str) -> CompanyAccount:
    row = CompanyAccount.objects.create(
        subject=subject,
        login=f"oidc-{new_session_version()[:16]}",
        password=make_password(None),
        handler=person[:60],
        state=AccountState.ACTIVE.value,
        receipt=f"RZ{new_session_version()[:16]}",
        outside_id=outside_id,
        confirmed_at=timezone.now(),
        evidence=f"统一认证：{label}"[:300],
        session_key=new_session_version(),
    )
    audit.record("companies.confirm", row, by=SYSTEM, after={"state": row.state, "evidence": row.evidence})
    return row


def _failed(known: CompanyAccount | None) -> None:
    """Only accounts are named: people type their password into the other field too."""
    detail = None if known else {"account": "不存在的账户"}
    audit.record("companies.login_failed", known, by=SYSTEM, detail=detail)

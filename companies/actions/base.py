"""What every verb of an account shares: its lock, its password, its word to the audit."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from companies.models import CompanyAccount
from companies.rules import is_oneself
from credit_platform.accounts.actions.passwords import password_errors
from credit_platform.accounts.actors import Actor
from credit_platform.errors import DomainError, Finding, Forbidden, Level, Refused

PASSWORD = ("password", "session_key", "must_change_password", "password_changed_at")


def locked(account: CompanyAccount) -> CompanyAccount:
    """The account's row, locked for the transaction, with its subject."""
    return CompanyAccount.objects.select_for_update(of=("self",)).select_related("subject").get(pk=account.pk)


def new_session_version() -> str:
    """What sessions of the account must know; a new one ends all that are open."""
    return secrets.token_hex(16)


def require_other(row: CompanyAccount, by: Actor) -> None:
    """Forbidden for whoever applied for the account or bears its handler's name, at whatever department the person is by now."""
    if is_oneself(applied_by=row.applied_by_id, handler=row.handler, user_id=by.actor_id or 0, user_name=by.actor_name):
        raise Forbidden(
            "companies.oneself",
            "本人申请或者与经办人同名的账户，不能由本人办理。",
            mend="请由另一名工作人员核验后办理。",
        )


def required_reason(reason: str) -> str:
    """The reason without blanks around it; Refused when there is none."""
    if not reason.strip():
        text = "请写明原因。"
        raise Refused("company.reason", text, findings=[Finding("company.reason", Level.ERROR, text, field="reason")])
    return reason.strip()[:300]


def write(row: CompanyAccount, *fields: str) -> None:
    """Save the named fields and count the version up."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def refuse(code: str, findings: Sequence[Finding], *, kind: type[DomainError] = Refused) -> None:
    """Raise `kind` with all findings when there is one."""
    if findings:
        raise kind(code, " ".join(finding.text for finding in findings), findings=findings)


def password_findings(password: str, account: CompanyAccount) -> list[Finding]:
    """What the password rules of staff say against a password; the field is `password`."""
    return password_errors(password, account, rule="company.password")


def set_password(row: CompanyAccount, password: str) -> None:
    """Keep the digest; the caller saves the fields of `PASSWORD` and calls `keep_used`."""
    row.password = make_password(password)
    row.session_key = new_session_version()
    row.password_changed_at = timezone.now()

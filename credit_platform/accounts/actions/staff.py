"""Staff accounts: opened, given roles, moved, locked. Only the security administrator may, and never upon oneself."""

from __future__ import annotations

from collections.abc import Sequence

from credit_platform.accounts import lockout, policy, rules
from credit_platform.accounts.actions.passwords import first_password, keep_used, password_errors, require_one_hand
from credit_platform.accounts.actions.validation import check, insert, refuse
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import Department, User
from credit_platform.accounts.rules.proposals import gives_guarded
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden


def create_user(
    username: str,
    *,
    by: Actor,
    full_name: str,
    roles: Sequence[str] = (),
    department: Department | None = None,
    password: str | None = None,
    reason: str = "",
) -> tuple[User, str]:
    """Open an account; gives the account and its first password, which is shown once and must be changed at log-in.

    Needs accounts.manage. Raises Conflict for a guarded role (`proposals.propose_opening`); Refused for a bad or taken user name,
    roles that exclude each other (GB/T 22239-2019,
    8.1.5), a business role without a department, or a given password that is too weak.
    """
    with acting(by):
        policy.require(by, "accounts.manage")
        require_one_hand(roles, by)
        refuse("accounts.roles", rules.role_findings(roles, has_department=department is not None))
        user = User(
            username=username.strip(),
            full_name=full_name.strip(),
            roles=_in_order(roles),
            department=department,
            must_change_password=True,
        )
        check(user, "accounts.user", exclude=["password"])
        secret = password or first_password()
        refuse("accounts.password", password_errors(secret, user))
        user.set_password(secret)
        insert(user, "accounts.user")
        keep_used(user)
        audit.record("accounts.create", user, by=by, after=_rights(user) | {"username": user.username}, reason=reason)
    return user, secret


def rename_user(user: User, full_name: str, *, by: Actor, reason: str = "") -> User:
    """Correct a person's name. Needs accounts.manage; never one's own. Raises Refused for an empty or too long name."""
    with acting(by):
        row = _locked(user, by)
        before = row.full_name
        row.full_name = full_name.strip()
        check(row, "accounts.user", exclude=["password"])
        row.save(update_fields=["full_name"])
        after = {"full_name": row.full_name}
        audit.record("accounts.rename", row, by=by, before={"full_name": before}, after=after, reason=reason)
    return row


def set_roles(user: User, roles: Sequence[str], *, by: Actor, reason: str = "") -> User:
    """Replace the roles of an account. Needs accounts.manage; never one's own. Raises Refused and Conflict as `create_user`."""
    with acting(by):
        row = _locked(user, by)
        if gives_guarded(row.roles, roles):
            require_one_hand(roles, by)
        refuse("accounts.roles", rules.role_findings(roles, has_department=row.department_id is not None))
        before = _rights(row)
        row.roles = _in_order(roles)
        row.save(update_fields=["roles"])
        audit.record("accounts.set_roles", row, by=by, before=before, after=_rights(row), reason=reason)
    return row


def move_user(user: User, department: Department | None, *, by: Actor, reason: str = "") -> User:
    """Move an account to another department; its roles stay. Needs accounts.manage; never oneself.

    Raises Refused when a business role would be left without a department.
    """
    with acting(by):
        row = _locked(user, by)
        refuse("accounts.roles", rules.role_findings(row.roles, has_department=department is not None))
        before = _rights(row)
        row.department = department
        row.save(update_fields=["department"])
        audit.record("accounts.move", row, by=by, before=before, after=_rights(row), reason=reason)
    return row


def lock_user(user: User, *, by: Actor, reason: str) -> User:
    """Close an account: no log-in, open sessions end with their next request. Needs accounts.manage; never oneself.

    Raises Conflict when it is closed already.
    """
    with acting(by):
        row = _locked(user, by)
        if not row.is_active:
            raise Conflict("accounts.locked", "该账号已停用。")
        row.is_active = False
        row.save(update_fields=["is_active"])
        audit.record("accounts.lock", row, by=by, before={"is_active": True}, after={"is_active": False}, reason=reason)
    return row


def unlock_user(user: User, *, by: Actor, reason: str = "") -> User:
    """Open a closed account again and forget its failed log-ins. Needs accounts.manage; never oneself.

    Raises Conflict when there is nothing to open: neither closed nor locked out; and for a closed account that is guarded.
    """
    with acting(by):
        row = _locked(user, by)
        if not row.is_active:
            require_one_hand(row.roles, by)
        failed = lockout.forget(row.username)
        if row.is_active and not failed:
            raise Conflict("accounts.open", "该账号未停用，也没有被锁定。")
        before = {"is_active": row.is_active, "failed_logins": failed}
        row.is_active = True
        row.save(update_fields=["is_active"])
        after = {"is_active": True, "failed_logins": 0}
        audit.record("accounts.unlock", row, by=by, before=before, after=after, reason=reason)
    return row


def _locked(user: User, by: Actor) -> User:
    row = User.objects.select_for_update().get(pk=user.pk)
    policy.require(by, "accounts.manage")
    if by.actor_kind == "staff" and by.actor_id == row.pk:
        raise Forbidden("accounts.oneself", "不能调整本人的账号，请由另一名安全管理员办理。", article=rules.THREE_HANDS)
    return row


def _in_order(roles: Sequence[str]) -> list[str]:
    return [role for role in rules.ROLE_LABELS if role in roles]


def _rights(user: User) -> dict[str, object]:
    return {"roles": list(user.roles), "department_id": user.department_id}

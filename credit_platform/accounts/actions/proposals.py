"""Matters of guarded accounts: proposed by one administrator, confirmed by another, ended by the person with both halves of a code.

Neither administrator ever holds what logs in: each is shown one half, once. Who is concerned comes with both and sets a password.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from credit_platform.accounts import lockout, policy, rules
from credit_platform.accounts.actions import factors
from credit_platform.accounts.actions.codes import code_of_groups, digest_of_code
from credit_platform.accounts.actions.passwords import password_errors, write_password
from credit_platform.accounts.actions.validation import check, insert, refuse
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.accounts.models import AccountProposal, Department, User
from credit_platform.accounts.rules.proposals import Matter, ProposalState, is_concerned, is_guarded, next_state
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, Forbidden, Level, Refused

HALF_GROUPS = 3
WRONG_CODE = "激活信息不正确或者已失效。"


def propose_opening(
    username: str, *, by: User, full_name: str, roles: Sequence[str], department: Department | None, reason: str = ""
) -> tuple[AccountProposal, str]:
    """Propose to open an account with a guarded role; gives the proposal and the first half of its code, which is shown once.

    Needs accounts.manage. Raises Refused as `create_user`, Conflict when the account has a proposal that waits.
    """
    draft = User(username=username.strip(), full_name=full_name.strip(), roles=list(roles), department=department)
    with acting(by):
        policy.require(by, "accounts.manage")
        refuse("accounts.roles", rules.role_findings(roles, has_department=department is not None))
        check(draft, "accounts.user", exclude=["password"])
        return _proposed(Matter.OPEN, draft, None, by=by, reason=reason)


def propose_roles(
    user: User, roles: Sequence[str], department: Department | None, *, by: User, reason: str = ""
) -> tuple[AccountProposal, str]:
    """Propose to give an account guarded roles, and the department that goes with them. Raises as `propose_opening`; Forbidden for oneself."""
    with acting(by):
        row = _target(user, by)
        refuse("accounts.roles", rules.role_findings(roles, has_department=department is not None))
        row.roles, row.department = list(roles), department
        return _proposed(Matter.ROLES, row, row, by=by, reason=reason)


def propose(matter: Matter, user: User, *, by: User, reason: str) -> tuple[AccountProposal, str]:
    """Propose a reset (of the password, or of the second factor too) or the reopening of a guarded account.

    Needs accounts.manage and a reason; never one's own account. Raises Refused, Forbidden, Conflict.
    """
    with acting(by):
        row = _target(user, by)
        if not reason.strip():
            raise Refused(
                "accounts.reason",
                "请写明理由。",
                findings=[Finding("accounts.reason", Level.ERROR, "请写明理由。", field="reason")],
            )
        if (matter is Matter.REACTIVATE) is row.is_active:
            raise Conflict("accounts.state", "该账号的启用状态已有变化，不能提出此事项。")
        return _proposed(matter, row, row, by=by, reason=reason.strip())


def confirm(proposal: AccountProposal, *, by: User, reason: str = "") -> str:
    """Let a proposal take effect; gives the second half of the code, which is shown once.

    Needs accounts.confirm; never who proposed it, nor whom it is about. The account can be entered from now on only by whoever brings both
    halves: its old password ends, and so do its sessions and any code of before. Raises Conflict when somebody
    decided before, or the account has changed.
    """
    with acting(by):
        row = _decided(proposal, "confirm", by)
        half = code_of_groups(HALF_GROUPS)
        row.target = _opened(row, by) if row.matter == Matter.OPEN else _applied(row, by)
        _end_former_codes(row, by)
        row.second_half, row.decision = digest_of_code(half), reason.strip()
        row.save(update_fields=["state", "decider", "decided_at", "decision", "target", "second_half"])
        audit.record("accounts.proposal.confirm", row, by=by, after=_told(row), reason=row.decision)
    return half


def refuse_proposal(proposal: AccountProposal, *, by: User, reason: str) -> AccountProposal:
    """Refuse a proposal with a reason; who may as `confirm`. Nothing changes at the account."""
    with acting(by):
        row = _decided(proposal, "refuse", by)
        row.decision = reason.strip()
        row.save(update_fields=["state", "decider", "decided_at", "decision"])
        audit.record("accounts.proposal.refuse", row, by=by, after=_told(row), reason=row.decision)
    return row


def withdraw(proposal: AccountProposal, *, by: User, reason: str = "") -> AccountProposal:
    """Take one's own proposal back while it waits."""
    with acting(by):
        row = _locked(proposal)
        policy.require(by, "accounts.manage")
        _require_concerned(row, "withdraw", by)
        row.state = next_state(row.state, "withdraw").value
        row.save(update_fields=["state"])
        audit.record("accounts.proposal.withdraw", row, by=by, after=_told(row), reason=reason.strip())
    return row


def lapse(now: datetime, *, by: Actor = SYSTEM) -> int:
    """The sweep: proposals that nobody decided and codes that nobody used within STANDS_DAYS end; how many did. Safe to run twice."""
    with acting(by):
        policy.require(by, "accounts.manage")
        rows = list(AccountProposal.objects.run_out(now).select_for_update(skip_locked=True, of=("self",)))
        for row in rows:
            row.state = next_state(row.state, "lapse").value
            row.save(update_fields=["state"])
            audit.record("accounts.proposal.lapse", row, by=by, after=_told(row))
    return len(rows)


def activate(username: str, *, first: str, second: str, password: str) -> User:
    """Whoever brings both halves sets the account's password; the code is used up.

    Every failure of the code reads the same. Raises Refused (field `first` for the code, `password` for the rules of passwords).
    """
    name = rules.account_name(username)
    with acting(SYSTEM):
        waiting = AccountProposal.objects.to_activate(name, timezone.now()).select_for_update(of=("self",))
        row = next((each for each in waiting if _fits(each, first, second)), None)
        target = row.target_id if row else None
        user = User.objects.select_for_update().filter(pk=target, is_active=True).first() if target else None
        if row is None or user is None:
            raise Refused(
                "accounts.activation",
                WRONG_CODE,
                findings=[Finding("accounts.activation", Level.ERROR, WRONG_CODE, field="first")],
            )
        refuse("accounts.password", password_errors(password, user))
        write_password(user, password, must_change=False)
        lockout.forget(user.username)
        row.state, row.activated_at = next_state(row.state, "activate").value, timezone.now()
        row.save(update_fields=["state", "activated_at"])
        audit.record("accounts.activate", user, by=user, after={"proposal": row.pk})
    return user


def _proposed(
    matter: Matter, draft: User, target: User | None, *, by: User, reason: str
) -> tuple[AccountProposal, str]:
    half = code_of_groups(HALF_GROUPS)
    row = AccountProposal(
        matter=matter.value,
        target=target,
        username=draft.username,
        full_name=draft.full_name,
        roles=[role for role in rules.ROLE_LABELS if role in draft.roles],
        department=draft.department,
        reason=reason,
        proposer=by,
        first_half=digest_of_code(half),
    )
    if AccountProposal.objects.waiting().filter(username__iexact=row.username).exists():
        raise Conflict("accounts.proposal.waits", "该账号已有一项待核准的事项。", mend="请先办结或者撤回。")
    insert(row, "accounts.proposal")
    audit.record("accounts.proposal.propose", row, by=by, after=_told(row), reason=reason)
    return row, half


def _opened(row: AccountProposal, by: User) -> User:
    user = User(username=row.username, full_name=row.full_name, roles=row.roles, department=row.department)
    refuse("accounts.roles", rules.role_findings(user.roles, has_department=user.department_id is not None))
    user.set_unusable_password()
    check(user, "accounts.user", exclude=["password"])
    insert(user, "accounts.user")
    audit.record(
        "accounts.create", user, by=by, after={"username": user.username, "roles": user.roles, "proposal": row.pk}
    )
    return user


def _applied(row: AccountProposal, by: User) -> User:
    assert row.target_id is not None  # only a new account has none yet
    user = User.objects.select_for_update().get(pk=row.target_id)
    before = {"roles": list(user.roles), "department_id": user.department_id, "is_active": user.is_active}
    match row.matter:
        case Matter.ROLES:
            user.roles, user.department_id = row.roles, row.department_id
            refuse("accounts.roles", rules.role_findings(user.roles, has_department=user.department_id is not None))
        case _ if not is_guarded(user.roles):
            raise Conflict(
                "accounts.state",
                "该账号的角色已有变化，此事项不再需要核准。",
                mend="请不予核准，由安全管理员直接办理。",
            )
        case Matter.REACTIVATE:
            user.is_active = True
        case Matter.FACTOR:
            factors.drop(user)
    if row.matter == Matter.ROLES:
        factors.drop(user)  # of another office, or begun by whoever knew the old password
    user.set_unusable_password()
    user.must_change_password = False
    user.save(update_fields=["roles", "department", "is_active", "password", "must_change_password"])
    after = {"roles": list(user.roles), "department_id": user.department_id, "is_active": user.is_active}
    audit.record(
        f"accounts.{VERBS[Matter(row.matter)]}", user, by=by, before=before, after=after | {"proposal": row.pk}
    )
    return user


VERBS = {
    Matter.ROLES: "set_roles",
    Matter.PASSWORD: "reset_password",
    Matter.REACTIVATE: "unlock",
    Matter.FACTOR: "reset_factor",
}


def _end_former_codes(row: AccountProposal, by: User) -> None:
    """One code of an account works at a time: what was handed out before, and perhaps lost, opens nothing any more."""
    former = AccountProposal.objects.filter(target=row.target, state=ProposalState.CONFIRMED).exclude(pk=row.pk)
    for each in former.select_for_update(of=("self",)):
        each.state = next_state(each.state, "lapse").value
        each.save(update_fields=["state"])
        audit.record("accounts.proposal.lapse", each, by=by, after=_told(each))


def _target(user: User, by: User) -> User:
    row = User.objects.select_for_update().get(pk=user.pk)
    policy.require(by, "accounts.manage")
    if by.pk == row.pk:
        raise Forbidden(
            "accounts.oneself", "不能对本人的账号提出此事项，请由另一名安全管理员办理。", article=rules.THREE_HANDS
        )
    return row


def _locked(proposal: AccountProposal) -> AccountProposal:
    return AccountProposal.objects.select_for_update().get(pk=proposal.pk)


def _decided(proposal: AccountProposal, verb: str, by: User) -> AccountProposal:
    row = _locked(proposal)
    policy.require(by, "accounts.confirm")
    _require_concerned(row, verb, by)
    row.state = next_state(row.state, verb).value
    if timezone.now() > row.stands_until:
        raise Conflict("accounts.proposal.late", "该事项已过核准期限。", mend="请重新提出。")
    row.decider, row.decided_at = by, timezone.now()
    return row


def _require_concerned(row: AccountProposal, verb: str, by: User) -> None:
    if not is_concerned(verb, proposer=row.proposer_id, target=row.target_id, person=by.pk):
        text = "只能由提出人撤回。" if verb == "withdraw" else "提出人和该账号本人不能核准，请由另一名管理员办理。"
        raise Forbidden("accounts.two_people", text, article=rules.THREE_HANDS)


def _fits(row: AccountProposal, first: str, second: str) -> bool:
    """Both halves are compared whatever the first says, in constant time."""
    found = [
        hmac.compare_digest(kept, digest_of_code(given))
        for kept, given in ((row.first_half, first), (row.second_half, second))
    ]
    return all(found)


def _told(row: AccountProposal) -> dict[str, object]:
    return {
        "matter": row.matter,
        "state": row.state,
        "username": row.username,
        "roles": list(row.roles),
        "department_id": row.department_id,
    }

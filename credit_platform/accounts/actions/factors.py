"""The second factor: begun, confirmed, passed, its recovery codes; taken away only by two administrators (`proposals`)."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_otp.oath import TOTP

from credit_platform.accounts.actions.codes import code_of_groups, digest_of_code
from credit_platform.accounts.models import RecoveryCode, SecondFactor, User
from credit_platform.accounts.rules import factors as rules
from credit_platform.accounts.rules.proposals import is_guarded
from credit_platform.accounts.sealed_places import opened_secret, sealed_secret
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, Forbidden, Level, Refused

WRONG = "动态口令或者恢复码不正确，或者已经用过。"


def begin(*, by: User) -> bytes:
    """The secret to put into one's authenticator; the same for half an hour, until it is confirmed.

    Raises Forbidden for an account that needs no second factor, Conflict when one is confirmed already.
    """
    with acting(by):
        _require_guarded(by)
        User.objects.select_for_update().get(pk=by.pk)
        row = SecondFactor.objects.filter(user=by).first()
        if row is not None and row.confirmed_at:
            raise Conflict("accounts.factor.there", "本账号已启用动态口令。")
        if row is not None and not rules.is_stale(row.begun_at, timezone.now()):
            return opened_secret(row.secret, by.pk)
        secret = secrets.token_bytes(rules.SECRET_BYTES)
        values = {"secret": sealed_secret(secret, by.pk), "begun_at": timezone.now(), "last_step": 0}
        SecondFactor.objects.update_or_create(user=by, defaults=values)
    return secret


def pending(user: User) -> bytes | None:
    """The secret of an enrolment that was begun within half an hour and waits for its first code; to be shown to its owner only."""
    row = SecondFactor.objects.filter(user=user, confirmed_at__isnull=True).first()
    if row is None or rules.is_stale(row.begun_at, timezone.now()):
        return None
    return opened_secret(row.secret, user.pk)


def confirm_enrolment(code: str, *, by: User) -> list[str]:
    """Confirm the secret with a code of the authenticator; gives the recovery codes, which are shown once.

    Raises Refused (field `code`), Conflict when it is confirmed already.
    """
    with acting(by):
        _require_guarded(by)
        row = _locked(by)
        if row is None or row.confirmed_at:
            raise Conflict("accounts.factor.there", "本账号已启用动态口令，或者登记已过期。", mend="请重新打开本页。")
        _require_totp(row, code)
        row.confirmed_at = timezone.now()
        row.save(update_fields=["confirmed_at", "last_step"])
        codes = _new_codes(row)
        audit.record("accounts.factor.enrol", by, by=by)
    return codes


def check(code: str, *, by: User) -> bool:
    """Pass with a code of the authenticator, or with a recovery code, which is used up; True for the latter.

    A code passes once. Raises Refused (field `code`) in the same words whatever was wrong.
    """
    with acting(by):
        row = _locked(by)
        if row is None or not row.confirmed_at:
            raise Conflict("accounts.factor.none", "本账号没有启用动态口令。")
        if rules.is_totp(code):
            _require_totp(row, code)
            row.save(update_fields=["last_step"])
            audit.record("accounts.factor.pass", by, by=by)
            return False
        found = row.codes.select_for_update().filter(digest=digest_of_code(code), used_at__isnull=True).first()
        if found is None:
            raise _wrong()
        found.used_at = timezone.now()
        found.save(update_fields=["used_at"])
        audit.record("accounts.factor.recovery", by, by=by, after={"left": left(by)})
    return True


def renew_codes(code: str, *, by: User) -> list[str]:
    """New recovery codes against a code of the authenticator; the old ones end. Raises Refused (field `code`)."""
    with acting(by):
        row = _locked(by)
        if row is None or not row.confirmed_at:
            raise Conflict("accounts.factor.none", "本账号没有启用动态口令。")
        if not rules.is_totp(code):
            raise _wrong()
        _require_totp(row, code)
        row.save(update_fields=["last_step"])
        row.codes.all().delete()
        codes = _new_codes(row)
        audit.record("accounts.factor.renew", by, by=by)
    return codes


def drop(user: User) -> None:
    """Take an account's factor away; inside the transaction of a proposal that two administrators carried, which leaves the entry."""
    if not transaction.get_connection().in_atomic_block:
        raise Forbidden("accounts.two-hands", "动态口令须由两名管理员解除。")
    SecondFactor.objects.filter(user=user).delete()


def left(user: User) -> int:
    """How many recovery codes are left."""
    return RecoveryCode.objects.filter(factor__user=user, used_at__isnull=True).count()


def last_recovery(user: User) -> RecoveryCode | None:
    """The recovery code that was used last within TOLD_DAYS, so that its owner hears of it at every log-in."""
    since = timezone.now() - timedelta(days=rules.TOLD_DAYS)
    return RecoveryCode.objects.filter(factor__user=user, used_at__gte=since).order_by("-used_at").first()


def _locked(by: User) -> SecondFactor | None:
    return SecondFactor.objects.select_for_update().filter(user=by).first()


def _require_guarded(user: User) -> None:
    if not is_guarded(user.roles):
        raise Forbidden("accounts.factor", "只有管理员、审计员和信用办的账号使用动态口令。")


def _require_totp(row: SecondFactor, code: str) -> None:
    """A code of a step that no accepted code came from: none passes twice, nor one from before the last."""
    typed = "".join(code.split())
    totp = TOTP(opened_secret(row.secret, row.user_id), step=rules.STEP_SECONDS, digits=rules.DIGITS)
    totp.time = timezone.now().timestamp()
    if not rules.is_totp(code) or not totp.verify(int(typed), tolerance=rules.TOLERANCE, min_t=row.last_step + 1):
        raise _wrong()
    row.last_step = totp.t()


def _new_codes(row: SecondFactor) -> list[str]:
    codes = [code_of_groups(3) for _ in range(rules.CODES)]
    RecoveryCode.objects.bulk_create([RecoveryCode(factor=row, digest=digest_of_code(code)) for code in codes])
    return codes


def _wrong() -> Refused:
    return Refused(
        "accounts.factor.code", WRONG, findings=[Finding("accounts.factor.code", Level.ERROR, WRONG, field="code")]
    )

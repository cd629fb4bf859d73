"""API clients: a key is issued, shown once, and revoked."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actions.validation import check, insert, refuse
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import ApiClient, Department
from credit_platform.accounts.models.clients import KEY_PREFIX_LENGTH, hash_key
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, Level


def issue_api_client(
    name: str,
    *,
    by: Actor,
    department: Department,
    scopes: Sequence[str],
    expires_at: datetime | None = None,
    rate_per_minute: int = 600,
) -> tuple[ApiClient, str]:
    """Make a client and its key; the key is given back here and nowhere else, only its digest is stored.

    Needs apiclients.manage. Raises Refused for an unknown scope, no scope, a taken name, a rate below 1 or a moment of
    expiry in the past.
    """
    with acting(by):
        policy.require(by, "apiclients.manage")
        refuse("apiclients.scopes", _scope_findings(scopes))
        if expires_at is not None and expires_at <= timezone.now():
            refuse(
                "apiclients.expiry", [Finding("expiry", Level.ERROR, "到期时间须晚于当前时间。", field="expires_at")]
            )
        key = secrets.token_urlsafe(32)
        client = ApiClient(
            name=name.strip(),
            department=department,
            prefix=key[:KEY_PREFIX_LENGTH],
            key_hash=hash_key(key),
            scopes=sorted(set(scopes)),
            expires_at=expires_at,
            rate_per_minute=rate_per_minute,
        )
        check(client, "apiclients.client")
        insert(client, "apiclients.client")
        after = {"scopes": client.scopes, "prefix": client.prefix, "expires_at": expires_at}
        audit.record("apiclients.issue", client, by=by, after=after, unit_id=department.pk)
    return client, key


def revoke_api_client(client: ApiClient, *, by: Actor, reason: str) -> ApiClient:
    """Make a key useless from now on. Needs apiclients.manage. Raises Conflict when it is revoked already."""
    with acting(by):
        row = ApiClient.objects.select_for_update().get(pk=client.pk)
        policy.require(by, "apiclients.manage")
        if row.revoked_at is not None:
            raise Conflict("apiclients.revoked", "该密钥已吊销。")
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at"])
        after = {"revoked_at": row.revoked_at}
        audit.record("apiclients.revoke", row, by=by, after=after, reason=reason, unit_id=row.department_id)
    return row


def pause_api_client(client: ApiClient, *, by: Actor, reason: str) -> ApiClient:
    """Let a client take nothing out until it is resumed; what it reports goes on. Needs apiclients.pause; the procedure that decided it has its
    two people. Raises Conflict when sharing is paused already."""
    return _set_pause(client, timezone.now(), by=by, reason=reason)


def resume_api_client(client: ApiClient, *, by: Actor, reason: str) -> ApiClient:
    """The client may take out again what its scopes say. Needs apiclients.pause. Raises Conflict when sharing is not paused."""
    return _set_pause(client, None, by=by, reason=reason)


def _set_pause(client: ApiClient, moment: datetime | None, *, by: Actor, reason: str) -> ApiClient:
    with acting(by):
        row = ApiClient.objects.select_for_update().get(pk=client.pk)
        policy.require(by, "apiclients.pause")
        if (row.paused_at is None) is (moment is None):
            raise Conflict(
                "apiclients.paused", "该客户端的共享没有暂停。" if moment is None else "该客户端的共享已经暂停。"
            )
        row.paused_at = moment
        row.save(update_fields=["paused_at"])
        verb = "apiclients.resume" if moment is None else "apiclients.pause"
        audit.record(verb, row, by=by, after={"paused_at": moment}, reason=reason, unit_id=row.department_id)
    return row


def _scope_findings(scopes: Sequence[str]) -> list[Finding]:
    if not scopes:
        return [Finding("scopes", Level.ERROR, "请至少选择一项权限范围。", field="scopes")]
    unknown = sorted(set(scopes) - set(policy.scopes()))
    if unknown:
        return [Finding("scopes", Level.ERROR, f"没有这样的权限范围：{'、'.join(unknown)}。", field="scopes")]
    return []

"""Partners, channels and mappings: prepared by the system administrator, opened and closed by the credit office."""

from __future__ import annotations

from collections.abc import Mapping as Fields
from datetime import date

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Finding, Refused, at_field, refuse
from credit_platform.moves import next_state
from exchange.models import Channel, Mapping, Partner
from exchange.queries.fields import public_fields
from exchange.rules import mappings
from exchange.rules.channels import MOVES, STATE_LABELS, ChannelState, Direction, WayCode
from exchange.sealed_places import sealed_secret
from records.standards import registry

SHORTEST_KEY = 32


def set_secret(partner: Partner, key: str, *, by: Actor) -> Partner:
    """Seal the common key of a partner, at least 32 characters; it is never shown again. System administrators."""
    with acting(by):
        policy.require(by, "exchange.prepare")
        if len(key) < SHORTEST_KEY or not key.isascii() or not key.isprintable():
            words = f"密钥应为至少 {SHORTEST_KEY} 个可见的英文字符。"
            raise Refused("exchange.key", words, findings=[at_field("exchange.key", "key", words)])
        row = Partner.objects.select_for_update(of=("self",)).get(pk=partner.pk)
        row.secret = sealed_secret(key.encode(), row.code)
        row.secret_set_at = timezone.now()
        row.save(update_fields=["secret", "secret_set_at"])
        audit.record("exchange.key", row, by=by)
    return row


def enter_mapping(channel: Channel, fields: Fields[str, str], *, valid_from: date, basis: str, by: Actor) -> Mapping:
    """A new version of a channel's mapping, from a day on; Refused with everything that stands against it. System administrators."""
    with acting(by):
        policy.require(by, "exchange.prepare")
        locked = Channel.objects.select_for_update(of=("self",)).get(pk=channel.pk)
        newest = locked.mappings.order_by("-valid_from").first()
        findings = [
            *mappings.findings(fields, public_fields(locked.kind)),
            *mappings.start_findings(valid_from, newest.valid_from if newest else None, timezone.localdate()),
        ]
        if not basis.strip():
            findings.append(at_field("exchange.basis", "basis", "请填写依据（对方接口文件的名称和版本）。"))
        refuse(findings)
        row = Mapping.objects.create(
            channel=locked, fields=dict(fields), valid_from=valid_from, basis=basis.strip()[:200]
        )
        audit.record("exchange.map", row, by=by, after={"fields": dict(fields)}, basis=row.basis)
    return row


def open_channel(channel: Channel, *, by: Actor) -> Channel:
    """From now on every change of the channel's kind is a message; what the public sees already is made up for by the next turns.

    The credit office. Refused while key, address or mapping is missing.
    """
    with acting(by):
        policy.require(by, "exchange.open")
        row = Channel.objects.select_for_update(of=("self",)).select_related("partner").get(pk=channel.pk)
        state = next_state(MOVES, STATE_LABELS, ChannelState(row.state), "open", code="exchange.channel", what="通道")
        refuse(_missing(row))
        row.state, row.failures, row.next_at, row.last_error, row.filled_at = state.value, 0, None, "", None
        row.save(update_fields=["state", "failures", "next_at", "last_error", "filled_at"])
        audit.record("exchange.open", row, by=by)
    return row


def close_channel(channel: Channel, *, reason: str, by: Actor) -> Channel:
    """Nothing is made or sent any more; what waits, waits for the next opening. The credit office, with a reason."""
    if not reason.strip():
        words = "请填写停用的理由。"
        raise Refused("exchange.reason", words, findings=[at_field("exchange.reason", "reason", words)])
    with acting(by):
        policy.require(by, "exchange.open")
        row = Channel.objects.select_for_update(of=("self",)).get(pk=channel.pk)
        row.state = next_state(
            MOVES, STATE_LABELS, ChannelState(row.state), "close", code="exchange.channel", what="通道"
        )
        row.save(update_fields=["state"])
        audit.record("exchange.close", row, by=by, reason=reason.strip())
    return row


def _missing(channel: Channel) -> list[Finding]:
    findings: list[Finding] = []
    if channel.way == WayCode.SERVICE and channel.partner.secret is None:
        findings.append(
            at_field("exchange.key", "channel", "该交换对象还没有设置共同密钥。", mend="请系统管理员设置。")
        )
    if channel.direction == Direction.IN:
        known = {each.code for each in registry.all()}
        if channel.kind not in known:
            words = f"“{channel.kind}”不是已声明的数据标准。"
            findings.append(at_field("exchange.standard", "channel", words, mend="请系统管理员改为数据标准代码。"))
        if channel.way == WayCode.DATABASE:
            findings.append(
                at_field("exchange.way", "channel", "接收只有文件和服务两种方式。", mend="请改用其中一种。")
            )
    if channel.direction == Direction.OUT:
        if channel.way == WayCode.SERVICE and not channel.partner.address:
            findings.append(
                at_field("exchange.address", "channel", "该交换对象没有服务地址。", mend="请系统管理员填写。")
            )
        if not channel.mappings.in_force(timezone.localdate()).exists():
            findings.append(
                at_field("exchange.mapping", "channel", "没有今天生效的字段映射。", mend="请系统管理员录入。")
            )
    return findings

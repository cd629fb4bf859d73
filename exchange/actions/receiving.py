"""What a partner sends: read under the standard of its channel, and brought to the one importer; nothing is entered past it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from credit_platform.accounts.models import ApiClient
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, DomainError, Forbidden, Refused
from exchange.models import Arrival, Channel, Nonce, Partner
from exchange.rules.channels import ChannelState, Direction
from exchange.rules.inbound import digest_of, objection, pieces
from exchange.rules.messages import Result
from exchange.rules.signatures import MOST_SECONDS
from records import doors
from records.imports.batches.batches import Options
from records.imports.batches.batches import receive as receive_file
from records.imports.batches.engine import run
from records.imports.batches.push import push_rows
from records.models import ImportBatch, ImportFinding
from records.standards import registry

Rows = Sequence[Mapping[str, Any]]
Answers = list[dict[str, str]]


def channel_of(partner: Partner, standard: str) -> Channel:
    """The open channel by which a partner sends rows of a standard; Refused when there is none."""
    rows = Channel.objects.inward().filter(partner=partner, kind=standard, state=ChannelState.OPEN)
    row = rows.select_related("partner__client__department").first()
    if row is None:
        raise Refused("exchange.no-channel", f"没有为“{standard[:40]}”开通接收通道。", mend="请联系市信用办。")
    return row


def use_nonce(partner: Partner, nonce: str) -> None:
    """A nonce is good once: Conflict for one that was used, by whoever repeats a request that was overheard."""
    try:
        with acting(partner.client):
            Nonce.objects.create(partner=partner, nonce=nonce, at=timezone.now())
    except IntegrityError:
        raise Conflict("exchange.replay", "该请求的随机数已经用过。", mend="请换一个随机数重新签名。") from None


def forget_nonces() -> int:
    """Those whose moment would no longer be taken anyway; how many."""
    old = Nonce.objects.filter(at__lt=timezone.now() - timedelta(seconds=2 * MOST_SECONDS))
    return int(old.delete()[0])


def receive(channel: Channel, name: object, rows: object) -> tuple[Arrival, bool]:
    """Take in a parcel; the arrival, and whether it came before. Every row is checked by the standard and answered; good ones enter.

    Acts as the partner's client, for its department. Refused for what is no parcel; Conflict when the name was used for other rows. A parcel that
    was cut off in the middle is sent again under its name: what entered is answered as it was.
    """
    if wrong := objection(name, rows):
        raise Refused("exchange.parcel", wrong)
    assert isinstance(name, str) and isinstance(rows, list)  # noqa: S101, PT018 - the objection has seen to it
    client = channel.partner.client
    if channel.direction != Direction.IN or not client.may_use("records.write"):
        raise Forbidden("exchange.client", "该交换对象的接口客户端没有报送权限。")
    digest = digest_of(rows)
    former = Arrival.objects.filter(channel=channel, name=name).first()
    if former is not None:
        if former.digest != digest:
            raise Conflict("exchange.name-reused", "该批次名称已用于另一批数据。", mend="请更换批次名称后重新报送。")
        return former, True
    try:
        answers, refused = _take(channel, name, rows, client), ""
    except (Refused, Forbidden) as error:
        answers, refused = [], error.text
    return _write(channel, name, digest, len(rows), answers, refused)


def _write(
    channel: Channel, name: str, digest: str, count: int, answers: Answers, refused: str
) -> tuple[Arrival, bool]:
    client = channel.partner.client
    given = {
        "digest": digest,
        "rows": count,
        "answers": answers,
        "refused": refused[:300],
        "arrived_at": timezone.now(),
    }
    with acting(client):
        row, made = Arrival.objects.get_or_create(channel=channel, name=name, defaults=given)
        if made:
            audit.record("exchange.receive", row, by=client, detail={"digest": digest, "accepted": row.accepted})
    return row, not made


def _take(channel: Channel, name: str, rows: Rows, client: ApiClient) -> Answers:
    door = doors.of(registry.get(channel.kind).kind)
    if door is not None and not door.takes_pushes:
        return _by_file(channel, name, rows, client)
    answers: Answers = []
    for number, piece in enumerate(pieces(rows), start=1):
        key = f"exchange:{channel.pk}:{name}:{number}"
        pushed = push_rows(channel.kind, piece, by=client, department=client.department, key=key)
        answers += [_answer(each.ok, each.findings[0] if each.findings else {}) for each in pushed.rows]
    return answers


def _by_file(channel: Channel, name: str, rows: Rows, client: ApiClient) -> Answers:
    """Published lists are taken as files only: the parcel is one."""
    body = json.dumps(list(rows), ensure_ascii=False).encode()
    options = Options(standard=channel.kind, department=client.department, channel=ImportBatch.Channel.API)
    batch = run(receive_file([body], f"{name}.json", options, by=client).pk, by=client)
    findings = {
        row["row"]: row for row in ImportFinding.objects.filter(batch=batch, level="error").order_by("-pk").values()
    }
    if batch.state == ImportBatch.State.REFUSED:
        whole: Mapping[str, Any] = findings.get(0, {})
        raise Refused("exchange.file", str(whole.get("text") or batch.refusal or "文件未被接收。"))
    return [_answer(number not in findings, findings.get(number, {})) for number in range(1, len(rows) + 1)]


def _answer(ok: bool, finding: Mapping[str, Any]) -> dict[str, str]:
    told = {} if ok else {name: str(finding.get(name) or "") for name in ("rule", "field", "text")}
    return {"result": (Result.ACCEPTED if ok else Result.REJECTED).value} | told


def refusal_of(error: DomainError) -> dict[str, str]:
    """A refusal of a whole parcel as a receipt file tells it."""
    return {"result": Result.REJECTED.value, "rule": error.code, "text": error.text}

"""Whether a receipt, or the proof that a check stands in the audit chain, is genuine. What is shown here is neither kept nor logged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from checks.models import Check
from checks.receipts.signing import KIND
from credit_platform.audit import signing, signing_keys
from credit_platform.audit.models import AuditEntry, SigningKey
from credit_platform.audit.queries import proof_of
from credit_platform.audit.queries import signing_keys as published
from credit_platform.audit.rules import jws, proofs
from credit_platform.web.formats import cn_date, cn_datetime
from disclosure.public.verifiers import Verdict as Finding
from sanctions.measures.rules import VERDICT_LABELS, Verdict

LABEL = "信用核查回执"


class NotGenuine(ValueError):
    """A receipt that is not to be believed; the text says why, in Chinese."""


def opened(text: str) -> dict[str, Any]:
    """What a receipt says, once its signature holds under a key that was in use when it was given. NotGenuine otherwise."""
    try:
        token = jws.taken_apart(text)
    except jws.BadToken as error:
        raise NotGenuine(str(error)) from None
    key = next((key for key in published(signing.RECEIPTS) if str(key) == token.key), None)
    if token.kind != KIND or key is None:
        raise NotGenuine("不是本平台的核查回执：签名所用的公钥不是本平台公布的。")
    if not jws.holds(token, signing_keys.verifier(key)):
        raise NotGenuine("签名无效：回执的内容被改动过。")
    if not _in_use(key, token.payload):
        raise NotGenuine("签名公钥在回执所写的时间没有使用。")
    return token.payload


def verified(given: bytes) -> Finding | None:
    """What the public entrance says of something that may be a receipt; None when it is none."""
    try:
        text = given.decode("ascii").strip()
        token = jws.taken_apart(text)
    except (UnicodeDecodeError, jws.BadToken):
        return None
    if token.kind != KIND:
        return None
    try:
        told = opened(text)
    except NotGenuine as error:
        return Finding(LABEL, False, str(error))
    return _logged(told)


def _in_use(key: SigningKey, told: dict[str, Any]) -> bool:
    try:
        given = datetime.fromisoformat(told["asked_at"])
    except (KeyError, ValueError, TypeError):
        return False
    begun = key.not_before.replace(microsecond=0)
    return begun <= given and (key.not_after is None or given <= key.not_after)


def _logged(told: dict[str, Any]) -> Finding:
    """A genuine receipt, held against the audit that it says to stand in."""
    check = Check.objects.filter(number=told["receipt"]).first()
    entry = AuditEntry.objects.filter(pk=check.entry).first() if check else None
    if entry is None or (entry.detail or {}).get("receipt") != told["receipt"]:
        return Finding(LABEL, False, "签名有效，但审计记录中没有这次核查。请与市信用办联系。", pairs=_pairs(told))
    proof, notes = proof_of(entry), ["核查结果以出具时刻为准，此后情况可能已经变化。"]
    if proof is None:
        notes.append("这次核查已写入审计记录，列入下一份检查点（每日零点后签发）后可以下载入链证明。")
        return Finding(LABEL, True, "由本平台签发，内容完整，审计记录中有这次核查。", _pairs(told), notes)
    file = (f"{told['receipt']}.tlog-proof", proofs.written(proof))
    notes.append(f"这次核查是审计链的第 {proof.seq} 环，可以下载入链证明，不经过本站核对。")
    return Finding(LABEL, True, "由本平台签发，内容完整，出具之前已写入审计链。", _pairs(told), notes, file)


def _pairs(told: dict[str, Any]) -> list[tuple[str, str]]:
    subject = told["subject"]
    return [
        ("回执编号", told["receipt"]),
        ("核查时间", cn_datetime(told["asked_at"])),
        ("核查单位", told["asked_by"]["department"]),
        ("核查事项", told["matter"]["name"]),
        ("办件编号", told["case_number"]),
        ("所查主体", f"{subject['name'] or '未登记的主体'} {subject['code']}".strip()),
        ("核查结论", VERDICT_LABELS[Verdict(told["verdict"])]),
        ("有效期至", cn_date(told["valid_until"])),
    ]

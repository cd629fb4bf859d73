"""The way of a service (GB/T 39443-2020 5.7): JSON over HTTPS, both directions signed; with a certificate of ours where the settings name one."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings

from exchange.rules.channels import address_objection
from exchange.rules.signatures import ANSWER, Signed, objection, sign
from exchange.rules.statements import Copy, Month
from exchange.ways.base import Answer, Link, NoAnswer, Row, Said, parsed_copies, parsed_months, parsed_said

HEADS = {
    "digest": "X-Exchange-Digest",
    "nonce": "X-Exchange-Nonce",
    "time": "X-Exchange-Time",
    "signature": "X-Exchange-Signature",
}
PARTNER = "X-Exchange-Partner"
MOST_BYTES = 64 * 1024 * 1024


class ServiceWay:
    """POST {address}/messages, /receipts, /status, /statement; 200 with receipts, 202 when they follow."""

    def send(self, link: Link, name: str, rows: Sequence[Row]) -> Answer:
        status, said = _post(link, "messages", {"parcel": name, "kind": link.kind, "rows": list(rows)})
        return Answer(parsed_said(said.get("receipts") or []), is_whole=status == requests.codes.ok)

    def collect(self, link: Link, name: str) -> Answer | None:
        status, said = _post(link, "receipts", {"parcel": name, "kind": link.kind})
        receipts = parsed_said(said.get("receipts") or [])
        return Answer(receipts, is_whole=True) if status == requests.codes.ok else None

    def ask(self, link: Link, keys: Sequence[str]) -> list[Said]:
        _, said = _post(link, "status", {"kind": link.kind, "keys": list(keys)})
        return parsed_said(said.get("receipts") or [])

    def months(self, link: Link) -> dict[str, Month]:
        return parsed_months(_post(link, "statement", {"kind": link.kind})[1].get("months"))

    def copies(self, link: Link, months: Sequence[str]) -> list[Copy]:
        return parsed_copies(_post(link, "statement", {"kind": link.kind, "months": list(months)})[1].get("rows"))


def heads_of(signed: Signed) -> dict[str, str]:
    """A signature as it stands in the heads of a request or an answer."""
    return {head: str(getattr(signed, name)) for name, head in HEADS.items()}


def signed_of(heads: Any) -> Signed:
    """The reverse; ValueError where a head is missing or the moment is no number."""
    values = {name: str(heads.get(head) or "") for name, head in HEADS.items()}
    return Signed(values["digest"], values["nonce"], int(values["time"]), values["signature"])


def _post(link: Link, what: str, content: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """One question and its answer, both signed. No redirect is followed, no proxy asked, nothing larger than 64 MB read."""
    if wrong := address_objection(link.address):
        raise NoAnswer(wrong)
    url = f"{link.address.rstrip('/')}/{what}"
    path = urlsplit(url).path
    body = json.dumps(content, ensure_ascii=False).encode()
    nonce = secrets.token_hex(16)
    signed = sign(link.secret, "POST", path, body, nonce=nonce, time=int(time.time()), algorithm=link.algorithm)
    heads = heads_of(signed) | {PARTNER: link.partner, "Content-Type": "application/json"}
    try:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.post(
                url,
                data=body,
                headers=heads,
                timeout=(5, settings.EXCHANGE_ANSWER_SECONDS),
                allow_redirects=False,
                cert=settings.EXCHANGE_CERTIFICATE or None,
                verify=settings.EXCHANGE_AUTHORITIES or True,
                stream=True,
            )
            data = answer.raw.read(MOST_BYTES + 1, decode_content=True)
    except (requests.RequestException, OSError) as error:
        raise NoAnswer(f"没有得到答复（{type(error).__name__}）。") from error
    if len(data) > MOST_BYTES:
        raise NoAnswer("对方的答复过大，没有读取。")
    if answer.status_code not in (requests.codes.ok, requests.codes.accepted):
        raise NoAnswer(f"对方答复 HTTP {answer.status_code}。")
    _believe(link, path, nonce, data, answer.headers)
    return answer.status_code, _object(data)


def _believe(link: Link, path: str, nonce: str, data: bytes, heads: Any) -> None:
    """An answer is signed too, with the nonce of its question: neither forged nor that of another question."""
    try:
        signed = signed_of(heads)
    except ValueError:
        raise NoAnswer("对方的答复没有签名。") from None
    wrong = objection(link.secret, ANSWER, path, data, signed, now=int(time.time()), algorithm=link.algorithm)
    if not wrong and signed.nonce != nonce:
        wrong = "答复不是对这次请求的答复。"
    if wrong:
        raise NoAnswer(f"对方的答复不可信：{wrong}")


def _object(data: bytes) -> dict[str, Any]:
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise NoAnswer("对方的答复不是 JSON 对象。")
    return said

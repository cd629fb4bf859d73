"""A question as a link: sealed, so that neither the address nor a log tells of whom it is; signed with its moment, good for five minutes."""

from __future__ import annotations

import base64
import json
from typing import Any

from django.core import signing
from django.utils import timezone

from credit_platform import sealing
from credit_platform.accounts.models import ApiClient
from credit_platform.errors import DomainError

SECONDS = 300
PLACE = sealing.place("checks.link")


class Unusable(DomainError):
    """A link that is too old, was altered, or whose system may not ask any more (HTTP 410)."""

    status = 410


def sealed(client: ApiClient, asked: Any) -> str:
    """The link's text for what a client asked."""
    body = json.dumps({"client": client.pk, "asked": asked}).encode()
    token = base64.urlsafe_b64encode(sealing.encrypt(body, PLACE)).decode()
    return signing.TimestampSigner(salt=PLACE).sign(token)


def opened(link: str) -> tuple[ApiClient, Any]:
    """The client and what it asked. Unusable when the link is not good, or the client's key is not any more."""
    try:
        token = signing.TimestampSigner(salt=PLACE).unsign(link, max_age=SECONDS)
        body = json.loads(sealing.decrypt(base64.urlsafe_b64decode(token), PLACE))
    except (signing.BadSignature, ValueError, sealing.Unreadable):
        raise Unusable("checks.link", "链接已过期或者不完整。", mend="请在办理系统中重新打开核查页面。") from None
    usable = ApiClient.objects.usable(timezone.now()).select_related("department")
    client = usable.filter(pk=body["client"]).first()
    if client is None:
        raise Unusable("checks.link", "链接所属的系统已停用。", mend="请与市信用办联系。")
    return client, body["asked"]

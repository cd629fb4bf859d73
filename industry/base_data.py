"""The purpose under which agencies read, where an installation has none. What an administrator has written is never touched."""

from __future__ import annotations

from datetime import date

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting
from industry.agencies.rules import PURPOSE
from lookups.models import Purpose
from lookups.rules.questions import Scope

SINCE = date(2020, 10, 16)
BASIS = "参照《征信业管理条例》第十八条；哈政办规〔2020〕12号第33项、第37项"
OPENS = [Scope.REGISTER.value, Scope.PUBLIC.value, Scope.AUTHORISED.value]
"""What is shared between authorities is no agency's to read."""


def load() -> list[str]:
    """Enter the purpose where there is none; what to say of it."""
    with acting(SYSTEM):
        if Purpose.objects.filter(code=PURPOSE).exists():
            return []
        Purpose.objects.create(
            code=PURPOSE,
            name="信用服务机构经授权查询",
            sentence="您单位在线授权的信用服务机构，按授权的用途和期限查询。",
            needs_authorisation=True,
            opens=OPENS,
            basis=BASIS,
            order=200,
            valid_from=SINCE,
        )
    return ["信用服务机构查询目的 1 项"]

"""From the content of a row to the columns of a complaint."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from disclosure.rules.facts import as_day
from records.identifiers import docnumber
from supervision.complaints import standard as fields
from supervision.complaints.models import Complaint
from supervision.complaints.rules.showing import Statement

FILLED = (
    "department_id", "operator", "channel", "received_on", "decision", "accepted_on", "closed_on", "result", "trade", "problem", "platform",
    "shop", "brand", "district", "case_number", "case_key", "hidden_why", "updated_at",
)  # fmt: skip


def text(content: Mapping[str, Any], code: str, most: int = 300) -> str:
    """A value of a row as text, "" when it has none."""
    value = content.get(code)
    return value[:most] if isinstance(value, str) else ""


def day(content: Mapping[str, Any], code: str) -> date | None:
    """A day of a row."""
    return as_day(content.get(code))


def fill(row: Complaint, content: Mapping[str, Any], *, received_on: date, hidden_why: str) -> Complaint:
    """Say of a complaint what its row says now; not saved."""
    row.operator = text(content, fields.NAME, 200)
    row.channel = text(content, fields.CHANNEL, 30)
    row.received_on = received_on
    row.decision = text(content, fields.DECISION, 8)
    row.accepted_on, row.closed_on = day(content, fields.ACCEPTED_ON), day(content, fields.CLOSED_ON)
    row.result = text(content, fields.RESULT, 12)
    row.trade, row.problem = text(content, fields.TRADE, 30), text(content, fields.PROBLEM, 30)
    row.platform, row.shop = text(content, fields.PLATFORM, 100), text(content, fields.SHOP, 100)
    row.brand, row.district = text(content, fields.BRAND, 60), text(content, fields.DISTRICT, 12)
    row.case_number = text(content, fields.CASE, 128)
    row.case_key = docnumber.key(row.case_number)[:128]
    row.hidden_why = hidden_why[:100]
    return row


def statement_of(content: Mapping[str, Any]) -> Statement:
    """What a row tells that bears on its publication."""
    return Statement(
        decision=text(content, fields.DECISION),
        closed_on=day(content, fields.CLOSED_ON),
        result=text(content, fields.RESULT),
        for_living=text(content, fields.FOR_LIVING),
        withheld=text(content, fields.HIDDEN),
    )

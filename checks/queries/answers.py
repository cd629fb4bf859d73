"""An answer made again from what was kept of it: the facts of that moment, the register of that version, the matter of that day."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from checks.models import Check
from checks.queries.register import matter_of, register
from checks.receipts.payload import AnswerRow, Asker, payload
from checks.receipts.signing import signed
from checks.rules.answers import answered
from checks.rules.facts import read
from credit_platform.audit.rules.jws import canonical
from sanctions.measures.rules import Force


def answer_of(check: Check) -> dict[str, Any]:
    """What a check told of its subject, word for word."""
    day = check.as_of or timezone.localdate(check.asked_at)
    facts = read(check.facts) if check.facts else None
    return answered(facts, matter_of(check.matter, day), register(check.register), day)


def receipt_of(check: Check) -> str:
    """The receipt of a check, signed anew: the same answer and number, with the moment of this signature in place of the age of the lists."""
    day = check.as_of or timezone.localdate(check.asked_at)
    subject = check.subject
    given = AnswerRow(
        number=check.number,
        asked_at=check.asked_at,
        entry=check.entry,
        case_number=check.case_number,
        purpose=check.purpose,
        asked_code=check.code,
        asked_name=check.name,
        kind=subject.kind if subject else "",
        code=(subject.code or "") if subject else "",
        name=subject.name if subject else "",
        name_fits=check.name_fits,
        facts=check.facts,
        as_of=day,
        valid_until=check.valid_until,
    )
    asker = Asker(check.department.name, check.asker_name)
    again = {"signed_again": timezone.localtime().isoformat(timespec="seconds")}
    return signed(canonical(payload(given, asker, matter_of(check.matter, day), register(check.register), again)))


def duties_of(check: Check) -> tuple[dict[str, Force], bool]:
    """The measures that a check told, by code, and whether it told of a ban that runs."""
    told = answer_of(check)
    return {each["code"]: Force(each["force"]) for each in told["measures"]}, bool(told["bans"])

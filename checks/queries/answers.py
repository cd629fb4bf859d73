"""An answer made again from what was kept of it: the facts of that moment, the register of that version, the matter of that day."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from checks.models import Check
from checks.queries.register import matter_of, register
from checks.rules.answers import answered
from checks.rules.facts import read
from sanctions.measures.rules import Force


def answer_of(check: Check) -> dict[str, Any]:
    """What a check told of its subject, word for word."""
    day = check.as_of or timezone.localdate(check.asked_at)
    facts = read(check.facts) if check.facts else None
    return answered(facts, matter_of(check.matter, day), register(check.register), day)


def duties_of(check: Check) -> tuple[dict[str, Force], bool]:
    """The measures that a check told, by code, and whether it told of a ban that runs."""
    told = answer_of(check)
    return {each["code"]: Force(each["force"]) for each in told["measures"]}, bool(told["bans"])

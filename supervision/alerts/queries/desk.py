"""What the desk shows of alerts: the facts of one in words, the day's digest, the rules that wait for their owner."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from casework.models import Case
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.web.desk import section
from credit_platform.web.worklists import Severity, WorkRow, WorkSection
from supervision.alerts.models import AlertCase, AlertFact, AlertRule, Digest
from supervision.alerts.queries.conditions import condition_of
from supervision.alerts.rules.alerts import HANDLE
from supervision.alerts.rules.ruling import DRAFT

RENEW_BEFORE = timedelta(days=30)
CASE_FACTS = {"case": "办理中的事项", "change": "登记变更", "pending": "检查未出最终结果", "head": "同一法定代表人"}


def more(case: Case, user: User, on: date) -> dict[str, Any]:
    """What the page of an alert adds: its facts in words, what to do next, the other alerts about the subject that the user may see."""
    own: AlertCase = case.own
    facts = list(own.facts.select_related("record__source_department", "record__subject"))
    others = Case.objects.of(case.procedure).visible_to(user).filter(subject=case.subject).exclude(pk=case.pk)
    return {
        "facts": [(fact, says(fact), _record_url(fact, user)) for fact in facts],
        "condition": condition_of(own.rule.condition),
        "others": list(others.order_by("-pk")[:5]),
        "may_see_rules": policy.allows(user, "alerts.rules.view"),
    }


def says(fact: AlertFact) -> str:
    """A fact in words: a record by its title and number, anything else by its kind. Of persons nothing."""
    kind, _, number = fact.key.partition(":")
    if kind == "case":
        found = Case.objects.filter(pk=int(number)).first()
        return f"{found.of.label}{found.number}" if found else CASE_FACTS["case"]
    words = CASE_FACTS.get(kind, "")
    record = fact.record
    title = (
        f"{record.title}（{record.document_number}）"
        if record and record.document_number
        else (record.title if record else "")
    )
    return f"{words}：{title}" if words and title else words or title


def _record_url(fact: AlertFact, user: User) -> str:
    record = fact.record
    if record is None or not policy.allows(user, "records.view", record.source_department):
        return ""
    return reverse("records:record", args=[record.pk])


def work(user: User, on: date) -> list[WorkSection]:
    """The sections of the desk's home beside those of the cases: the digest of the day, rules that wait for their owner."""
    found = []
    if policy.allows(user, HANDLE):
        rows = Digest.objects.filter(officer=user, on=on)
        url = reverse("alert:cases")
        found.append(section("信用预警日报", rows, lambda row: WorkRow(row.text, url), url=url, order=59))
    if policy.allows(user, DRAFT):
        late = AlertRule.objects.speaking().filter(review_by__lte=on + RENEW_BEFORE).order_by("review_by")
        found.append(
            section(
                "预警规则待续期",
                late,
                lambda row: WorkRow(str(row), reverse("alert_rules:rule", args=[row.pk]), row.review_by, row.name),
                url=reverse("alert_rules:list"),
                severity=Severity.WARN,
                order=64,
            )
        )
    return found

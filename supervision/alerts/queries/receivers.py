"""Who gets an alert, and how many of them a department can look at in a week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import QuerySet

from credit_platform.accounts.models import Department, User
from credit_platform.accounts.queries import credit_office
from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE, REVIEWER
from records.models import CreditRecord
from supervision.alerts.models import AlertCase, AlertRule
from supervision.alerts.queries.levels import Fact
from supervision.alerts.rules.ruling import Receiver


def officers() -> QuerySet[User]:
    """Who may handle alerts: clerks and reviewers, and the people of the credit office."""
    return User.objects.active().filter(roles__overlap=[CLERK, REVIEWER, CREDIT_OFFICE], department__isnull=False)


def hands(rule: AlertRule) -> int:
    """How many officers a rule's alerts are for: those of its department, of the credit office, or of the whole city."""
    if rule.receiver == Receiver.SOURCE:
        return officers().count()
    where = rule.department if rule.receiver == Receiver.NAMED else credit_office()
    return officers().filter(department=where).count() if where else 0


class Receivers:
    """For one night: by department its officers, and how many alerts this week has already brought it (Monday to Sunday)."""

    def __init__(self, on: date) -> None:
        self.officers = Counter(officers().values_list("department", flat=True))
        monday = on - timedelta(days=on.weekday())
        raised = AlertCase.objects.filter(raised_on__range=(monday, monday + timedelta(days=6)))
        self.raised = Counter(raised.values_list("case__department", flat=True))
        self.office = credit_office()
        self.known: dict[int, Department] = {}

    def learn(self, many: Iterable[Sequence[Fact]]) -> None:
        """Which departments the newest records of these are from, asked once for all of them."""
        newest = [fact.record for facts in many if (fact := _newest(facts)) is not None and fact.record is not None]
        records = set(newest) - self.known.keys()
        rows = CreditRecord.objects.filter(pk__in=records).values_list("pk", "source_department")
        sources = dict(rows)
        departments = Department.objects.in_bulk(set(sources.values()))
        self.known |= {record: departments[source] for record, source in sources.items()}

    def of(self, rule: AlertRule, facts: Sequence[Fact]) -> Department | None:
        """Whose alert it is: as the rule says; the credit office where that department has nobody to handle it. None where nobody has."""
        wanted: Department | None = rule.department if rule.receiver == Receiver.NAMED else self.office
        if rule.receiver == Receiver.SOURCE:
            wanted = self._source(facts)
        if wanted is None or not self.officers[wanted.pk]:
            wanted = self.office
        return wanted

    def has_room(self, department: Department, each: int) -> bool:
        """Whether this week has room for one more in a department, `each` for an officer; counted when it has."""
        if self.raised[department.pk] >= each * max(self.officers[department.pk], 1):
            return False
        self.raised[department.pk] += 1
        return True

    def _source(self, facts: Sequence[Fact]) -> Department | None:
        newest = _newest(facts)
        if newest is None or newest.record is None:
            return self.office
        if newest.record not in self.known:
            self.learn([facts])
        return self.known[newest.record]


def _newest(facts: Sequence[Fact]) -> Fact | None:
    return max((fact for fact in facts if fact.record is not None), key=lambda fact: fact.since, default=None)

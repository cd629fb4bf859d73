"""What approvals asked on the day itself: firms on lists and others, what became of it, and cases that nobody asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from checks.actions.asking import Setting, ask
from checks.actions.deciding import Decided, report
from checks.actions.sweeping import turn
from checks.actions.telling import tell
from checks.models import Check
from checks.queries.answers import duties_of
from checks.rules.coverage import Source
from checks.rules.questions import Question
from checks.rules.states import Channel, Purpose, Result
from credit_platform.accounts.models import User
from credit_platform.demo import clock
from records.models import Subject
from sanctions.lists.models import ListEntry

ASKED: dict[str, tuple[tuple[str, Purpose], ...]] = {
    "scjgj_lr": (("HC-SPJY", Purpose.APPROVAL), ("HC-DJ", Purpose.APPROVAL)),
    "zjj_lr": (("HC-ZTB", Purpose.TENDER), ("HC-ZFCG", Purpose.PROCUREMENT)),
}
"""Who asks, for which matters and why."""
EACH = 6
WINDOWS = ("1号窗口", "2号窗口")
LEFT_OPEN = 3
"""Every third check waits for its outcome still."""


@dataclass(slots=True)
class ChecksOfTheDay:
    """The checks of one day."""

    today: date

    def build(self) -> int:
        """Ask, tell what became of most of it, and report decided cases, two of them without a check; how many checks there are."""
        with clock.at(self.today, 10, 0):
            turn(on=self.today)
            subjects = self._subjects()
            made = [check for name in ASKED for check in self._asked(name, subjects)]
            self._told(made)
            for name in ASKED:
                self._reported(User.objects.select_related("department").get(username=name))
        return len(made)

    def _subjects(self) -> list[Subject]:
        """Some of whom something is known and as many of whom nothing is."""
        known = ListEntry.objects.listed(self.today).values("subject")
        firms = Subject.objects.with_public_page().order_by("pk")
        return [*firms.filter(pk__in=known)[: EACH // 2], *firms.exclude(pk__in=known)[: EACH // 2]]

    def _asked(self, name: str, subjects: Sequence[Subject]) -> list[Check]:
        by = User.objects.select_related("department").get(username=name)
        numbers = []
        for place, subject in enumerate(subjects):
            matter, purpose = ASKED[name][place % len(ASKED[name])]
            setting = Setting(by, str(by.department), matter, purpose, Channel.DESK, WINDOWS[place % len(WINDOWS)])
            question = Question(_case(by, place), subject.code or "", subject.name)
            numbers.append(ask(question, setting).payload["receipt"])
        return list(Check.objects.filter(number__in=numbers).select_related("matter").order_by("pk"))

    def _told(self, checks: Sequence[Check]) -> None:
        for place, check in enumerate(checks):
            if place % LEFT_OPEN == 0 or timezone.localdate(check.asked_at) != timezone.localdate():
                continue
            measures, banned = duties_of(check)
            result = Result.REFUSED if banned else Result.CONDITIONED if measures else Result.GRANTED
            by = User.objects.get(pk=check.asker_id or 0)
            tell(check, result=result, decided_on=timezone.localdate(), measures=list(measures), by=by)

    def _reported(self, by: User) -> None:
        assert by.department is not None
        matter = ASKED[by.username][0][0]
        cases = [Decided(place, matter, _case(by, place), self.today, WINDOWS[0]) for place in (0, 2, 4)]
        day = self.today - timedelta(days=1)
        cases += [Decided(9 + place, matter, _case(by, 90 + place), day, WINDOWS[1]) for place in range(2)]
        report(cases, department=by.department, source=Source.FILE, by=by)


def _case(by: User, place: int) -> str:
    return f"{by.username.split('_')[0].upper()}-{place + 1:04d}"

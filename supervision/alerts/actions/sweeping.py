"""The sweep of a night: every rule that speaks or runs silently is asked of the ledger as it is known today.

Set-wise and harmless when run twice: a fact that an alert holds already changes nothing, constraints hold one open alert of a rule and a
subject, and each piece of work is one transaction with its counts, so that a killed night goes on where it stood.
Two at once are one: the second leaves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F
from django.utils import timezone

from casework.actions.opening import open_many
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import Department
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.pg import alone
from records.models import Subject
from supervision.alerts.actions import handling, ruling
from supervision.alerts.models import AlertCase, AlertFact, AlertRule, Digest, Firing, Sweep, SweepLine
from supervision.alerts.queries import receivers
from supervision.alerts.queries.knowledge import Asked, gathered
from supervision.alerts.queries.levels import Fact, facts, levels
from supervision.alerts.rules.alerts import ALERT, SWEEP, WEIGHT, AlertState, Severity, is_quiet
from supervision.alerts.rules.ruling import RuleState

PIECE = 200
LOCK = 0x414C52


@dataclass(frozen=True, slots=True)
class Tonight:
    """What a rule says of the day: the facts of each subject that has any, and how much they weigh."""

    rule: AlertRule
    on: date
    facts: Mapping[int, Sequence[Fact]]
    level: Mapping[int, int]
    receivers: receivers.Receivers = field(compare=False)

    def fired(self) -> list[int]:
        """The subjects whose level has reached the threshold, the highest first."""
        over = [subject for subject, level in self.level.items() if level >= self.rule.threshold]
        return sorted(over, key=lambda subject: (-self.level[subject], subject))


def sweep(on: date | None = None) -> Sweep | None:
    """Ask all rules of a day; the run with its counts, None while another one is at it. The platform only."""
    on = on or timezone.localdate()
    policy.require(SYSTEM, SWEEP)
    with alone(LOCK) as free:
        if not free:
            return None
        ruling.pause_overdue(on)
        for rule in AlertRule.objects.speaking():
            handling.quiet_when_mostly_wrong(rule)
        with acting(SYSTEM):
            run = Sweep.objects.get_or_create(on=on)[0]
        asked = sorted(AlertRule.objects.asked(), key=lambda each: (WEIGHT[Severity(each.severity)], each.code))
        able = [rule for rule in asked if not ruling.missing_data(rule)]
        with gathered([Asked.of(rule) for rule in able], on, on):
            hands = receivers.Receivers(on)
            for rule in able:
                _one(run, rule, on, hands)
        _unable(run, [rule for rule in asked if rule not in able])
        _digests(on)
        with acting(SYSTEM):
            run.finished_at = timezone.now()
            run.save(update_fields=["finished_at"])
            audit.record("alerts.sweep", run, by=SYSTEM, detail={"on": on, "rules": len(able)})
    return run


def _one(run: Sweep, rule: AlertRule, on: date, hands: receivers.Receivers) -> None:
    level = {each.subject: each.level for each in levels(rule.pk, on, on)}
    tonight = Tonight(rule, on, facts(rule.pk, on), level, hands)
    with acting(SYSTEM):
        line = SweepLine.objects.get_or_create(sweep=run, rule=rule)[0]
        SweepLine.objects.filter(pk=line.pk).update(fired=len(tonight.fired()), why="", held=0)
    if rule.state == RuleState.SHADOW:
        _in_shadow(tonight)
        return
    _append(tonight, line)
    _clear(tonight, line)
    waiting = _reopen(tonight, line)
    _raise(tonight, line, waiting)


def _append(tonight: Tonight, line: SweepLine) -> None:
    """New facts of open alerts; what an alert holds already is known."""
    alerts = AlertCase.objects.open().filter(code=tonight.rule.code, subject__in=list(tonight.facts))
    for piece in _pieces(list(alerts.values_list("pk", flat=True))):
        with acting(SYSTEM):
            held = list(AlertCase.objects.select_for_update(of=("self",)).filter(pk__in=piece, is_open=True))
            known = set(AlertFact.objects.filter(alert__in=held).values_list("alert", "key"))
            new = [
                _fact(alert, fact, tonight.on)
                for alert in held
                for fact in tonight.facts[alert.subject_id]
                if (alert.pk, fact.key) not in known
            ]
            AlertFact.objects.bulk_create(new, ignore_conflicts=True)
            for alert in held:
                alert.level = tonight.level.get(alert.subject_id, 0)
            AlertCase.objects.bulk_update(held, ["level"])
            if new:
                _count(line, appended=len(new))
                audit.record("alerts.alert.append", by=SYSTEM, members=sorted({each.alert_id for each in new}))


def _clear(tonight: Tonight, line: SweepLine) -> None:
    """Alerts whose level has fallen to the clear threshold; while somebody handles one, they decide."""
    rows = AlertCase.objects.open().filter(
        code=tonight.rule.code, case__state__in=(AlertState.OPEN, AlertState.ACKNOWLEDGED)
    )
    for alert in rows.select_related("case", "rule"):
        if tonight.level.get(alert.subject_id, 0) <= tonight.rule.clear_threshold:
            with acting(SYSTEM):
                handling.clear(alert, on=tonight.on)
                _count(line, cleared=1)


def _reopen(tonight: Tonight, line: SweepLine) -> list[int]:
    """Cleared alerts that are there again; the subjects that fire, have no open alert and about which the rule is not silent."""
    fired = tonight.fired()
    busy = set(
        AlertCase.objects.open().filter(code=tonight.rule.code, subject__in=fired).values_list("subject", flat=True)
    )
    rows = AlertCase.objects.filter(code=tonight.rule.code, subject__in=fired).select_related("case", "rule")
    last = {row.subject_id: row for row in rows.order_by("pk")}
    judged = AlertFact.objects.filter(
        alert__in=AlertCase.objects.judged().filter(code=tonight.rule.code, subject__in=fired)
    )
    known = set(judged.values_list("alert__subject", "key"))
    waiting = []
    for subject in fired:
        former = last.get(subject)
        if subject in busy:
            continue
        if former is not None and former.case.state == AlertState.CLEARED:
            with acting(SYSTEM):
                handling.reopen(former, level=tonight.level[subject], on=tonight.on)
                _renew_facts(former, tonight)
                _count(line, reopened=1)
        elif former is None or not _silent(former, tonight, known):
            waiting.append(subject)
    return waiting


def _silent(former: AlertCase, tonight: Tonight, known: set[tuple[int, str]]) -> bool:
    ended = former.case.closed_on or tonight.on
    return is_quiet(
        verdict=former.verdict,
        is_news=any((former.subject_id, fact.key) not in known for fact in tonight.facts[former.subject_id]),
        days_since=(tonight.on - ended).days,
        cooldown_days=tonight.rule.cooldown_days,
    )


def _renew_facts(alert: AlertCase, tonight: Tonight) -> None:
    AlertFact.objects.filter(alert=alert, key__in=[each.key for each in tonight.facts[alert.subject_id]]).update(
        gone_on=None, gone_why=""
    )
    rows = [_fact(alert, fact, tonight.on) for fact in tonight.facts[alert.subject_id]]
    AlertFact.objects.bulk_create(rows, ignore_conflicts=True)


def _raise(tonight: Tonight, line: SweepLine, waiting: Sequence[int]) -> None:
    """New alerts, as many as the officers can look at this week; the rest is asked again tomorrow."""
    rule, held = tonight.rule, 0
    for piece in _pieces(list(waiting)):
        with acting(SYSTEM):
            subjects = Subject.objects.in_bulk(piece)
            tonight.receivers.learn(tonight.facts[number] for number in piece)
            begun = []
            for number in piece:
                department = tonight.receivers.of(rule, tonight.facts[number])
                if department is None or not tonight.receivers.has_room(department, rule.weekly_budget):
                    held += 1
                    continue
                begun.append((subjects[number], department, _own(tonight, number)))
            cases = open_many(ALERT, begun, by=SYSTEM, on=tonight.on, days=rule.ack_days)
            alerts = {each.subject_id: each for each in AlertCase.objects.filter(pk__in=[case.pk for case in cases])}
            AlertFact.objects.bulk_create(
                [_fact(alert, fact, tonight.on) for pk, alert in alerts.items() for fact in tonight.facts[pk]]
            )
            _count(line, raised=len(cases))
    SweepLine.objects.filter(pk=line.pk).update(held=held)


def _own(tonight: Tonight, subject: int) -> dict[str, object]:
    return {
        "rule": tonight.rule,
        "code": tonight.rule.code,
        "subject_id": subject,
        "severity": tonight.rule.severity,
        "level": tonight.level[subject],
        "raised_on": tonight.on,
    }


def _in_shadow(tonight: Tonight) -> None:
    """What a rule on trial would say: kept for its page, told to nobody."""
    rule, on = tonight.rule, tonight.on
    with acting(SYSTEM):
        there = Firing.objects.filter(rule=rule, backtest__isnull=True, ended_on__isnull=True)
        open_now = dict(there.values_list("subject", "pk"))
        gone = [pk for subject, pk in open_now.items() if tonight.level.get(subject, 0) <= rule.clear_threshold]
        Firing.objects.filter(pk__in=gone).update(ended_on=on)
        new = [subject for subject in tonight.fired() if subject not in open_now]
        Firing.objects.bulk_create(
            [Firing(rule=rule, subject_id=each, on=on, level=tonight.level[each]) for each in new],
            batch_size=1000,
            ignore_conflicts=True,
        )


def _unable(run: Sweep, rules: Sequence[AlertRule]) -> None:
    with acting(SYSTEM):
        for rule in rules:
            why = f"所需的数据标准未登记：{'、'.join(ruling.missing_data(rule))}。"
            SweepLine.objects.update_or_create(sweep=run, rule=rule, defaults={"why": why})


def _digests(on: date) -> None:
    """One line a day for each officer of a department to which the day brought something."""
    rows = (
        AlertCase.objects.open()
        .filter(facts__added_on=on)
        .values_list("case__department", "pk", "raised_on")
        .distinct()
    )
    fresh = Counter(department for department, _, raised in rows if raised == on)
    more = Counter(department for department, _, raised in rows if raised != on)
    departments = Department.objects.filter(pk__in={*fresh, *more})
    with acting(SYSTEM):
        Digest.objects.bulk_create(
            [
                Digest(
                    officer=officer, on=on, text=f"今日新预警{fresh[each.pk]}件，原有预警补充依据{more[each.pk]}件。"
                )
                for each in departments
                for officer in receivers.officers().filter(department=each)
            ],
            ignore_conflicts=True,
        )


def _fact(alert: AlertCase, fact: Fact, on: date) -> AlertFact:
    return AlertFact(
        alert=alert, key=fact.key, record_id=fact.record, weight=fact.weight, since=fact.since, added_on=on
    )


def _count(line: SweepLine, **more: int) -> None:
    SweepLine.objects.filter(pk=line.pk).update(**{name: F(name) + count for name, count in more.items()})


def _pieces(rows: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(rows), PIECE):
        yield list(rows[start : start + PIECE])

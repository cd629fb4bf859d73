"""Pages that explain: about, help, open data, how to repair. What they tell of periods is read from the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from disclosure.kinds import ATTESTED
from disclosure.models import PeriodRule, RuleSet
from disclosure.own_kinds import ACTS
from disclosure.rules.values import CREDIT, LIST, MARKET


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "disclosure/public/about.html")


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "disclosure/public/help.html")


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    return render(request, "disclosure/public/open_data.html", {"acts": ACTS})


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """The interface documentation, drawn by the browser from /api/schema/."""
    return render(request, "disclosure/public/api_docs.html")


@dataclass(frozen=True, slots=True)
class Rules:
    """One rule set with its classes of penalties; `lasting` are those whose ministry keeps what is unperformed."""

    rule_set: RuleSet
    classes: list[PeriodRule]
    in_force: bool

    @property
    def lasting(self) -> list[PeriodRule]:
        return [each for each in self.classes if each.unperformed_at_max == "keep"]


@require_safe
def repair_guide(request: HttpRequest) -> HttpResponse:
    """The periods of the rule sets in force and before, as the platform applies them."""
    today = timezone.localdate()
    context = {
        "rules": _penalty_rules(today, CREDIT),
        "market": [each for each in _penalty_rules(today, MARKET) if each.in_force],
        "others": _other_periods(today),
        "today": today,
    }
    return render(request, "disclosure/public/repair.html", context)


def _penalty_rules(today: date, channel: str) -> list[Rules]:
    """The rule sets for penalties of a channel, the one in force first, with the classes of their time."""
    found = []
    for each in RuleSet.objects.filter(channel=channel).prefetch_related("periods").order_by("-valid_from"):
        classes = [period for period in each.periods.all() if period.kind == "penalty" and _holds(period, today)]
        if classes and each.valid_from <= today:
            found.append(Rules(each, classes, each.valid_until is None or each.valid_until >= today))
    return found


def _holds(period: PeriodRule, today: date) -> bool:
    """Whether a row with days of its own is in force."""
    return (period.valid_from is None or period.valid_from <= today) and (
        period.valid_until is None or today <= period.valid_until
    )


def _other_periods(today: date) -> list[PeriodRule]:
    """How long everything that is no penalty is shown, under the rules in force."""
    rows = PeriodRule.objects.exclude(kind__in=("penalty", "registration")).exclude(rule_set__channel=LIST)
    rows = rows.filter(rule_set__valid_from__lte=today)
    open_rows = rows.filter(Q(rule_set__valid_until__isnull=True) | Q(rule_set__valid_until__gte=today))
    order = list(ATTESTED)
    return sorted(
        open_rows.select_related("rule_set"),
        key=lambda row: (order.index(row.kind) if row.kind in order else len(order), row.priority),
    )

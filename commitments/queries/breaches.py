"""What the desk lists of breach cases, and what the page of one case shows: the next steps and every date explained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from commitments.models import BreachCase, Measure
from commitments.models.breaches import BreachCaseQuerySet
from commitments.rules import breaches as rules
from commitments.rules.kinds import BREACH_KIND_LABELS, BreachKind, MeasureKind
from commitments.rules.measures import MeasureFacts, fits, until
from commitments.rules.states import BREACH_LABELS, BREACH_MOVES, BreachState
from credit_platform.accounts import policy
from credit_platform.accounts.desk import within
from credit_platform.accounts.models import User
from credit_platform.workdays.queries import calendar

SCOPES = {"open": "办理中", "decided": "已决定", "closed": "已结案", "all": "全部"}
STATES = {
    "decided": (BreachState.DECIDED,),
    "closed": (BreachState.DISMISSED, BreachState.ANNULLED),
    "open": tuple(set(BreachState) - {BreachState.DECIDED, BreachState.DISMISSED, BreachState.ANNULLED}),
}
TONES = {
    BreachState.CANDIDATE: "info",
    BreachState.NOTIFIED: "info",
    BreachState.SERVED: "info",
    BreachState.FOUND: "warn",
    BreachState.DECIDED: "serious",
    BreachState.DISMISSED: "neutral",
    BreachState.ANNULLED: "neutral",
}


def desk_cases(user: User, scope: str, on: date) -> BreachCaseQuerySet:
    """The cases that somebody may see, narrowed to a scope of the list; with what the rows show."""
    rows: Any = within(BreachCase.objects.all(), user, on)
    narrowed = {
        "open": rows.open,
        "decided": lambda: rows.filter(state=BreachState.DECIDED),
        "closed": lambda: rows.filter(state__in=STATES["closed"]),
        "all": lambda: rows,
    }[scope]()
    return narrowed.select_related("subject", "letter", "department")


def scope_for(scope: str, state: str) -> str:
    """The scope to list when a state is filtered as well: a state that lies outside it is looked for in all."""
    return "all" if state and scope in STATES and state not in STATES[scope] else scope


class BreachFilter(django_filters.FilterSet):
    """Filters of the list; they stay in the address."""

    q = django_filters.CharFilter(label="案号、主体名称或信用代码", method="by_text")
    kind = django_filters.ChoiceFilter(
        label="违诺种类", empty_label="全部", choices=[(key.value, label) for key, label in BREACH_KIND_LABELS.items()]
    )
    state = django_filters.ChoiceFilter(
        label="状态", empty_label="全部", choices=[(key.value, label) for key, label in BREACH_LABELS.items()]
    )
    source = django_filters.ChoiceFilter(
        label="来源", empty_label="全部", choices=[(key.value, label) for key, label in rules.SOURCE_LABELS.items()]
    )

    class Meta:
        model = BreachCase
        fields = ("q", "kind", "state", "source")

    def by_text(self, rows: QuerySet[BreachCase], name: str, value: str) -> QuerySet[BreachCase]:
        """A number of a case, the whole code of a subject, or a part of its name."""
        text = value.strip()
        return rows.filter(Q(number=text) | Q(subject__code=text.upper()) | Q(subject__name__contains=text))


@dataclass(frozen=True, slots=True)
class Act:
    """A verb of the page: its address, label, permission; `serious` for what weighs on the subject or cannot be undone."""

    slug: str
    label: str
    permission: str
    serious: bool = False


HANDLE, DECIDE = "commitments.breach.handle", "commitments.breach.decide"
ACTS = (
    Act("notify", "告知", HANDLE),
    Act("serve", "登记送达", HANDLE),
    Act("find", "认定", DECIDE),
    Act("hear", "登记陈述申辩", HANDLE),
    Act("decide", "作出决定", DECIDE),
    Act("dismiss", "不予认定", DECIDE),
    Act("annul", "撤销决定", DECIDE, serious=True),
)
BY_SLUG = {act.slug: act for act in ACTS}


def acts_for(case: BreachCase, user: User, on: date) -> list[Act]:
    """Only the verbs that the state allows, that the person may use, and whose time has come."""
    return [act for act in ACTS if _allowed(act, case, user) and not (act.slug == "find" and not may_find(case, on))]


def _allowed(act: Act, case: BreachCase, user: User) -> bool:
    if (BreachState(case.state), act.slug) not in BREACH_MOVES:
        return False
    if act.permission == DECIDE and case.drafted_by_id == user.pk:
        return False
    return policy.allows(user, act.permission, case.department)


def may_find(case: BreachCase, on: date) -> bool:
    """Whether the subject was heard: it has spoken, waived it, or its last day has passed."""
    heard = case.waived or case.statement_on is not None
    return heard or (case.hearing_until is not None and on > case.hearing_until)


def fitting(case: BreachCase, on: date) -> list[Measure]:
    """The measures of the matter's entry that may follow this kind of breach on a day."""
    entry = case.letter.entry
    kind = BreachKind(case.kind)
    return [each for each in entry.measures.order_by("code") if fits(_facts(each), kind, on)] if entry else []


def told(case: BreachCase, on: date) -> list[Measure]:
    """The measures that a decision may take: fitting, and told beforehand."""
    return [each for each in fitting(case, on) if each.code in case.intended]


def _facts(each: Measure) -> MeasureFacts:
    kind = MeasureKind(each.kind)
    term = (each.valid_from, each.valid_until)
    return MeasureFacts(each.code, each.name, kind, each.months, each.after_false, each.after_unfulfilled, *term)


def until_of(measure: Measure, decided_on: date) -> date | None:
    """The last day of a measure that would be decided on a day; None when it has no term."""
    return until(_facts(measure), decided_on)


def draft_notice(case: BreachCase, on: date) -> str:
    """The notice as it is proposed to the clerk, with all fitting measures."""
    letter = case.letter
    measures = fitting(case, on)
    return rules.notice_text(
        subject=case.subject.name,
        promise=letter.matter.name if letter.matter else letter.record.title,
        made_on=letter.made_on,
        kind=BREACH_KIND_LABELS[BreachKind(case.kind)],
        facts=case.facts,
        basis="；".join(dict.fromkeys(each.basis for each in measures)),
        measures=[each.name for each in measures],
        days=rules.HEARING_DAYS,
    )


def steps(case: BreachCase) -> list[dict[str, Any]]:
    """The course of a case for the kit's time line, the first step on top; only steps that were taken."""
    found = [
        _step("提出", case.drafted_on, rules.SOURCE_LABELS[rules.Source(case.source)], case.drafted_by),
        _step("告知当事人", case.notified_on, f"陈述申辩期限{case.hearing_days}个工作日", None),
        _step("送达", case.served_on, case.served_how, None),
        _step(_heard(case), case.statement_on, case.statement[:200], None),
        _step("认定", case.found_on, case.reasons[:200], case.found_by),
        _step("作出决定", case.decided_on, case.document_number, case.decided_by, tone="serious"),
    ]
    if case.state in (BreachState.DISMISSED, BreachState.ANNULLED):
        found.append(_step(BREACH_LABELS[BreachState(case.state)], case.closed_on, case.closed_why, None))
    return [step for step in found if step["on"] is not None]


def _heard(case: BreachCase) -> str:
    if case.waived:
        return "当事人放弃陈述申辩"
    return "当事人在线陈述申辩" if case.statement_by_id else "当事人陈述申辩"


def _step(title: str, on: date | None, text: str, who: User | None, tone: str = "") -> dict[str, Any]:
    return {"title": title, "on": on, "text": text, "note": who.full_name if who else "", "done": True, "tone": tone}


def explained(case: BreachCase) -> list[tuple[str, list[str]]]:
    """Every date of the case that a rule computed, with how it was found."""
    found = []
    if case.served_on and case.hearing_days and case.hearing_until:
        lines = calendar().deadline(case.served_on, case.hearing_days).explain()
        found.append(("陈述申辩截止日", lines))
    for taken in case.measures.select_related("measure"):
        if taken.until and case.decided_on:
            text = (
                f"“{taken.measure.name}”期限{taken.measure.months}个月，自决定之日（{_cn(case.decided_on)}）次日起计算，"
                f"至{_cn(taken.until)}止（《民法典》第二百零一条、第二百零二条）；期限的终止日不因休息日顺延。"
            )
            found.append((taken.measure.name, [text]))
    if case.barred_until:
        last = f"不适用告知承诺至{_cn(case.barred_until)}24时止，次日起可以再次适用。"
        found.append(("不适用告知承诺", [last]))
    return found


def _cn(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"

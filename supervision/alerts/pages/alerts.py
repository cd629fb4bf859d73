"""/desk/alerts/ and /desk/record-checks/: the alerts of the department, and the records that it is asked to verify."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import django_filters

from casework.models import Case
from casework.pages import CasePages, StepPage
from casework.pages.desk import COLUMNS, case_filter
from credit_platform.labels import choices
from credit_platform.web.export import Column
from records.models import CreditRecord
from supervision.alerts import forms
from supervision.alerts.actions import handling
from supervision.alerts.queries import desk
from supervision.alerts.rules.alerts import ALERT, SEVERITY_LABELS, VERDICT_LABELS, VERIFICATION
from supervision.inspections.items.models import Item
from supervision.inspections.visits.queries.desk import listed_items


def _records(case: Case, on: date) -> Sequence[CreditRecord]:
    return list(CreditRecord.objects.filter(pk__in=case.own.facts.filter(record__isnull=False).values("record")))


def _own_records(case: Case, on: date) -> Sequence[CreditRecord]:
    return [each for each in _records(case, on) if each.source_department_id == case.department_id]


def _listed(case: Case, on: date) -> Sequence[Item]:
    return list(listed_items(case.department, on))


PAGES = CasePages(
    ALERT,
    address="alerts",
    templates="alerts",
    filters=case_filter(
        ALERT,
        code=django_filters.CharFilter(label="规则代号", field_name="alertcase__code", lookup_expr="iexact"),
        severity=django_filters.ChoiceFilter(
            label="级别", empty_label="全部", field_name="alertcase__severity", choices=choices(SEVERITY_LABELS)
        ),
        verdict=django_filters.ChoiceFilter(
            label="结论", empty_label="全部", field_name="alertcase__verdict", choices=choices(VERDICT_LABELS)
        ),
    ),
    joined=("rule",),
    lead="预警是供核实的内部线索，不是对主体的结论：不公开，不进入评价、信用报告和信用核查，由人核实后决定怎样处置。",
    more=desk.more,
    began=lambda case: f"规则{case.own.code}“{case.own.rule.name}”预警",
    columns=(
        *COLUMNS[:4],
        Column("规则", lambda case: f"{case.own.code} {case.own.rule.name}", 30),
        Column("级别", lambda case: case.own.get_severity_display()),
        *COLUMNS[4:6],
        Column("结论", lambda case: case.own.get_verdict_display()),
        Column("处置方式", lambda case: case.own.get_measure_display()),
        Column("处置文书号", lambda case: case.own.document, 24),
        COLUMNS[8],
    ),
    forms={
        "acknowledge": StepPage(forms.AcknowledgeForm, handling.acknowledge),
        "handle": StepPage(forms.HandleForm, handling.handle),
        "interview": StepPage(forms.InterviewForm, handling.interview, offered=_own_records),
        "inspect": StepPage(forms.InspectForm, handling.inspect, offered=_listed),
        "close": StepPage(forms.CloseForm, handling.close, offered=_records),
    },
)
CHECKS = CasePages(
    VERIFICATION,
    address="record-checks",
    templates="alerts/verifications",
    filters=case_filter(VERIFICATION),
    joined=("checked", "alert__case"),
    lead="处置预警时发现有误的信息，由提供单位核实：更正后登记，或者说明为什么无误。",
    began=lambda case: f"处置预警{case.own.alert.case.number}时提出",
    columns=(
        *COLUMNS[:4],
        Column("信息", lambda case: case.own.checked.title, 30),
        Column("文书号", lambda case: case.own.checked.document_number, 24),
        *COLUMNS[4:6],
        COLUMNS[8],
    ),
    forms={
        "correct": StepPage(forms.VerifyForm, handling.correct),
        "uphold": StepPage(forms.VerifyForm, handling.uphold),
    },
)

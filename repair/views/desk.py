"""Repairs at the desk: the queues of the department and of the credit office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import django_filters

from casework import forms as kit
from casework.models import Case
from casework.pages import CasePages, StepPage
from casework.pages.desk import COLUMNS, Begin, case_filter
from credit_platform.accounts.models import User
from credit_platform.labels import choices
from credit_platform.web.export import Column
from repair import actions, forms
from repair.queries.clocks import dates_shown
from repair.queries.eligibility import asked
from repair.queries.measures import measures_of
from repair.rules.procedure import APPLY, FINDING_LABELS, REPAIR, WAY_LABELS
from sanctions.joint.models import JointItem

FILTERS = case_filter(
    REPAIR,
    way=django_filters.ChoiceFilter(
        label="申请事由", empty_label="全部", field_name="repaircase__way", choices=choices(WAY_LABELS)
    ),
    finding=django_filters.ChoiceFilter(
        label="核实结论", empty_label="全部", field_name="repaircase__finding", choices=choices(FINDING_LABELS)
    ),
)


def _more(case: Case, user: User, on: date) -> dict[str, Any]:
    own = case.own
    return {
        "item": own.disclosure,
        "asked": asked(own.disclosure, on),
        "dates": dates_shown(own),
        "measures": measures_of(own),
    }


def _verify(case: Case, *, finding: str, text: str, performed_on: date | None, document: str, **given: Any) -> Case:
    return actions.verify(case, forms.word_of(finding, text, performed_on, document), **given)


def _performed(case: Case, on: date) -> dict[str, Any]:
    return {"performed_on": case.own.said_performed_on}


def _measures(case: Case, on: date) -> Sequence[tuple[int, str]]:
    return [(line.pk, _words(line)) for line in measures_of(case.own)]


def _words(line: JointItem) -> str:
    return f"{line.measure.measure.name}（{line.task.case.department.name}）"


PAGES = CasePages(
    REPAIR,
    address="repairs",
    templates="repair",
    begin=Begin("登记修复申请", "repair:choose", APPLY),
    filters=FILTERS,
    joined=("disclosure", "entry__credit_list", "accepted_by", "verified_by", "reviewed_by", "shielded_by"),
    lead="认定单位核实，一人初审、另一人决定；准予后立即在所有渠道停止公示。",
    more=_more,
    began=lambda case: str(case.own.get_way_display()),
    columns=(
        *COLUMNS[:3],
        Column("修复的信息", lambda case: case.repaircase.item_name, 24),
        Column("申请事由", lambda case: case.repaircase.get_way_display()),
        Column("公示编号", lambda case: case.repaircase.disclosure.public_id, 16),
        *COLUMNS[3:6],
        Column("核实结论", lambda case: case.repaircase.get_finding_display()),
        Column("生效日期", lambda case: case.repaircase.granted_on),
        COLUMNS[-1],
    ),
    forms={
        "accept": StepPage(kit.StepForm, actions.accept),
        "ask": StepPage(forms.AskForm, actions.ask),
        "supply": StepPage(forms.SupplyForm, actions.supply),
        "refuse": StepPage(forms.RefuseForm, actions.refuse_it),
        "verify": StepPage(forms.VerifyForm, _verify, initial=_performed),
        "extend": StepPage(forms.ReasonForm, actions.extend),
        "review": StepPage(forms.ReviewForm, actions.review),
        "grant": StepPage(forms.AnswerForm, actions.grant),
        "reject": StepPage(forms.RejectForm, actions.reject),
        "shield": StepPage(forms.AnswerForm, actions.shield),
        "free": StepPage(forms.FreeForm, actions.free, offered=_measures),
        "follow": StepPage(forms.FollowForm, actions.follow),
        "complete": StepPage(forms.CompleteForm, actions.complete),
        "lapse": StepPage(forms.ReasonForm, actions.lapse),
        "retract": StepPage(forms.RetractForm, actions.retract),
        "notify": StepPage(forms.NotifyForm, actions.notify),
        "serve": StepPage(kit.ServeForm, actions.serve),
        "hear": StepPage(kit.HearForm, actions.hear),
        "undo": StepPage(forms.UndoForm, actions.undo),
        "clear": StepPage(forms.ReasonForm, actions.clear),
    },
)

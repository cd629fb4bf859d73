"""The pages of a strike: at the desk, and for the agency that it is about."""

from __future__ import annotations

from casework import forms as kit
from casework.pages import CasePages, StepPage
from casework.pages.desk import COLUMNS, case_filter
from casework.pages.subject import SubjectPages
from credit_platform.web.export import Column
from industry.agencies import actions, forms
from industry.agencies.rules import STRIKE

PAGES = CasePages(
    STRIKE,
    address="agencies/strikes",
    templates="industry/agencies/strikes",
    filters=case_filter(STRIKE),
    joined=("agency__subject",),
    lead="取消登记先告知、听取陈述申辩，由另一人认定和决定。取消登记不影响机构依法经营。",
    began=lambda case: case.own.facts,
    columns=(*COLUMNS[:4], Column("情形", lambda case: case.own.get_ground_display(), 24), *COLUMNS[4:]),
    forms={
        "notify": StepPage(
            kit.NotifyForm,
            actions.notify,
            initial=lambda case, on: {
                "notice": f"{case.own.agency.subject.name}：\n经核查，你机构存在下列情形：{case.own.get_ground_display()}。\n"
                f"{case.own.facts}\n拟取消信用服务机构登记。你机构有权陈述和申辩；逾期未陈述、申辩的，视为放弃该权利。"
            },
        ),
        "serve": StepPage(kit.ServeForm, actions.serve),
        "hear": StepPage(kit.HearForm, actions.hear),
        "determine": StepPage(kit.DetermineForm, actions.determine),
        "decide": StepPage(kit.DecideForm, actions.decide),
        "dismiss": StepPage(forms.DismissForm, actions.dismiss),
    },
)
MINE = SubjectPages(
    STRIKE,
    address="agency/strikes",
    templates="industry/agencies/strikes",
    respond=actions.respond,
    pairs=lambda case: [("情形", case.own.get_ground_display())],
)

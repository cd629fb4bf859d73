"""What a company's home page shows of its repairs."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from companies.home import Row, Section
from companies.models import CompanyAccount
from repair.queries.own import cases_of
from repair.rules.procedure import State
from repair.views.company import MINE

ROWS = 5


def sections(account: CompanyAccount, on: date) -> list[Section]:
    """What waits for the company, and its latest repairs."""
    rows = list(cases_of(account)[:ROWS])
    waits = [
        Row(f"补正修复材料：{case.number}", _page(case.pk), note=case.own.asked_for, tag="待补正", tone="warn")
        for case in rows
        if case.state == State.ASKED
    ]
    told = MINE.home_rows(account, on, title="拟撤销信用修复告知")
    latest = [
        Row(case.own.disclosure.title, _page(case.pk), note=case.number, tag=case.get_state_display(), tone=case.tone)
        for case in rows
    ]
    empty = "可以修复的信息和最早申请日，见“信用修复”。"
    return [
        Section("近期事项", [*told, *waits], due=True, order=24),
        Section("信用修复", latest, reverse("repair:mine"), "全部修复", empty, order=35),
    ]


def _page(pk: int) -> str:
    return reverse("repair:my-repair", args=[pk])

"""What a company's home page shows of its objections."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from companies.home import Row, Section
from companies.models import CompanyAccount
from objections.queries.items import cases_of
from objections.rules.procedure import State

ROWS = 5


def sections(account: CompanyAccount, on: date) -> list[Section]:
    """What waits for the company, and its latest objections."""
    rows = list(cases_of(account)[:ROWS])
    waits = [
        Row(f"补正异议材料：{case.number}", _page(case.pk), note=case.own.asked_for, tag="待补正", tone="warn")
        for case in rows
        if case.state == State.ASKED
    ]
    latest = [
        Row(case.own.disclosure.title, _page(case.pk), note=case.number, tag=case.get_state_display(), tone=case.tone)
        for case in rows
    ]
    empty = "对公示内容、期限、修复结果有异议的，可以在公示页面上提出。"
    return [
        Section("近期事项", waits, due=True, order=25),
        Section("异议", latest, reverse("objection:mine"), "全部异议", empty, order=40),
    ]


def _page(pk: int) -> str:
    return reverse("objection:my-objection", args=[pk])

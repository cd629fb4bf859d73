"""What a company's home page shows of its declarations."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from companies.home import Row, Section
from companies.models import CompanyAccount
from declarations.models import Declaration
from declarations.queries import declarations_of, silent_soon
from declarations.rules import State

ROWS = 5


def sections(account: CompanyAccount, on: date) -> list[Section]:
    """What is to be confirmed again or mended, and the latest declarations."""
    latest = [
        Row(each.title, _page(each), tag=each.get_state_display(), tone=each.tone)
        for each in declarations_of(account)[:ROWS]
    ]
    empty = "还没有申报。可以公开资质证照、经营、履约和公益信息。"
    return [
        Section("近期事项", _due(account, on), due=True, order=20),
        Section("自主申报", latest, reverse("declarations:mine"), "申报信息", empty, order=30),
    ]


def _due(account: CompanyAccount, on: date) -> list[Row]:
    rows = []
    for each in silent_soon(account, on):
        silent = each.confirmed_until is not None and each.confirmed_until < on
        note = "已停止公开，确认后恢复。" if silent else "到期不确认，停止公开。"
        rows.append(Row(f"再次确认：{each.title}", _page(each), note=note, due=each.confirmed_until))
    returned = declarations_of(account).filter(state=State.RETURNED)[:ROWS]
    rows += [
        Row(f"退回修改：{each.title}", _page(each), note=each.review_note, tag="已退回", tone="warn")
        for each in returned
    ]
    return rows


def _page(row: Declaration) -> str:
    return reverse("declarations:my-declaration", args=[row.pk])

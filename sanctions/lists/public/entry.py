"""What the page of an entry says beside its record: the list and its law, the days one by one, how to leave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from credit_platform.web.formats import cn_date
from disclosure.models import Disclosure
from disclosure.public.extras import Extra
from sanctions.lists.models import CreditList
from sanctions.lists.queries.days import days_of
from sanctions.lists.queries.public import entry_of

Rows = list[tuple[str, str, str]]


def about_entry(row: Disclosure, today: date) -> Iterator[Extra]:
    """The three parts of an entry's page."""
    entry = entry_of(row)
    if entry is None:
        return
    listed = entry.credit_list
    yield Extra("所在名单", _list(listed), listed.conflict_note)
    yield Extra("期限逐日说明", [(cn_date(day), words, "") for day, words in days_of(entry)])
    yield Extra("怎样移出", [], _way_out(listed))


def _list(listed: CreditList) -> Rows:
    rows: Rows = [
        ("名单", listed.name, reverse("lists-public:list", args=[listed.code])),
        ("设立依据", f"{listed.basis}（{listed.get_basis_rank_display()}）", ""),
        ("认定标准", listed.standard_at, ""),
    ]
    return rows


def _way_out(listed: CreditList) -> str:
    conditions = listed.exit_conditions or "期满自动移出。"
    if not listed.may_exit:
        return conditions
    return f"{conditions}信用修复不收取任何费用；申请途径见“信用修复”。"

"""What a published letter's page says beside the letter: the matter, its fulfilment, a decided breach; and the way back from those."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from commitments.letters.queries.letters import followed
from commitments.models import MatterEntry
from commitments.reviews.rules.days import IN_HAND, public_word
from commitments.rules.states import Fulfilment
from credit_platform.web.formats import cn_date
from disclosure import kinds
from disclosure.models import Disclosure
from disclosure.public.extras import Extra
from disclosure.queries.public import public_disclosures

CODES = {"commitment-fulfilment": "LY_BM", "commitment-breach": "WN_BM"}
Rows = list[tuple[str, str, str]]


def what_followed(row: Disclosure, today: date) -> Iterator[Extra]:
    """For a letter: how it is kept, what was decided, and under which entry of the list it was taken."""
    found = followed(row, today)
    if found is None:
        return
    letter = found.letter
    word = public_word(Fulfilment(letter.fulfilment), decided=bool(found.breaches))
    rows: Rows = [("履约状态", word, "")]
    if letter.assessed_on and word != IN_HAND:
        rows.append(("最近认定", cn_date(letter.assessed_on), ""))
    rows += [_line(each, "LY_ZT") for each in found.fulfilments]
    note = "" if letter.assessed_on else "受理单位按事项规定的周期复核，复核结果会显示在这里。"
    yield Extra("履约情况", rows, note)
    if found.breaches:
        kept = "承诺书继续公示；违诺信息公示至其自身的期限届满，期间可以依法申请修复。"
        yield Extra("违背承诺", [_line(each, "WN_ZL") for each in found.breaches], kept)
    if letter.entry is not None:
        yield Extra("承诺事项", _matter(letter.entry))


def letter_behind(row: Disclosure, today: date) -> Iterator[Extra]:
    """For a fulfilment or a breach: the letter that it is about, while that is public."""
    code = str(row.shown.get(CODES[row.kind]) or "")
    letters = public_disclosures(today).filter(kind="commitment", subject_id=row.subject_id, document_number=code)
    letter = letters.order_by("-decided_on", "-id").first() if code else None
    if letter is not None:
        address = reverse("public:disclosure", args=[letter.public_id])
        yield Extra("承诺书", [("承诺编码", letter.document_number, address), ("承诺事项", letter.title, "")])


def _line(row: Disclosure, field: str) -> tuple[str, str, str]:
    text = f"{row.shown.get(field) or kinds.label(row.kind)}（{row.authority.name}）"
    return (cn_date(row.decided_on), text, reverse("public:disclosure", args=[row.public_id]))


def _matter(entry: MatterEntry) -> Rows:
    every = f"，此后每{entry.every}{entry.get_every_unit_display()}复核一次" if entry.every else ""
    review = f"承诺之日起{entry.first_after}{entry.get_first_unit_display()}内首次复核{every}。"
    address = reverse("commitments-public:matter", args=[entry.matter.code])
    return [("事项编码", entry.matter.code, address), ("事项名称", entry.matter.name, ""), ("复核规则", review, "")]

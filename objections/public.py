"""What the page of an item tells of objections to it: corrections (更正说明), both sides' words, reconsiderations and lawsuits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from credit_platform.web.formats import cn_date
from disclosure.models import Disclosure
from disclosure.public.extras import Extra
from disclosure.rules.marks import Mark
from objections.models import Contest, Correction, Objection
from objections.rules.outcomes import Outcome

HIDDEN = "涉及隐私，不再显示"
NOT_SHOWN = "未公示"


def about_objections(row: Disclosure, today: date) -> Iterator[Extra]:
    """The three parts, each only where there is something to tell (one query each, the second and third only for a marked item)."""
    corrections = list(Correction.objects.filter(disclosure=row).order_by("-on", "pk"))
    if corrections:
        note = "经主体提出异议、信息提供单位核实后更正；更正不重新计算公示期。"
        yield Extra("更正说明", [_corrected(each) for each in corrections], note)
    if Mark.DISPUTED in row.marks:
        yield from _both_sides(row)
    if Mark.CONTESTED in row.marks:
        note = "复议、诉讼期间不停止公示，法律另有规定的除外（《行政处罚法》第七十三条）。"
        yield Extra("复议、诉讼", [_contest(each) for each in Contest.objects.open().filter(disclosure=row)], note)


def _corrected(row: Correction) -> tuple[str, str, str]:
    old = HIDDEN if row.is_private else row.old or NOT_SHOWN
    return row.label, f"{cn_date(row.on)}更正。原为“{old}”，现为“{row.new or NOT_SHOWN}”", ""


def _both_sides(row: Disclosure) -> Iterator[Extra]:
    """The words of the last objection that nobody could verify."""
    unclear = Objection.objects.of(row).filter(is_open=False).select_related("case")
    last = unclear.filter(outcome=Outcome.UNCLEAR, settled_outcome="").first()
    last = unclear.filter(settled_outcome=Outcome.UNCLEAR).first() or last
    if last is not None:
        where = last.label or last.get_about_display()
        rows = [(f"主体认为（{where}）", last.claimed, ""), ("核实情况", last.case.public_note, "")]
        yield Extra("双方说法", rows, "来源单位和主体的说法不一致，未能核实，供使用时一并参考。")


def _contest(row: Contest) -> tuple[str, str, str]:
    return row.get_kind_display(), f"{row.body}，{cn_date(row.begun_on)}受理", ""

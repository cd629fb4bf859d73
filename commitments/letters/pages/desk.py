"""The desk's list of letters and the page of one: what was promised, under which entry of the list, and what became of it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments.letters.queries import letters
from commitments.letters.queries.filters import DeskLetterFilter
from commitments.models import MatterEntry
from commitments.reviews.queries.reviews import promised
from commitments.rules.states import Fulfilment
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from records.models import SubjectKind

SORTS = {"made": Sort("最近承诺", ("-made_on", "-id")), "oldest": Sort("最早承诺", ("made_on", "id"))}
COLUMNS = (
    Column("承诺编码", "code", 24),
    Column("承诺主体", "subject.name", 32),
    Column("统一社会信用代码", lambda row: row.subject.code or "", 22),
    Column("承诺事项", lambda row: row.matter.name if row.matter else "", 32),
    Column("承诺类型", lambda row: row.get_commitment_type_display(), 20),
    Column("受理单位", "department.name", 28),
    Column("归集方式", lambda row: row.get_channel_display()),
    Column("承诺日期", "made_on"),
    Column("有效期至", "valid_until"),
    Column("履约状态", lambda row: row.get_fulfilment_display()),
    Column("下次复核日", "next_review_on"),
    Column("补正期限", "shortfall_due_on"),
)


@require_safe
@login_required
def letter_list(request: HttpRequest) -> HttpResponseBase:
    """The letters of the department; the credit office sees all."""
    user = staff_of(request, "commitments.view")
    listing = ListPage(request, letters.desk_letters(user, timezone.localdate()), DeskLetterFilter, sorts=SORTS)
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, "承诺书")
    rows = [(row, letters.TONES[Fulfilment(row.fulfilment)]) for row in listing.page.items]
    return render(request, "commitments/letters/list.html", {"listing": listing, "rows": rows})


@require_safe
@login_required
def letter_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter."""
    user, on = staff_of(request, "commitments.view"), timezone.localdate()
    rows = letters.desk_letters(user, on).select_related("record__item", "entry__edition", "subject")
    row = get_object_or_404(rows, pk=pk)
    active = row.fulfilment != Fulfilment.WITHDRAWN
    context: dict[str, Any] = {
        "row": row,
        "on": on,
        "tone": letters.TONES[Fulfilment(row.fulfilment)],
        "promised": promised(row),
        "entry": _entry(row.entry) if row.entry else [],
        "measures": list(row.entry.measures.all()) if row.entry else [],
        "reviews": list(row.reviews.select_related("reviewer").order_by("-due_on", "-pk")),
        "cases": list(row.breaches.select_related("case").order_by("-pk")),
        "attachments": list(row.attachments.all()),
        "person": row.subject.kind == SubjectKind.PERSON,
        "may_suspect": active
        and policy.allows(user, "commitments.breach.handle", row.department)
        and not row.breaches.open().exists(),
    }
    return render(request, "commitments/letters/letter.html", context)


def _entry(entry: MatterEntry) -> list[tuple[str, object]]:
    """The entry in force on the day of the letter, in words."""
    every = f"，此后每{entry.every}{entry.get_every_unit_display()}" if entry.every else "，只复核一次"
    found: list[tuple[str, object]] = [
        ("清单版本", entry.edition.name),
        ("事项编码", entry.matter.code),
        ("事项名称", entry.matter.name),
        ("适用条件", entry.who),
        ("复核规则", f"承诺之日起{entry.first_after}{entry.get_first_unit_display()}内首次复核{every}。"),
    ]
    if entry.shortfall_after:
        found.append(("材料补正期限", f"{entry.shortfall_after}{entry.get_shortfall_unit_display()}"))
    return [*found, ("设定依据", entry.basis)] if entry.basis else found

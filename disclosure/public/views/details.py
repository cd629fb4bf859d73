"""One subject's page and one disclosure's page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from credit_platform.web.keyset import KeysetPage
from disclosure.kinds import LISTED
from disclosure.kinds import kind as kind_of
from disclosure.public import entries, periods, pictures
from disclosure.public.extras import extras_of
from disclosure.public.pages import (
    SubjectHead,
    declared_by,
    disclosure_by_id,
    entries_of,
    subject_by_old_number,
    subject_head,
    withdrawn_note,
)
from disclosure.queries.deadlines import explain_deadline
from records.identifiers.clean import clean_code

ENTRIES = 20


@require_safe
def subject_page(request: HttpRequest, code: str) -> HttpResponse:
    """A subject's file: who it is, then what is said about it in time order. Old numbers lead to the same page."""
    today = timezone.localdate()
    head = subject_head(clean_code(code), today)
    if head is None:
        other = subject_by_old_number(clean_code(code))
        if other is None:
            raise Http404
        return redirect("public:subject", code=other.code)
    if head.subject.code != code:
        return redirect("public:subject", code=head.subject.code)
    kind = request.GET.get("kind", "")
    page = KeysetPage(
        entries_of(head.subject, today, kind),
        ("-decided_on", "-id"),
        cursor=request.GET.get("cursor", ""),
        size=ENTRIES,
    )
    context = {
        "head": head,
        "page": page,
        "entries": entries.entries(page.items, today),
        "declared": entries.entries(declared_by(head.subject, today)[:ENTRIES], today),
        "tabs": _tabs(head, kind),
        "years": pictures.years(head.years),
        "today": today,
    }
    return render(request, "disclosure/public/subject.html", context)


def _tabs(head: SubjectHead, kind: str) -> list[dict[str, Any]]:
    """All, and one for each kind that there is; a single kind needs no choice."""
    if len(head.counts) < 2:
        return []
    first = {"label": "全部", "url": "?", "current": kind not in LISTED, "count": head.total}
    rest = [{"label": LISTED[k], "url": f"?kind={k}", "current": kind == k, "count": n} for k, n in head.counts.items()]
    return [first, *rest]


@require_safe
def disclosure_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """One disclosure with every date explained; of a withdrawn one only the public note (行政处罚法 art. 48)."""
    today = timezone.localdate()
    row = disclosure_by_id(public_id, today)
    if row is None:
        note = withdrawn_note(public_id, today)
        if note is None:
            raise Http404
        return render(request, "disclosure/public/withdrawn.html", {"row": note}, status=410)
    kind = kind_of(row.kind)
    context = {
        "row": row,
        "kind": kind,
        "label": kind.label,
        "list_url": kind.address,
        "parts": entries.parts(row),
        "extras": extras_of(row, today),
        "timed": kind.timed,
        "until": entries.until_text(row),
        "steps": entries.steps(row, today),
        "deadline": explain_deadline(row),
        "period": periods.explained(row),
        "beside": periods.beside(row),
        "today": today,
    }
    return render(request, "disclosure/public/disclosure.html", context)

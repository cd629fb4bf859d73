"""/desk/deliveries/: the ledger (who still has what), recipients, and the cases against who is late."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from casework.models import Case
from casework.pages import CasePages, StepPage
from casework.pages.desk import COLUMNS as CASE_COLUMNS
from casework.pages.desk import case_filter
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.web.desk import Scopes, ticked
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from deliveries import forms
from deliveries.actions import acknowledging, enforcing
from deliveries.models import Delivery
from deliveries.queries import open_cases, recipients_with_counts
from deliveries.rules.deliveries import TONES, State
from deliveries.rules.enforcement import ENFORCEMENT, VIEW

LATE = "late"
SCOPES = Scopes(
    {
        "open": ("待回执", (State.OPEN,)),
        LATE: ("逾期", (State.OPEN,)),
        "closed": ("已了结", (State.ACKNOWLEDGED, State.VOID)),
        "all": ("全部", None),
    }
)
SORTS = {
    "newest": Sort("最近变更", ("-pk",)),
    "oldest": Sort("最早变更", ("pk",)),
    "due": Sort("期限最近", ("due_on", "pk")),
}
COLUMNS = (
    Column("接收单位", "recipient.name", 30),
    Column("类别", "recipient.kind_label"),
    Column("公示编号", "disclosure.public_id", 14),
    Column("主体", "disclosure.subject_name", 30),
    Column("文书号", "disclosure.document_number", 26),
    Column("变更", lambda row: row.get_what_display()),
    Column("变更流序号", "change.number"),
    Column("变更日期", "made_on"),
    Column("更新期限", "due_on"),
    Column("送出时间", "sent_at"),
    Column("状态", lambda row: row.get_state_display()),
    Column("回执时间", "closed_at"),
    Column("回执方式", lambda row: row.get_how_display()),
    Column("回执人", "closed_by", 20),
)
RECIPIENT_SORTS = {"id": Sort("登记次序", ("pk",))}


def _more(case: Case, user: User, on: Any) -> dict[str, Any]:
    """What the page of a case adds: what its recipient still owes."""
    rows = Delivery.objects.filter(recipient=case.own.recipient)
    return {
        "recipient": case.own.recipient,
        "waiting": rows.open().count(),
        "late": rows.late(on).count(),
        "notices": case.notices.order_by("pk"),
    }


PAGES = CasePages(
    ENFORCEMENT,
    address="delivery-cases",
    templates="deliveries/cases",
    filters=case_filter(ENFORCEMENT),
    joined=("recipient__client", "recipient__department"),
    lead="接收单位逾期不更新的，提醒、责令、暂停共享；暂停和恢复都由两人办理。",
    more=_more,
    began=lambda case: f"{case.own.late} 条变更逾期未回执",
    columns=(
        CASE_COLUMNS[0],
        Column("接收单位", lambda case: case.own.recipient.name, 30),
        Column("立案时逾期条数", lambda case: case.own.late),
        CASE_COLUMNS[3],
        CASE_COLUMNS[4],
        CASE_COLUMNS[5],
        Column("责令更新文书号", lambda case: case.own.order_number, 26),
        Column("暂停共享时间", lambda case: case.own.paused_at),
        Column("恢复共享时间", lambda case: case.own.resumed_at),
    ),
    forms={
        "order": StepPage(forms.OrderForm, enforcing.order),
        "pause": StepPage(forms.PauseForm, enforcing.pause),
        "apply": StepPage(forms.ApplyForm, enforcing.apply),
        "resume": StepPage(forms.ResumeForm, enforcing.resume),
        "deny": StepPage(forms.DenyForm, enforcing.deny),
    },
)


def _rows(user: User, scope: str, on: date) -> QuerySet[Delivery]:
    """What somebody sees under a tab, with what its rows show."""
    rows = Delivery.objects.visible_to(user)
    narrowed = rows.late(on) if scope == LATE else SCOPES.narrow(rows, scope)
    return narrowed.select_related("change", "disclosure", "recipient__client", "recipient__department")


@require_safe
@login_required
def ledger(request: HttpRequest) -> HttpResponseBase:
    """Who still has what: of the own department, or of the city for the credit office."""
    user, on = staff_of(request, VIEW), timezone.localdate()
    scope = SCOPES.asked(request)
    rows = _rows(user, scope, on)
    listing = ListPage(request, rows, forms.DeliveryFilter, sorts=SORTS, also=("scope", "check"))
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, f"变更送达（{SCOPES.label(scope)}）")
    may = {
        row.pk
        for row in listing.page.items
        if row.state == State.OPEN and acknowledging.may_acknowledge(user, row.recipient.department)
    }
    context = {
        "listing": listing,
        "scopes": SCOPES.tabs(scope),
        "on": on,
        "rows": [(row, TONES[State(row.state)], row.is_late_on(on)) for row in listing.page.items],
        "tickable": may,
        "all_checked": request.GET.get("check") == "all",
        "may_view_all": policy.allows(user, "deliveries.view_all"),
    }
    return render(request, "deliveries/ledger.html", context, status=listing.status)


@require_POST
@login_required
def acknowledge(request: HttpRequest) -> HttpResponse:
    """Those that were ticked are applied."""
    user, ids = staff_of(request, VIEW), ticked(request)
    if not ids:
        messages.error(request, "请先勾选已经更新的变更。")
        return redirect("delivery:list")
    done = acknowledging.acknowledge_at_desk(ids, by=user)
    messages.success(request, f"已登记回执 {done} 条。")
    return redirect(f"{reverse('delivery:list')}?scope=open")


@require_safe
@login_required
def recipients(request: HttpRequest) -> HttpResponse:
    """Every recipient: what it reads, how far it came, what it owes."""
    user, on = staff_of(request, "deliveries.view_all"), timezone.localdate()
    listing = ListPage(request, recipients_with_counts(on), None, sorts=RECIPIENT_SORTS)
    cases = open_cases(each.pk for each in listing.page.items)
    rows = [(each, cases.get(each.pk)) for each in listing.page.items]
    context = {"listing": listing, "rows": rows, "may_enforce": policy.allows(user, "deliveries.enforce")}
    return render(request, "deliveries/recipients.html", context, status=listing.status)

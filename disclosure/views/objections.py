"""What others file in an authority's name: its list, the objection, and what the credit office decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.forms import ActionForm
from credit_platform.web.lists import ListPage, Sort
from disclosure import kinds
from disclosure.actions import objections as actions
from disclosure.models import AuthorityObjection
from disclosure.queries.objections import NamedFilter, ObjectionFilter, filed_in_our_name, objections_of
from disclosure.rules.objections import OBJECTION_TONES, Objection

LONG = forms.Textarea(attrs={"rows": 4})
NAMED_SORTS = {
    "newest": Sort("最近报送", ("-arrived_on", "-pk")),
    "decided": Sort("决定日期", ("-decided_on", "-pk")),
}
NAMED_COLUMNS = (
    Column("行政相对人", "subject_name", 30),
    Column("信息种类", lambda row: kinds.label(row.kind), 12),
    Column("文书号", "document_number", 26),
    Column("决定机关", "authority.name", 24),
    Column("报送单位", "source_department.name", 24),
    Column("决定日期", "decided_on"),
    Column("报送日期", "arrived_on"),
    Column("状态", lambda row: row.get_state_display()),
    Column("异议", lambda row: "待处理" if row.objected else ""),
)
SORTS = {"newest": Sort("最近提出", ("-pk",)), "oldest": Sort("最早提出", ("pk",))}
COLUMNS = (
    Column("行政相对人", "disclosure.subject_name", 30),
    Column("文书号", "disclosure.document_number", 26),
    Column("决定机关", "authority.name", 24),
    Column("报送单位", "disclosure.source_department.name", 24),
    Column("异议理由", "reason", 40),
    Column("提出时间", "raised_at"),
    Column("状态", lambda row: row.get_state_display()),
    Column("处理意见", "decision", 40),
    Column("处理时间", "decided_at"),
)


class ObjectForm(ActionForm):
    reason = forms.CharField(
        label="异议理由", max_length=500, widget=LONG, help_text="如：本机关未作出该决定；应由本机关自行报送。"
    )


class RetractForm(ActionForm):
    """A button."""


class DecideForm(ActionForm):
    decision = forms.CharField(
        label="处理意见", max_length=500, widget=LONG, help_text="写明核实的情况和依据，双方单位均可看到。"
    )


class UpholdForm(DecideForm):
    public_note = forms.CharField(
        label="对外说明", required=False, max_length=500, widget=LONG, help_text="已公示的，撤回后向社会显示。"
    )


VERBS: dict[str, tuple[type[ActionForm], str, str, str]] = {
    "retract": (RetractForm, "撤回异议", "撤回后该事项由报送单位继续办理。", "disclosure.object"),
    "reject": (DecideForm, "异议不成立", "该事项由报送单位继续办理、公示。", "disclosure.decide_objection"),
    "uphold": (
        UpholdForm,
        "异议成立",
        "记录从报送单位撤出，已公示的撤回公示；决定机关可自行报送同一决定。",
        "disclosure.decide_objection",
    ),
}


@require_safe
@login_required
def named(request: HttpRequest) -> HttpResponseBase:
    """What other departments filed in the own authority's name."""
    user = staff_of(request)
    policy.require(user, "disclosure.view")
    listing = ListPage(request, filed_in_our_name(user), NamedFilter, sorts=NAMED_SORTS)
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(NAMED_COLUMNS, "他单位以本机关名义报送")
    return render(request, "disclosure/desk/named.html", {"listing": listing})


@require_http_methods(["GET", "POST"])
@login_required
def named_item(request: HttpRequest, pk: int) -> HttpResponse:
    """One such item as the public would see it, and the objection."""
    user = staff_of(request)
    policy.require(user, "disclosure.view")
    row = get_object_or_404(filed_in_our_name(user), pk=pk)
    form = ObjectForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        return reverse("disclosure:objection", args=[actions.object_to(row, by=user, reason=given["reason"]).pk])

    if request.method == "POST":
        policy.require(user, "disclosure.object", row.authority)
    context = {
        "row": row,
        "waiting": row.objections.filter(state=Objection.RAISED).first(),
        "may_object": policy.allows(user, "disclosure.object", row.authority) and not row.objected,
    }
    return act_on_form(request, "disclosure/desk/named_item.html", context, form, action=action, message="已提出异议。")


@require_safe
@login_required
def objection_list(request: HttpRequest) -> HttpResponseBase:
    """The objections of the own authority, against the own department, or all for the credit office."""
    user = staff_of(request)
    policy.require(user, "disclosure.view")
    listing = ListPage(request, objections_of(user), ObjectionFilter, sorts=SORTS)
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, "决定机关异议")
    return render(request, "disclosure/desk/objections.html", {"listing": listing, "tones": OBJECTION_TONES})


@require_safe
@login_required
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """One objection and what may be done about it."""
    user = staff_of(request)
    policy.require(user, "disclosure.view")
    made = get_object_or_404(objections_of(user), pk=pk)
    waiting = made.state == Objection.RAISED
    context = {
        "made": made,
        "tone": OBJECTION_TONES.get(Objection(made.state), "neutral"),
        "verbs": [
            (slug, heading)
            for slug, (_, heading, _, permission) in VERBS.items()
            if waiting and policy.allows(user, permission, made.authority)
        ],
    }
    return render(request, "disclosure/desk/objection.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def decide(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The form of a verb."""
    user = staff_of(request)
    policy.require(user, "disclosure.view")
    if slug not in VERBS:
        raise Http404
    form_class, heading, lead, permission = VERBS[slug]
    made: AuthorityObjection = get_object_or_404(objections_of(user), pk=pk)
    policy.require(user, permission, made.authority)
    form = form_class(request.POST or None)
    back = reverse("disclosure:objection", args=[made.pk])

    def action(given: dict[str, Any]) -> str:
        fields = {name: given[name] for name in ("decision", "public_note") if name in given}
        getattr(actions, slug)(made, by=user, **fields)
        return back

    context = {"title": heading, "lead": lead, "submit_label": heading, "back_url": back}
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message=f"已办理“{heading}”。")

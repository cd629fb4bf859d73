"""/window/authorisations/: written authorisations, their paper, and the day on which one is taken back."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from casework.pages.desk import file_answer
from credit_platform.accounts.desk import staff_of
from credit_platform.errors import DomainError
from credit_platform.web.acting import act_on_form
from credit_platform.web.errors import apply_errors, form_response
from credit_platform.web.keyset import KeysetPage
from lookups.actions.authorising import AUTHORISE, end_authorisation, keep_authorisation, see_paper, sought
from lookups.forms import AuthorisationForm, EndForm, FindForm, PaperForm
from lookups.models import Authorisation


@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """The authorisations, the latest first."""
    staff_of(request, AUTHORISE)
    form = FindForm(request.GET)
    text = form.cleaned_data["q"].strip() if form.is_valid() else ""
    rows = Authorisation.objects.select_related("subject", "purpose")
    if text:
        rows = rows.filter(Q(number__endswith=text.upper()) | Q(holder__icontains=text))
    page = KeysetPage(rows, ("-id",), cursor=request.GET.get("cursor", ""), size=50)
    context = {"form": form, "page": page, "text": text, "today": timezone.localdate()}
    return render(request, "lookups/authorisations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@sensitive_post_parameters("q")
def new(request: HttpRequest) -> HttpResponse:
    """Take a paper in."""
    user = staff_of(request, AUTHORISE)
    form = AuthorisationForm(request.POST or None, request.FILES or None)

    def action(given: dict[str, Any]) -> str:
        row = keep_authorisation(
            sought(given["q"], purpose="登记查询授权书", by=user),
            purpose=form.purposes[given["purpose"]],
            holder=given["holder"],
            valid_from=given["valid_from"],
            ends_on=given["ends_on"],
            paper=given["paper"],
            by=user,
        )
        return reverse("lookups:authorisation", args=[row.pk])

    return act_on_form(request, "lookups/authorisation_new.html", {}, form, action=action, message="授权书已登记。")


@require_safe
@login_required
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One authorisation, with the queries that were asked with it."""
    staff_of(request, AUTHORISE)
    row = get_object_or_404(Authorisation.objects.select_related("subject", "purpose"), pk=pk)
    queries = row.queries.select_related("department").order_by("-pk")[:50]
    context = {"row": row, "queries": queries, "stands": _stands(row)}
    return render(request, "lookups/authorisation.html", context)


def _stands(row: Authorisation) -> bool:
    return Authorisation.objects.in_force(timezone.localdate()).filter(pk=row.pk).exists()


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """It was taken back."""
    user = staff_of(request, AUTHORISE)
    row = get_object_or_404(Authorisation, pk=pk)
    here = reverse("lookups:authorisation", args=[row.pk])

    def action(given: dict[str, Any]) -> str:
        end_authorisation(row, reason=given["reason"], by=user)
        return here

    context = {"title": f"登记撤回：{row.number}", "submit_label": "登记撤回", "back_url": here}
    form = EndForm(request.POST or None)
    return act_on_form(request, "lookups/act.html", context, form, action=action, message="已登记撤回。")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The paper itself, for a reason that is registered."""
    user = staff_of(request, AUTHORISE)
    row = get_object_or_404(Authorisation.objects.select_related("subject"), pk=pk)
    form = PaperForm(request.POST or None)
    error = None
    if request.method == "POST" and form.is_valid():
        try:
            return file_answer(row, see_paper(row, by=user, purpose=form.cleaned_data["purpose"]))
        except DomainError as refused:
            apply_errors(form, error := refused)
    here = reverse("lookups:authorisation", args=[row.pk])
    context = {"title": f"查看授权书：{row.number}", "submit_label": "查看", "back_url": here}
    return form_response(request, "lookups/act.html", context, form, error=error)

"""/window/queries/<number>/uses/: a visitor who showed who he is answers on paper who may use his report."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.web.acting import act_on_form
from lookups.models import Query
from lookups.queries.visits import open_query
from lookups.rules.questions import Authority
from reports.uses import actions
from reports.uses.actions import AtWindow
from reports.uses.forms import PaperForm, ReasonForm
from reports.uses.pages.company import WORDS, verbs_of
from reports.uses.queries import uses_before

PERMISSION = "reports.use_answer"
FORMS = {"consent": PaperForm, "decline": ReasonForm, "revoke": ReasonForm}


@never_cache
@require_safe
@login_required
def listing(request: HttpRequest, number: str) -> HttpResponse:
    """What waits for the visitor's word, and what he agreed to."""
    visitor, today = _visitor(staff_of(request, PERMISSION), number), timezone.localdate()
    rows = [(row, *row.word_on(today), verbs_of(row, today)) for row in uses_before(visitor)[:50]]
    return render(request, "reports/uses/window.html", {"query": visitor, "rows": rows})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def answer(request: HttpRequest, number: str, use: str, verb: str) -> HttpResponse:
    """His word, with the paper where he agrees."""
    user = staff_of(request, PERMISSION)
    visitor = _visitor(user, number)
    row = get_object_or_404(uses_before(visitor), number=use)
    if verb not in FORMS:
        raise Http404
    by, here = AtWindow(user, visitor), reverse("reports:uses-before", args=[number])

    def action(given: dict[str, Any]) -> str:
        if verb == "consent":
            site = request.build_absolute_uri("/")
            actions.consent_on_paper(row, given["paper"], by=by, site=site, version=form.version)
        else:
            act = actions.decline if verb == "decline" else actions.revoke
            act(row, reason=given["reason"], by=by, version=form.version)
        return here

    form = FORMS[verb](request.POST or None, request.FILES or None, edited=row)
    title, lead, done = WORDS[verb]
    context = {"row": row, "title": title, "lead": lead, "back_url": here}
    return act_on_form(request, "reports/uses/window_answer.html", context, form, action=action, message=done)


def _visitor(user: User, number: str) -> Query:
    query = open_query(number, user)
    if query is None or query.authority != Authority.OWN:
        raise Http404
    return query

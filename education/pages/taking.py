"""The one page of a test, for a company and for a person alike: where one is, the paper, and after it the result."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.web.acting import act_on_form
from credit_platform.web.forms import ActionForm
from education import actions
from education.forms.learning import BeginForm, PaperForm
from education.models import CourseVersion, Learner
from education.queries.learning import progress
from education.rules import papers


def take(
    request: HttpRequest, learner: Learner, version: CourseVersion, *, template: str, by: Actor = SYSTEM, **more: Any
) -> HttpResponse:
    """Begin a paper, answer it, or read how it went; each leads back to this address."""
    now = progress(learner, version)
    context = {"version": version, "progress": now, **more}
    if now.paper is None:
        form: ActionForm = BeginForm(request.POST or None)

        def begin(given: dict[str, Any]) -> str:
            actions.begin(learner, version, by=by)
            return request.path

        return act_on_form(request, template, context, form, action=begin)
    paper = now.paper
    form = PaperForm(request.POST if "paper" in request.POST else None, paper=paper.paper)
    context["until"] = papers.until(paper.begun_at)

    def hand_in(given: dict[str, Any]) -> str:
        assert isinstance(form, PaperForm)  # noqa: S101 - made above
        actions.hand_in(paper, form.answers(), by=by)
        return request.path

    return act_on_form(request, template, context, form, action=hand_in)

"""The one way from a form to an action: validate, carry out once, tell what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from credit_platform.errors import DomainError
from credit_platform.web.errors import apply_errors, form_response
from credit_platform.web.forms import ActionForm
from credit_platform.web.once import AlreadySent, result_of, submit_once

Action = Callable[[dict[str, Any]], str]


def sent_before(request: HttpRequest) -> str:
    """Where the first click of a form has led to, "" when there was none: for a page whose answers are gone once they were sent."""
    try:
        return result_of(forms.UUIDField(required=False).clean(request.POST.get("form_token")))
    except ValidationError:
        return ""


def act_on_form(
    request: HttpRequest, template: str, context: dict[str, Any], form: ActionForm, *, action: Action, message: str = ""
) -> HttpResponse:
    """Shows the form, or on POST calls `action(cleaned_data)`, which answers with the address to go to.

    A double click is sent to the first click's result. A refusal of the action is shown in the form, with its status (403, 409,
    422) and everything that was typed. `message` is told on the next page.
    """
    if (
        request.method != "POST" or not form.is_bound
    ):  # a post without a single field leaves `Form(request.POST or None)` unbound
        return form_response(request, template, context, form)
    if not form.is_valid():
        # The second click of a form whose first answer was lost: the row has changed since, by this very form.
        done = result_of(form.cleaned_data.get("form_token"))
        return redirect(done) if done else form_response(request, template, context, form)
    try:
        with submit_once(form.token) as sent:
            sent.result_url = action(form.cleaned_data)
    except AlreadySent as again:
        if again.result_url:
            return redirect(again.result_url)
        apply_errors(form, again)
        return form_response(request, template, context, form, error=again)
    except DomainError as refused:
        apply_errors(form, refused)
        return form_response(request, template, context, form, error=refused)
    if message:
        messages.success(request, message)
    return redirect(sent.result_url)

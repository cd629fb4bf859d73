"""Who reported something: asked with a purpose, registered, shown once in the answer to the form. One page for whoever told us of anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from casework.forms import PurposeForm
from credit_platform.errors import DomainError
from credit_platform.web.errors import apply_errors, form_response


def shown_once(request: HttpRequest, ask: Callable[[str], str], **context: Any) -> HttpResponse:
    """`ask` takes the purpose, registers the look and gives the contact in clear, "" when none was left. `title`, `warning` and `none` in
    the context are the words of another secret than that of an informant."""
    form = PurposeForm(request.POST or None)
    error, plain, asked = None, "", False
    if request.method == "POST" and form.is_valid():
        try:
            plain, asked = ask(form.cleaned_data["purpose"]), True
        except DomainError as refusal:
            apply_errors(form, error := refusal)
    return form_response(
        request, "casework/informant.html", context | {"plain": plain, "asked": asked}, form, error=error
    )

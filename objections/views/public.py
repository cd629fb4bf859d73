"""The door from a public page: on to the form of the company, which asks for its log-in first."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

PUBLIC_ID = re.compile(r"[2-9a-z]{12}")


@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """`?item=` is the public id of what somebody objects to; without one to the list of the company's objections."""
    item = request.GET.get("item", "")
    return redirect("objection:my-new", item) if PUBLIC_ID.fullmatch(item) else redirect("objection:mine")

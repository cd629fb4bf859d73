"""At a window, for a visitor: which public item it is about, and number and code at the end; the same for every procedure that takes applications."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.actions.opening import tracking_code
from casework.models import Case
from casework.pages.receipts import Receipt
from casework.rules.procedures import Procedure
from credit_platform.accounts.desk import staff_of
from credit_platform.web.forms import KitForm
from disclosure.queries.public import public_disclosures


class ItemForm(KitForm):
    """Which public item a visitor means."""

    item = forms.CharField(label="公示编号", max_length=12, help_text="公示页面上的12位字母和数字。")


@dataclass(frozen=True, slots=True)
class WindowPages:
    """The two pages around a procedure's own form (`<code>:new`): choose and receipt. `address` is where they lie, `label` what is registered, `lead`
    what the clerk is told."""

    procedure: Procedure
    address: str
    permission: str
    label: str
    lead: str = ""

    def urls(self) -> list[URLPattern]:
        """The addresses, named choose and receipt."""
        at = f"window/{self.address}"
        return [
            path(f"{at}/", login_required(require_http_methods(["GET", "HEAD", "POST"])(self.choose)), name="choose"),
            path(f"{at}/receipt/", login_required(require_safe(self.receipt)), name="receipt"),
        ]

    def choose(self, request: HttpRequest) -> HttpResponse:
        """Which item, by its public id."""
        staff_of(request, self.permission)
        form = ItemForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            asked = form.cleaned_data["item"].strip().lower()
            if public_disclosures(timezone.localdate()).filter(public_id=asked).exists():
                return redirect(f"{self.procedure.code}:new", asked)
            form.add_error("item", "没有这个公示编号，或者已经停止公示。请核对公示页面上的编号。")
        return self._render(request, "window_choose", {"form": form}, status=422 if form.errors else 200)

    def receipt(self, request: HttpRequest) -> HttpResponse:
        """Number and code for the visitor, shown once."""
        staff_of(request, self.permission)
        told = Receipt(self.procedure).read(request)
        if told is None:
            return redirect(f"{self.procedure.code}:choose")
        case, code = told
        return self._render(request, "window_receipt", {"case": case, "code": code})

    def give(self, request: HttpRequest, case: Case) -> str:
        """Keep number and code of a case for its receipt; the address of the page that shows them. A case that was joined keeps its code."""
        Receipt(self.procedure).keep(request, case, "" if case.tracking else tracking_code(case))
        return reverse(f"{self.procedure.code}:receipt")

    def _render(self, request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        context |= {"pages": self, "choose_url": reverse(f"{self.procedure.code}:choose")}
        return render(request, f"casework/{name}.html", context, status=status)

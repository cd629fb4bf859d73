"""A form that is sent after its session has ended: what was typed becomes a draft of who typed it, and waits behind the log-in.

The page carries a signed word for whom it was made. It opens nothing and shows nothing; all it allows is to leave a draft for that account,
for as long as a session may last.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from credit_platform.accounts.middleware import KEPT_FIELD
from credit_platform.accounts.models import User
from credit_platform.errors import DomainError
from records import actions, queries
from records.forms import decision_day, form_for, initial_of
from records.models import CatalogueItem, EntryDraft
from records.queries.work import draft_url

SALT = "records.entry.kept_for"
View = Callable[..., HttpResponse]


def word_for(user: User, token: object) -> str:
    """The signed word of a form: whose it is, and which form."""
    return signing.dumps([user.pk, str(token)], salt=SALT)


def kept_when_signed_out(view: View) -> View:
    """Stands before `login_required` on the page of a new record."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            kept = _kept(request, str(kwargs.get("standard", "")))
            if kept is not None:
                where = urlencode({"kept": 1, "next": draft_url(kept)})
                return redirect(f"{reverse('accounts:login')}?{where}")
        return view(request, *args, **kwargs)

    return asked


def _kept(request: HttpRequest, standard: str) -> EntryDraft | None:
    """The draft of what was typed; None when the word is not ours, is too old, or the account may no longer enter."""
    try:
        owner, token = signing.loads(request.POST.get(KEPT_FIELD, ""), salt=SALT, max_age=settings.SESSION_COOKIE_AGE)
        user = User.objects.select_related("department").filter(pk=owner, is_active=True).first()
        if user is None or user.department is None or token != request.POST.get("form_token"):
            return None
        return _draft(request, user, standard, uuid.UUID(token))
    except (signing.BadSignature, ValueError, TypeError, DomainError):
        return None


def _draft(request: HttpRequest, user: User, standard: str, token: uuid.UUID) -> EntryDraft | None:
    code = request.GET.get("item", "")
    item = CatalogueItem.objects.filter(code=code).first() if code else None
    department = user.department
    if department is None or (code and item is None):
        return None
    entry = queries.entry_for(standard, item=item, department=department, on=timezone.localdate())
    declared = queries.standard_for(entry)
    former = EntryDraft.objects.of_author(user).filter(token=token).first()
    _, sealed = initial_of(declared, former.data if former else {})
    form = form_for(declared, decision_day(declared, request.POST, timezone.localdate()))(request.POST, kept=sealed)
    form.is_valid()
    return actions.save_draft(declared, form.raw, by=user, token=token, department=department, item=item)

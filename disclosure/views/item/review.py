"""The review of an item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.web.acting import act_on_form
from disclosure import actions, forms
from disclosure.models import Disclosure
from disclosure.rules.states import State
from disclosure.views.item.page import item_of, page_of
from disclosure.views.item.verbs import version_seen


@require_http_methods(["GET", "POST"])
@login_required
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The reviewer's page: record and preview side by side, findings, and one of three verdicts."""
    row = item_of(request, pk)
    user = staff_of(request)
    policy.require(user, "disclosure.review", row.source_department)
    page = page_of(row, user)
    form = forms.ReviewForm(
        request.POST or None, edited=row, masked=bool(page["findings"]), doubtful=bool(page["doubts"])
    )

    def run(data: dict[str, Any]) -> str:
        decide(row, user, data)
        following = next_to_review(row, user)
        return reverse("disclosure:review", args=[following]) if following else reverse("disclosure:list")

    context = page | {
        "following": next_to_review(row, user),
        "waiting": row.state == State.SUBMITTED and not row.awaits_confirmation,
    }
    return act_on_form(request, "disclosure/desk/review.html", context, form, action=run, message=_decided(row, form))


def _decided(row: Disclosure, form: forms.ReviewForm) -> str:
    """What was done, for the page that comes next: it shows another item."""
    named = f"{row.subject_name} {row.document_number}".strip()
    word = {"return": "已退回", "approve": "审核通过，待公示"}.get(form["verdict"].value() or "", "审核通过并已公示")
    return f"{word}：{named}。"


def decide(row: Disclosure, user: User, data: Mapping[str, Any]) -> None:
    """Carry out the verdict of a review."""
    seen: dict[str, Any] = {"by": user, "version": version_seen(data)}
    checked: dict[str, Any] = {
        "text": data["reason"],
        "confirm_masked": data.get("confirm_masked", False),
        "confirm_doubts": data.get("confirm_doubts", False),
    }
    if data["verdict"] == "return":
        actions.return_(row, reason=data["reason"], **seen)
    elif data["verdict"] == "approve":
        actions.approve(row, publish_from=data["publish_from"], **checked, **seen)
    else:
        actions.approve_and_publish(row, **checked, **seen)


def next_to_review(row: Disclosure, user: User) -> int | None:
    """The submitted item that falls due next, without this one and without the person's own."""
    rows = (
        Disclosure.objects.visible_to(user).filter(state=State.SUBMITTED, awaits_confirmation=False).exclude(pk=row.pk)
    )
    rows = rows.exclude(drafted_by=user).exclude(submitted_by=user).exclude(changed_by=user)
    return rows.order_by("due_on", "pk").values_list("pk", flat=True).first()

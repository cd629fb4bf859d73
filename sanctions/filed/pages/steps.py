"""A step as its form shows it, and the form: the same for a publication and for a row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.web.acting import act_on_form
from credit_platform.web.forms import EditForm
from sanctions.filed.models import FiledPublication, FiledRow

VIEW = "sanctions.filed.view"


@dataclass(frozen=True, slots=True)
class Verb:
    """A step as its form shows it; `but`: whoever did the former step does not see the button."""

    label: str
    permission: str
    lead: str
    done: str
    form: type[EditForm]
    action: Callable[..., Any]
    but: str = ""
    serious: bool = False


def may(user: User, verb: Verb, row: FiledPublication | FiledRow) -> bool:
    """Whether somebody sees the button of a step."""
    return policy.allows(user, verb.permission, row.department) and getattr(row, verb.but, None) != user.pk


def step_of(
    request: HttpRequest,
    row: Any,
    verbs: dict[str, Verb],
    name: str,
    title: str,
    back: str,
    *,
    drop: tuple[str, ...] = (),
) -> HttpResponse:
    """The form of a step of `row` and the step itself; `drop` names fields of the form that the action does not take."""
    verb = verbs.get(name)
    if verb is None:
        raise Http404
    user = staff_of(request)
    policy.require(user, verb.permission, row.department)
    form = verb.form(request.POST or None, edited=row)

    def run(data: dict[str, Any]) -> str:
        given = {key: value for key, value in data.items() if key not in ("form_token", "version_seen", *drop)}
        verb.action(row, by=user, version=data["version_seen"], **given)
        return back

    context = {"title": f"{verb.label}：{title}", "lead": verb.lead, "submit_label": verb.label, "back_url": back}
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message=verb.done)

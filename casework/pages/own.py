"""What who applied does with a case of its own: completes it, adds to it, takes it back; the same by an account and by number and code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from casework.models import Case
from credit_platform.accounts.actors import Actor
from credit_platform.web.acting import act_on_form
from credit_platform.web.forms import ActionForm


def is_a_move(case: Case, verb: str, on: date) -> bool:
    """Whether the state of a case has such a step."""
    return (case.state, verb) in case.of.moves


@dataclass(frozen=True, slots=True)
class OwnSteps:
    """The steps of a procedure that who applied takes: by verb its label, form and action; `may` says whether one can be taken on a day."""

    steps: Mapping[str, tuple[str, type[ActionForm], Callable[..., Any]]]
    may: Callable[[Case, str, date], bool] = is_a_move

    def offered(self, case: Case, on: date) -> list[tuple[str, str]]:
        """Verb and label of each step that can be taken on a day."""
        return [(verb, label) for verb, (label, *_) in self.steps.items() if self.may(case, verb, on)]

    def page(
        self, request: HttpRequest, case: Case, verb: str, *, by: Actor, back_url: str, template: str
    ) -> HttpResponse:
        """The form of one step, and the step; 404 while it is not there to take."""
        if verb not in self.steps or (request.method != "POST" and not self.may(case, verb, timezone.localdate())):
            raise Http404
        label, form_class, action = self.steps[verb]
        form = form_class(request.POST or None, request.FILES or None)

        def run(data: dict[str, Any]) -> str:
            action(case, by=by, **{name: value for name, value in data.items() if name != "form_token"})
            return back_url

        context = {"case": case, "row": case.own, "label": label, "verb": verb, "back_url": back_url}
        return act_on_form(request, template, context, form, action=run, message="已提交。")

"""The page that approval systems without an interface of their own put into theirs: a signed link of five minutes, in a frame.

The system asks for a link with its key, on its own server; the browser of the clerk opens it in the frame. The link carries the question and is good
for one check: opening it again within its time shows the same one.
"""

from __future__ import annotations

from csp.decorators import csp_update
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from checks.actions.asking import Setting, ask
from checks.models import Check
from checks.queries.answers import answer_of
from checks.reading import questions
from checks.reading.links import SECONDS, opened
from checks.rules.answers import VERDICT_TONES
from checks.rules.states import Channel
from credit_platform.errors import DomainError
from sanctions.measures.rules import Verdict

SIGNED = 43
"""Signs of the signature at the end of a link, by which it is known again."""


@require_safe
@never_cache
@xframe_options_exempt
@csp_update({"frame-ancestors": settings.CHECKS_FRAME_ANCESTORS})
def page(request: HttpRequest) -> HttpResponse:
    """The answer to a link's question, asked when the link is first opened."""
    try:
        row = _checked(request.GET.get("t", ""))
    except DomainError as error:
        return render(request, "checks/embedded.html", {"error": error}, status=error.status)
    tone = VERDICT_TONES[Verdict(row.verdict)]
    return render(request, "checks/embedded.html", {"row": row, "answer": answer_of(row), "tone": tone})


def _checked(link: str) -> Check:
    client, asked = opened(link)
    key = f"checks:link:{link[-SIGNED:]}"
    number = cache.get(key)
    if number is None:
        question, given = questions.one(asked, client)
        setting = Setting(client, client.department.name, given.matter, given.purpose, Channel.PAGE, given.window)
        number = ask(question, setting).payload["receipt"]
        cache.set(key, number, SECONDS)
    return Check.objects.select_related("matter", "department", "subject").get(number=number)

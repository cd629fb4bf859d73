"""/desk/grading-models/: versions of the model, drawn up line by line, proposed, adopted by another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, cast

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.web.acting import act_on_form
from credit_platform.web.forms import ActionForm
from supervision.grading import tasks
from supervision.grading.actions import adopting, drawing
from supervision.grading.forms import LINES, AdoptForm, HeadForm, NewForm, Part, PlainForm, ReasonForm, initial_of
from supervision.grading.models import GradingModel
from supervision.grading.queries import desk
from supervision.grading.queries.explained import rule_in_words
from supervision.grading.queries.models import against, model_of
from supervision.grading.rules.permissions import ADOPT, DRAW, VIEW
from supervision.grading.rules.states import MOVES, ModelState

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


class Verb(NamedTuple):
    """A step of a version: its name, what it says, its form, its action, who."""

    title: str
    lead: str
    form: type[ActionForm]
    act: Callable[[GradingModel, User, dict[str, Any]], GradingModel]
    permission: str


VERBS = {
    "propose": Verb(
        "提请采用", "提请后由另一人采用或者退回；提请人不能自己采用。", PlainForm,
        lambda row, by, given: adopting.propose(row, by=by), DRAW,
    ),
    "revise": Verb(
        "退回修改", "退回后可以修改，修改后须重新试算。", ReasonForm,
        lambda row, by, given: adopting.revise(row, by=by, reason=given["reason"]), DRAW,
    ),
    "adopt": Verb(
        "采用", "采用后，现行版本停用，全部主体的等级随即重新计算。", AdoptForm,
        lambda row, by, given: adopting.adopt(row, by=by, reason=given["reason"]), ADOPT,
    ),
    "discard": Verb(
        "作废", "作废后不能恢复，可以从该版本另行起草。", ReasonForm,
        lambda row, by, given: drawing.discard(row, by=by, reason=given["reason"]), DRAW,
    ),
}  # fmt: skip


@require_safe
@login_required
def models(request: HttpRequest) -> HttpResponse:
    """All versions."""
    user = staff_of(request, VIEW)
    context = {"rows": desk.versions(), "may_draw": policy.allows(user, DRAW)}
    return render(request, "grading/models.html", context)


@require_safe
@login_required
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: its lines, bands and dry runs, what stands against it, what can be done."""
    user = staff_of(request, VIEW)
    row = _row(pk)
    read = model_of(row)
    may_draw = policy.allows(user, DRAW)
    context = {
        "row": row,
        "indicators": list(zip(row.indicators.all(), map(rule_in_words, read.indicators), strict=True)),
        "direct": list(zip(row.directrules.all(), map(rule_in_words, read.direct), strict=True)),
        "bands": row.bands.all(),
        "trials": row.trials.select_related("ordered_by"),
        "findings": list(against(row)) if row.state == ModelState.DRAFT else [],
        "editable": may_draw and (row.state, "edit") in MOVES,
        "may_try": may_draw and (row.state, "try") in MOVES,
        "verbs": [(name, verb.title) for name, verb in VERBS.items() if _offered(row, name, user)],
    }
    return render(request, "grading/model.html", context)


@get_or_post
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Begin a version."""
    user = staff_of(request, DRAW)
    form = NewForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        made = drawing.draw_up(given["name"], by=user, basis=given["basis"], previous=given["previous"])
        return reverse("grades:model", args=[made.pk])

    context: dict[str, Any] = {
        "title": "编制新版本",
        "lead": "新版本在试算并由另一人采用之前，不影响任何主体的等级。",
        "submit_label": "起草",
        "back_url": reverse("grades:models"),
        "trail": ("分级模型", "grades:models", "编制新版本"),
    }
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message="已起草。")


@get_or_post
@login_required
def head(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a draft says of itself."""
    user, row = staff_of(request, DRAW), _row(pk)
    form = HeadForm(request.POST or None, edited=row, initial=initial_of(row, HeadForm))

    def action(given: dict[str, Any]) -> str:
        values = {name: given[name] for name in initial_of(row, HeadForm)}
        drawing.save_model(row, values, by=user, version=form.version)
        return reverse("grades:model", args=[row.pk])

    return act_on_form(request, "kit/form_page.html", _page(row, "修改版本"), form, action=action, message="已保存。")


@get_or_post
@login_required
def line(request: HttpRequest, pk: int, table: str, part: int = 0) -> HttpResponse:
    """An indicator, a direct rule or a band of a draft: new (0), or one that is there."""
    user, row = staff_of(request, DRAW), _row(pk)
    model, form_class, what = _table(table)
    there = _part(model, row, part) if part else None
    if there is None and table == "band":
        raise Http404
    form = form_class(request.POST or None, edited=row, initial=initial_of(there, form_class) if there else {})

    def action(given: dict[str, Any]) -> str:
        values = {name: given[name] for name in form_class.base_fields if hasattr(model, name)}
        drawing.save_line(row, model, values, by=user, version=form.version, line=there)  # type: ignore[type-var]
        return reverse("grades:model", args=[row.pk])

    title = f"{what} {there}" if there else f"添加{what}"
    return act_on_form(request, "kit/form_page.html", _page(row, title), form, action=action, message="已保存。")


@get_or_post
@login_required
def remove(request: HttpRequest, pk: int, table: str, part: int) -> HttpResponse:
    """Take a line out of a draft."""
    user, row = staff_of(request, DRAW), _row(pk)
    model, _, what = _table(table)
    there = _part(model, row, part)
    form = PlainForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        drawing.remove_line(there, by=user, version=str(row.version))
        return reverse("grades:model", args=[row.pk])

    context = _page(row, f"删除{what} {there}") | {"submit_label": "删除"}
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message="已删除。")


@get_or_post
@login_required
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Propose, send back, adopt, discard."""
    user = staff_of(request, VIEW)
    row, given = _row(pk), VERBS.get(verb)
    if given is None:
        raise Http404
    policy.require(user, given.permission)
    form = given.form(request.POST or None)

    def action(cleaned: dict[str, Any]) -> str:
        done = given.act(row, user, cleaned)
        if verb == "adopt":
            transaction.on_commit(tasks.compute.delay, robust=True)  # without a broker the clock finds it
        return reverse("grades:model", args=[done.pk])

    context = _page(row, given.title) | {"lead": given.lead, "submit_label": given.title}
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message=f"已{given.title}。")


def _row(pk: int) -> GradingModel:
    return get_object_or_404(desk.versions(), pk=pk)


def _table(name: str) -> tuple[type[Part], Any, str]:
    if name not in LINES:
        raise Http404
    return LINES[name]


def _part(table: type[Part], row: GradingModel, pk: int) -> Part:
    found: Any = get_object_or_404(table._default_manager.filter(model=row), pk=pk)
    return cast(Part, found)


def _page(row: GradingModel, title: str) -> dict[str, Any]:
    back = reverse("grades:model", args=[row.pk])
    return {"title": title, "submit_label": "保存", "back_url": back, "trail": ("分级模型", "grades:models", str(row))}


def _offered(row: GradingModel, verb: str, user: User) -> bool:
    if (ModelState(row.state), verb) not in MOVES or not policy.allows(user, VERBS[verb].permission):
        return False
    return verb != "adopt" or user.pk not in (row.drawn_by_id, row.proposed_by_id)

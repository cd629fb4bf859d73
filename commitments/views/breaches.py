"""Breach cases on the desk: the list, one case with its course, the forms of its steps, notice and decision in print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from commitments.actions import breaches as actions
from commitments.forms import breaches as forms
from commitments.models import BreachCase, BreachReport, Letter, Review
from commitments.queries import breaches as queries
from commitments.rules.breaches import Source
from commitments.rules.states import BreachState
from commitments.views.staff import tabs
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of, within
from credit_platform.web.acting import act_on_form
from credit_platform.web.desk import is_key
from credit_platform.web.errors import BadRequest
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort

SORTS = {"newest": Sort("最近提出", ("-drafted_on", "-pk")), "oldest": Sort("最早提出", ("drafted_on", "pk"))}
COLUMNS = (
    Column("案号", "number", 22),
    Column("承诺主体", "subject.name", 30),
    Column("统一社会信用代码", "subject.code", 20),
    Column("承诺编码", "letter.code", 26),
    Column("违诺种类", lambda row: row.get_kind_display()),
    Column("来源", lambda row: row.get_source_display()),
    Column("状态", lambda row: row.get_state_display()),
    Column("提出日期", "drafted_on"),
    Column("决定文书号", "document_number", 26),
    Column("决定日期", "decided_on"),
    Column("不适用告知承诺至", "barred_until"),
    Column("认定单位", "department.name", 24),
)


@require_safe
@login_required
def case_list(request: HttpRequest) -> HttpResponseBase:
    """The cases of the department."""
    user = staff_of(request, "commitments.view")
    scope = request.GET.get("scope", "all" if request.GET.get("state") else "open")
    if scope not in queries.SCOPES:
        raise BadRequest("list.scope", "没有这个分类，请从列表上方选择。")
    scope = queries.scope_for(scope, request.GET.get("state", ""))
    on = timezone.localdate()
    listing = ListPage(request, queries.desk_cases(user, scope, on), queries.BreachFilter, sorts=SORTS, also=("scope",))
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, f"违诺处理（{queries.SCOPES[scope]}）")
    context = {"listing": listing, "on": on, "scopes": tabs(queries.SCOPES, scope), "tones": queries.TONES}
    return render(request, "commitments/desk/breaches.html", context)


def case_of(request: HttpRequest, pk: int) -> BreachCase:
    """A case that the person may see, with what its page shows; 404 for any other."""
    user = staff_of(request, "commitments.view")
    rows = BreachCase.objects.select_related(
        "subject",
        "letter__matter",
        "letter__record",
        "letter__entry",
        "department",
        "drafted_by",
        "found_by",
        "decided_by",
        "statement_by",
        "record__disclosure",
    )
    return get_object_or_404(within(rows, user), pk=pk)


@require_safe
@login_required
def case_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The facts, the course, every date explained, and only the steps that come next."""
    row = case_of(request, pk)
    on = timezone.localdate()
    context = {
        "row": row,
        "on": on,
        "tone": queries.TONES[BreachState(row.state)],
        "acts": queries.acts_for(row, staff_of(request, "commitments.view"), on),
        "steps": queries.steps(row),
        "explained": queries.explained(row),
        "measures": list(row.measures.select_related("measure")),
        "papers": list(row.papers.all()),
        "report": BreachReport.objects.defer("reporter").filter(case=row).first(),
        "may_ask": policy.allows(staff_of(request, "commitments.view"), "commitments.breach.handle", row.department),
    }
    return render(request, "commitments/desk/breach.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def candidate(request: HttpRequest, letter: int) -> HttpResponse:
    """Begin a case, from a review (?review=) or of the desk's own."""
    user = staff_of(request, "commitments.view")
    row = get_object_or_404(within(Letter.objects.select_related("subject", "matter", "department"), user), pk=letter)
    policy.require(user, "commitments.breach.handle", row.department)
    review = _review(request.GET.get("review", ""), row)
    form = forms.CandidateForm(request.POST or None, initial={"facts": review.finding if review else ""})

    def run(data: dict[str, Any]) -> str:
        source = Source.REVIEW if review else Source.DESK
        made = actions.open_candidate(
            row, kind=data["kind"], facts=data["facts"], source=source, review=review, by=user
        )
        return reverse("commitments:breach", args=[made.pk])

    context = {"row": row, "review": review}
    return act_on_form(
        request, "commitments/desk/candidate.html", context, form, action=run, message="已提出，请继续告知当事人。"
    )


def _review(asked: str, letter: Letter) -> Review | None:
    if not asked:
        return None
    if not is_key(asked):
        raise Http404
    return get_object_or_404(Review.objects.filter(letter=letter), pk=int(asked))


@dataclass(frozen=True, slots=True)
class Verb:
    """How a step is asked: its form, its sentence, and the call."""

    form: type[forms.StepForm]
    lead: str
    call: Callable[..., object]
    names: tuple[str, ...]
    done: str


CSRF = "csrfmiddlewaretoken"
VERBS: Mapping[str, Verb] = {
    "notify": Verb(
        forms.NotifyForm,
        "告知违诺事实、依据、拟采取的措施以及陈述申辩的权利。告知后可打印告知书。",
        actions.notify,
        ("notice", "intended", "hearing_days"),
        "已登记告知，请打印告知书并送达。",
    ),
    "serve": Verb(
        forms.ServeForm,
        "登记告知书的送达。陈述申辩期限自送达次日起按工作日计算。",
        actions.serve,
        ("how", "proof"),
        "已登记送达。",
    ),
    "hear": Verb(
        forms.HearForm,
        "登记当事人的陈述申辩；当事人书面放弃的，勾选放弃。",
        actions.hear,
        ("statement", "waived", "papers"),
        "已登记。",
    ),
    "find": Verb(
        forms.FindForm,
        "由提出人以外的审核员认定，写明理由以及对陈述申辩的意见。",
        actions.find,
        ("reasons", "considered"),
        "已认定，请作出决定。",
    ),
    "decide": Verb(
        forms.DecideForm,
        "决定作出后，违诺信息即时入库并按目录公示，承诺书继续公开。",
        actions.decide,
        ("document_number", "measures"),
        "已作出决定并入库。",
    ),
    "dismiss": Verb(
        forms.DismissForm,
        "不构成违诺的，写明理由后结案；不留任何不利记录。",
        actions.dismiss,
        ("reason",),
        "已结案：不予认定。",
    ),
    "annul": Verb(
        forms.AnnulForm,
        "撤销后违诺记录不再公示，限制同时解除，承诺书重新安排复核。不能恢复。",
        actions.annul,
        ("reason", "public_note"),
        "已撤销决定，公示信息同时撤回。",
    ),
}


@require_http_methods(["GET", "POST"])
@login_required
def act(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The form of one step, and the step."""
    verb, known = VERBS.get(slug), queries.BY_SLUG.get(slug)
    if verb is None or known is None:
        raise Http404
    row, user, on = case_of(request, pk), staff_of(request, "commitments.view"), timezone.localdate()
    policy.require(user, known.permission, row.department)
    here = reverse("commitments:breach", args=[row.pk])
    form = verb.form(
        request.POST or None, request.FILES or None, edited=row, measures=_offered(slug, row), initial=_first(slug, row)
    )

    def run(data: dict[str, Any]) -> str:
        given = {name: data[name] for name in (*verb.names, "on")}
        verb.call(row, by=user, version=data["version_seen"], **given)
        return here

    context = {"row": row, "act": known, "lead": verb.lead, "back_url": here, "on": on}
    if slug == "decide" and request.method == "POST" and "confirmed" not in request.POST and form.is_valid():
        return _confirm(request, context, form.cleaned_data)
    return act_on_form(request, "commitments/desk/breach_act.html", context, form, action=run, message=verb.done)


def _confirm(request: HttpRequest, context: dict[str, Any], data: Mapping[str, Any]) -> HttpResponse:
    """What the decision will make public at once, before it is made; the form comes again with the answer."""
    row: BreachCase = context["row"]
    chosen = [each for each in queries.told(row, context["on"]) if each.code in data["measures"]]
    last = max(filter(None, (queries.until_of(each, data["on"]) for each in chosen)), default=None)
    sent = [(name, value) for name in request.POST for value in request.POST.getlist(name) if name != CSRF]
    more = {"measures": chosen, "document_number": data["document_number"], "decided_on": data["on"], "until": last}
    return render(request, "commitments/desk/breach_confirm.html", context | more | {"sent": sent})


def _offered(slug: str, row: BreachCase) -> list[Any]:
    on = timezone.localdate()
    return {"notify": queries.fitting, "decide": queries.told}[slug](row, on) if slug in ("notify", "decide") else []


def _first(slug: str, row: BreachCase) -> dict[str, Any]:
    return {"notice": queries.draft_notice(row, timezone.localdate())} if slug == "notify" else {}


@require_safe
@login_required
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice in print; 404 before the subject was told."""
    row = case_of(request, pk)
    if not row.notice:
        raise Http404
    return render(request, "commitments/desk/breach_notice.html", {"row": row})


@require_safe
@login_required
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision in print; 404 before there is one."""
    row = case_of(request, pk)
    if row.decided_on is None:
        raise Http404
    context = {"row": row, "measures": row.measures.select_related("measure"), "explained": queries.explained(row)}
    return render(request, "commitments/desk/breach_decision.html", context)

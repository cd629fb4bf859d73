"""A procedure's pages at the desk. `CasePages(PROCEDURE, …).urls()` gives its addresses; what differs is told in its arguments.

PAGES = CasePages(
    BREACH, address="breaches", filters=BreachFilter, columns=COLUMNS, forms={"notify": StepPage(forms.NotifyForm, actions.notify), …},
    more=what_the_page_of_a_case_adds, templates="<app>",
)
urlpatterns = PAGES.urls()
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template.loader import select_template
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.actions import look
from casework.models import Attachment, Case, CaseQuerySet
from casework.queries import course
from casework.rules.procedures import Procedure
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import Department, User
from credit_platform.web.acting import act_on_form
from credit_platform.web.desk import Scopes
from credit_platform.web.export import Column, download
from credit_platform.web.forms import ActionForm
from credit_platform.web.lists import KitDateFilter, ListPage, RowFilter, Sort

CSRF = "csrfmiddlewaretoken"
SORTS = {
    "newest": Sort("最近提出", ("-drafted_on", "-pk")),
    "oldest": Sort("最早提出", ("drafted_on", "pk")),
    "due": Sort("期限最近", ("due_on", "pk")),
}
COLUMNS = (
    Column("案号", "number", 22),
    Column("主体", lambda row: row.subject.name if row.subject else "", 30),
    Column("统一社会信用代码", lambda row: row.subject.code if row.subject else "", 20),
    Column("状态", lambda row: row.get_state_display()),
    Column("提出日期", "drafted_on"),
    Column("期限", "due_on"),
    Column("决定文书号", "document_number", 26),
    Column("决定日期", "decided_on"),
    Column("办理单位", "department.name", 24),
)


@dataclass(frozen=True, slots=True)
class StepPage:
    """How one step is filled in: its form, the action, what the form offers and holds at first, and, for a step with effects outside the
    house, what the page before it shows of them (`confirm`, from the case, the day and what was filled in)."""

    form: type[ActionForm]
    action: Callable[..., Any]
    offered: Callable[[Case, date], Sequence[Any]] | None = None
    initial: Callable[[Case, date], dict[str, Any]] | None = None
    confirm: Callable[[Case, date, Mapping[str, Any]], dict[str, Any]] | None = None


@dataclass(frozen=True, slots=True)
class Begin:
    """How a case is begun at the desk: the words of the button, the name of its address, who may."""

    label: str
    address: str
    permission: str

    def shown_to(self, user: User) -> dict[str, str] | None:
        """The button for somebody; None for who may not begin one."""
        if not policy.allows(user, self.permission, user.department):
            return None
        return {"label": self.label, "url": reverse(self.address)}


def _nothing(case: Case, user: User, on: date) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class CasePages:
    """`joined` are paths of what a row shows, `more` adds to the page of a case, `began` says where a case came from,
    `begin` is the button of the list where one may be begun from nothing."""

    procedure: Procedure
    address: str
    forms: Mapping[str, StepPage]
    templates: str
    filters: type[django_filters.FilterSet]
    columns: Sequence[Column] = COLUMNS
    joined: tuple[str, ...] = ()
    more: Callable[[Case, User, date], dict[str, Any]] = _nothing
    lead: str = ""
    began: Callable[[Case], str] = field(default=lambda case: "")
    begin: Begin | None = None

    def urls(self) -> list[URLPattern]:
        """The addresses, named cases, case, step, attachment, notice, decision."""
        at = f"desk/{self.address}"
        return [
            path(f"{at}/", login_required(require_safe(self.list_page)), name="cases"),
            path(f"{at}/<int:pk>/", login_required(require_safe(self.case_page)), name="case"),
            path(
                f"{at}/<int:pk>/<slug:verb>/",
                login_required(require_http_methods(["GET", "POST"])(self.step_page)),
                name="step",
            ),
            path(
                f"{at}/<int:pk>/attachments/<int:number>/",
                login_required(require_safe(self.attachment)),
                name="attachment",
            ),
            path(f"{at}/<int:pk>/print/<slug:what>/", login_required(require_safe(self.print_page)), name="print"),
        ]

    def url(self, name: str, *args: Any) -> str:
        """The address of one of its pages."""
        return reverse(f"{self.procedure.code}:{name}", args=args)

    def scopes(self) -> Scopes:
        """The tabs of the list."""
        procedure = self.procedure
        decided = [state for state in procedure.labels if state in procedure.closed]
        return Scopes(
            {"open": ("办理中", procedure.open_states()), "closed": ("已办结", decided), "all": ("全部", None)}
        )

    def rows(self, user: User) -> CaseQuerySet:
        """The cases that somebody may see, with what their pages show."""
        own = self.procedure.own.rsplit(".", 1)[1].lower()
        joined = [f"{own}__{each}" if each else own for each in ("", *self.joined)]
        people = ("drafted_by", "determined_by", "decided_by")
        rows = Case.objects.of(self.procedure).visible_to(user)
        return rows.select_related(
            "subject", "department", "hearing__statement_by", "record__disclosure", *people, *joined
        )

    def case_of(self, request: HttpRequest, pk: int) -> Case:
        """A case that the person may see; 404 for any other."""
        return get_object_or_404(self.rows(staff_of(request, self.procedure.view)), pk=pk)

    def list_page(self, request: HttpRequest) -> HttpResponseBase:
        """The cases of the department, by tab, filtered, in pages, as a file."""
        user, scopes = staff_of(request, self.procedure.view), self.scopes()
        scope = scopes.asked(request)
        listing = ListPage(request, scopes.narrow(self.rows(user), scope), self.filters, sorts=SORTS, also=("scope",))
        if listing.export:
            policy.require(user, "exports.make")
            return listing.export_response(self.columns, f"{self.procedure.label}（{scopes.label(scope)}）")
        context = {
            "listing": listing,
            "scopes": scopes.tabs(scope),
            "begin": self.begin.shown_to(user) if self.begin else None,
            "pages": self,
            "procedure": self.procedure,
        }
        return self.render(request, "list", context, status=listing.status)

    def case_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The facts, the course, every date explained, and only the steps that come next."""
        case, user, on = self.case_of(request, pk), staff_of(request), timezone.localdate()
        context = {
            "case": case,
            "row": case.own,
            "hearing": course.hearing_of(case),
            "on": on,
            # What only the clock or another page does has no form here.
            "steps": [step for step in course.steps_for(case, user, on) if step.verb in self.forms],
            "stepper": course.stepper(case),
            "events": course.course(case, began=self.began(case)),
            "explained": course.explained(case),
            "attachments": list(case.attachments.all()),
            "urgings": list(case.urgings.select_related("asked_by", "answered_by")),
            "may_urge": policy.allows(user, "casework.urge") and case.closed_on is None,
            "pages": self,
            "procedure": self.procedure,
        }
        return self.render(request, "case", context | self.more(case, user, on))

    def step_page(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """The form of one step, and the step."""
        page, taken = self.forms.get(verb), self.procedure.by_verb.get(verb)
        if page is None or taken is None:
            raise Http404
        case, user, on = self.case_of(request, pk), staff_of(request), timezone.localdate()
        policy.require(user, taken.permission, case.department)
        here = self.url("case", case.pk)
        options: dict[str, Any] = {"edited": case, "initial": page.initial(case, on) if page.initial else {}}
        if page.offered:
            options["offered"] = page.offered(case, on)
        form = page.form(request.POST or None, request.FILES or None, **options)

        def run(data: dict[str, Any]) -> str:
            given = {name: value for name, value in data.items() if name not in ("form_token", "version_seen")}
            page.action(case, by=user, version=data["version_seen"], **given)
            return here

        context = {
            "case": case,
            "row": case.own,
            "hearing": course.hearing_of(case),
            "step": taken,
            "back_url": here,
            "on": on,
            "pages": self,
            "procedure": self.procedure,
        }
        if page.confirm and request.method == "POST" and "confirmed" not in request.POST and form.is_valid():
            # What was filled in comes again with the answer; nothing is kept in between.
            sent = [(name, value) for name in request.POST for value in request.POST.getlist(name) if name != CSRF]
            more = page.confirm(case, on, form.cleaned_data)
            return self.render(request, "confirm", context | {"sent": sent, "given": form.cleaned_data} | more)
        return act_on_form(request, self.template("step"), context, form, action=run, message=taken.done)

    def print_page(self, request: HttpRequest, pk: int, what: str) -> HttpResponse:
        """The notice or the decision in print; 404 before there is one."""
        case = self.case_of(request, pk)
        hearing = course.hearing_of(case)
        there = {"notice": bool(hearing and hearing.notice), "decision": case.decided_on is not None}
        if not there.get(what):
            raise Http404
        context = {"case": case, "row": case.own, "hearing": hearing, "explained": course.explained(case)}
        more = self.more(case, staff_of(request), timezone.localdate())
        return self.render(request, what, context | {"pages": self, "procedure": self.procedure} | more)

    def attachment(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """A file, always as a download, registered before it is sent; 404 for those of other departments."""
        case = self.case_of(request, pk)
        row = get_object_or_404(Attachment.objects.select_related("case__subject"), pk=number, case=case)
        return file_answer(row, look(row, by=staff_of(request), purpose=f"办理{self.procedure.label}"))

    def render(self, request: HttpRequest, name: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
        """A page from the procedure's own template of a name, or else the kit's."""
        return render(request, self.template(name), dict(context), status=status)

    def template(self, name: str) -> str:
        """The procedure's own template of a page where there is one, else that of the kit."""
        found: Any = select_template([f"{self.templates}/{name}.html", f"casework/{name}.html"])
        return str(found.template.name)


def file_answer(row: Any, data: bytes) -> HttpResponse:
    """A file that was kept, as a download."""
    return download(data, row.name, row.media_type)


def case_filter(procedure: Procedure, **more: django_filters.Filter) -> type[django_filters.FilterSet]:
    """The filters of a procedure's list: text, state, department, days; `more` are its own."""

    def by_text(self: Any, rows: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        text = value.strip()
        found = Q(number=text) | Q(subject__code=text.upper()) | Q(subject__name__contains=text)
        return rows.filter(found | Q(document_number=text))

    def departments(request: HttpRequest | None) -> QuerySet[Department]:
        return Department.objects.order_by("code")

    labels = [(state, label) for state, label in procedure.labels.items()]
    fields: dict[str, Any] = {
        "q": django_filters.CharFilter(label="案号、主体名称或信用代码", method="by_text"),
        "state": django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=labels),
        "department": RowFilter(label="办理单位", empty_label="全部", queryset=departments),
        "due_to": KitDateFilter(label="期限不晚于", field_name="due_on", lookup_expr="lte"),
        **more,
        "by_text": by_text,
        "Meta": type("Meta", (), {"model": Case, "fields": ()}),
    }
    return type("CaseFilter", (django_filters.FilterSet,), fields)

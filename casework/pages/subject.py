"""What a company sees of cases about itself, from service on, and what it has to say to them; the tracker for outsiders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import select_template
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from casework.forms import RespondForm, TrackForm
from casework.models import Case, CaseQuerySet
from casework.queries import course
from casework.queries.tracking import tracked
from casework.rules.procedures import Procedure
from companies.home import Row
from companies.models import CompanyAccount
from companies.queries import canonical_subject
from companies.sessions import company_page, require_company
from credit_platform.audit.middleware import client_ip
from credit_platform.web.acting import act_on_form
from credit_platform.web.formats import cn_date
from credit_platform.web.rates import spend
from records.models import Subject

A_MINUTE = 20


@dataclass(frozen=True, slots=True)
class SubjectPages:
    """The pages of a procedure for the company that a case is about; `respond` is the action, `form` and `said` are
    what the subject fills in and how that is called, `pairs` adds lines to the sheet."""

    procedure: Procedure
    address: str
    respond: Callable[..., Any]
    templates: str
    form: type[RespondForm] = RespondForm
    said: str = "陈述申辩"
    pairs: Callable[[Case], list[tuple[str, str]]] = lambda case: []
    more: Callable[[Case], dict[str, Any]] = lambda case: {}

    def urls(self) -> list[URLPattern]:
        """The addresses, named my-case and my-response."""
        at = f"my/{self.address}/<int:pk>"
        return [
            path(f"{at}/", require_safe(company_page(self.case_page)), name="my-case"),
            path(
                f"{at}/respond/",
                require_http_methods(["GET", "HEAD", "POST"])(company_page(self.respond_page)),
                name="my-response",
            ),
        ]

    def rows(self, subject: Subject) -> CaseQuerySet:
        """The cases that a subject may see, the latest first."""
        rows = Case.objects.of(self.procedure).shown_to(subject).filter(hearing__served_on__isnull=False)
        own = self.procedure.own.rsplit(".", 1)[1].lower()
        return rows.select_related("department", "hearing", own).order_by("-hearing__served_on", "-pk")

    def case_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The notice, until when the company may respond, and the decision; 404 before service and for others' cases."""
        on, case = timezone.localdate(), self._own(request, pk)
        context = {
            "case": case,
            "row": case.own,
            "hearing": case.hearing,
            "pairs": self._sheet(case),
            "word": course.where_it_stands(case, on),
            "may_respond": course.may_speak(case, on),
            "attachments": case.attachments.filter(role="statement"),
            "procedure": self.procedure,
        }
        return render(request, self._template("my_case"), context | self.more(case))

    def respond_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The company states and defends itself, once; outside its days the page of the case tells why not."""
        account, case = require_company(request), self._own(request, pk)
        back = reverse(f"{self.procedure.code}:my-case", args=[case.pk])
        if request.method != "POST" and not course.may_speak(case, timezone.localdate()):
            return redirect(back)
        form = self.form(request.POST or None, request.FILES or None)

        def run(data: dict[str, Any]) -> str:
            self.respond(case, statement=data["statement"], attachments=data["attachments"], by=account)
            return back

        context = {"case": case, "hearing": case.hearing, "back_url": back, "procedure": self.procedure}
        done = f"{self.said}已提交{case.department.name}。"
        return act_on_form(request, self._template("my_response"), context, form, action=run, message=done)

    def home_rows(self, account: CompanyAccount, on: date, *, title: str) -> list[Row]:
        """Lines for the company's home page: cases that are open, those that still may be answered with their last day."""
        rows = self.rows(canonical_subject(account)).open()
        return [self._line(case, on, title) for case in rows[:5]]

    def _line(self, case: Case, on: date, title: str) -> Row:
        url = reverse(f"{self.procedure.code}:my-case", args=[case.pk])
        if course.may_speak(case, on):
            return Row(title, url, note="可以陈述和申辩。", tag="待回应", tone="warn", due=case.hearing.until)
        return Row(title, url, note=course.where_it_stands(case, on))

    def _own(self, request: HttpRequest, pk: int) -> Case:
        return get_object_or_404(self.rows(canonical_subject(require_company(request))), pk=pk)

    def _sheet(self, case: Case) -> list[tuple[str, str]]:
        hearing = case.hearing
        found = [
            ("案号", case.number),
            *self.pairs(case),
            ("办理单位", case.department.name),
            ("告知送达", f"{cn_date(hearing.served_on)}，{hearing.served_how}"),
            ("陈述申辩期限至", cn_date(hearing.until)),
        ]
        if hearing.statement_on:
            found.append(("放弃陈述申辩" if hearing.waived else "陈述申辩日期", cn_date(hearing.statement_on)))
        if case.decided_on:
            found += [("决定文书号", case.document_number), ("决定日期", cn_date(case.decided_on))]
        return found

    def _template(self, name: str) -> str:
        found: Any = select_template([f"{self.templates}/{name}.html", f"casework/{name}.html"])
        return str(found.template.name)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """/track/: where a case stands, for whoever knows its number and its code; a mistake does not say which of the two.

    Both are posted: the code stands in no address, so no log, history or link to another site tells it. A link may carry the number alone.
    """
    number = request.GET.get("number", "").strip()[:64]
    form = TrackForm(request.POST if request.method == "POST" else None, initial={"number": number})
    context: dict[str, Any] = {"form": form, "case": None, "asked": form.is_bound}
    if form.is_bound and form.is_valid():
        spend("track", client_ip(request), limit=A_MINUTE, seconds=60)
        case = tracked(form.cleaned_data["number"], form.cleaned_data["code"])
        if case is not None:
            context |= {"case": case, "stepper": course.stepper(case), "explained": course.explained(case)}
            return render(request, "casework/track.html", context)
        return render(request, "casework/track.html", context | {"unknown": True}, status=404)
    return render(request, "casework/track.html", context, status=422 if form.errors else 200)

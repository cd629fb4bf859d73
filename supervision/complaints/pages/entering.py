"""/desk/complaints/new/: a complaint, or a report of a violation, brought to the desk by letter, visit or telephone."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from credit_platform.accounts.desk import staff_of
from credit_platform.errors import Refused
from credit_platform.web.acting import act_on_form
from records.forms import RecordForm, decision_day, defaults_of, form_for
from supervision.complaints import actions
from supervision.complaints.actions.entering import PERMISSION
from supervision.complaints.models import ViolationReport
from supervision.complaints.rules.words import COMPLAINT
from supervision.complaints.standard import COMPLAINTS, RECEIVED, TYPE

CHANNEL, COME_IN, VISIBILITY, EVERYBODY = "TS_QD", "来访来函", "TS_GKSX", "社会公开"


@require_http_methods(["GET", "POST"])
@login_required
@sensitive_post_parameters()
def new(request: HttpRequest) -> HttpResponse:
    """The form of the standard of 12315; a number that is known already is brought on by it."""
    user, on = staff_of(request, PERMISSION), timezone.localdate()
    if user.department is None:
        raise Refused("complaint.department", "您的账号没有所属单位，不能登记投诉举报。")
    department = user.department
    begins = defaults_of(COMPLAINTS, department)
    begins |= {TYPE: COMPLAINT, CHANNEL: COME_IN, RECEIVED: on.isoformat(), VISIBILITY: EVERYBODY}
    day = decision_day(COMPLAINTS, request.POST or begins, on)
    form: RecordForm = form_for(COMPLAINTS, day)(request.POST or None, initial=begins)

    def run(data: object) -> str:
        taken = actions.enter(form.raw, by=user, department=department, key=str(form.token))
        name = "report" if isinstance(taken, ViolationReport) else "complaint"
        return reverse(f"complaints:{name}", args=[taken.pk])

    return act_on_form(request, "complaints/new.html", {}, form, action=run, message="已登记。")

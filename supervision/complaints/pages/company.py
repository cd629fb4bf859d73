"""/my/complaints/: what consumers complained about, as the firm itself sees it. Reports of violations are not among it."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from companies.home import Row, Section
from companies.models import CompanyAccount
from companies.queries import canonical_subject
from companies.sessions import company_page, require_company
from credit_platform.web.formats import cn_date
from credit_platform.web.keyset import KeysetPage
from disclosure.queries.public import public_disclosures
from supervision.complaints.models import Complaint, ComplaintQuerySet
from supervision.complaints.queries.figures import firm_years
from supervision.complaints.rules.figures import LEAST

ROWS = 3


def complaints_of(account: CompanyAccount) -> ComplaintQuerySet:
    """All complaints about the company that stand, the latest first."""
    rows = Complaint.objects.of(canonical_subject(account)).select_related("record__disclosure", "department")
    return rows.order_by("-received_on", "-pk")


@require_safe
@company_page
def mine(request: HttpRequest) -> HttpResponse:
    """The complaints with what became of each, whether it is public and why not, and the way to an objection."""
    account, on = require_company(request), timezone.localdate()
    page = KeysetPage(complaints_of(account), ("-received_on", "-pk"), cursor=request.GET.get("cursor", ""), size=50)
    records = [each.record_id for each in page.items if each.record_id]
    public = dict(public_disclosures(on).filter(record__in=records).values_list("record_id", "public_id"))
    context = {
        "page": page,
        "rows": [(each, public.get(each.record_id or 0)) for each in page.items],
        "years": firm_years(canonical_subject(account), on),
        "least": LEAST,
    }
    return render(request, "complaints/mine.html", context)


def sections(account: CompanyAccount, on: date) -> list[Section]:
    """The latest complaints on the company's home; no section where there are none."""
    url = reverse("complaints:mine")
    rows = [
        Row(
            f"{each.trade}：{each.problem}",
            url,
            note=f"{cn_date(each.received_on)}登记　{each.number}",
            tag=each.state,
            tone="info",
        )
        for each in complaints_of(account)[:ROWS]
    ]
    return [Section("消费投诉", rows, url, "查看全部投诉", order=70)] if rows else []

"""Complaints and reports as staff see them: of their own departments, the credit office all complaints and no report."""

from __future__ import annotations

from datetime import date

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse

from credit_platform.accounts import policy
from credit_platform.accounts.desk import within
from credit_platform.accounts.models import User
from credit_platform.accounts.queries import own_department_ids
from credit_platform.web.desk import Scopes, section
from credit_platform.web.lists import KitDateFilter
from credit_platform.web.worklists import Severity, WorkRow, WorkSection
from disclosure.models import Disclosure
from disclosure.queries.public import public_disclosures
from records.identifiers import docnumber
from records.models import CreditRecord
from supervision.complaints.models import Complaint, ComplaintQuerySet, ViolationReport
from supervision.complaints.queries.clocks import Clocks
from supervision.complaints.rules.clocks import Stage
from supervision.complaints.rules.words import RESULTS
from supervision.complaints.standard import TRADES

VIEW, REPORTS = "complaints.view", "complaints.reports"
SCOPES = Scopes(
    {
        "all": ("全部", None),
        "accept": ("待受理", None),
        "mediate": ("调解中", None),
        "late": ("逾期", None),
        "hidden": ("不公示", None),
        "unidentified": ("经营者未能确定", None),
    }
)
REPORT_SCOPES = Scopes({"open": ("办理中", None), "late": ("逾期", None), "all": ("全部", None)})


def at_the_desk(user: User, on: date) -> ComplaintQuerySet:
    """The complaints that somebody may see, with what their rows show."""
    joined = ("record__subject", "record__disclosure", "department")
    return within(Complaint.objects.counted().select_related(*joined), user, on)


def reports_at_the_desk(user: User, on: date) -> QuerySet[ViolationReport]:
    """The reports of violations that somebody's department handles; nobody else's, not even for the credit office. Without what they say."""
    rows = ViolationReport.objects.select_related("department").defer("sealed")
    if not user.department_id:
        return rows.none()
    return rows.filter(department_id__in=own_department_ids(user.department_id, on))


def narrowed(rows: ComplaintQuerySet, scope: str, on: date) -> ComplaintQuerySet:
    """The complaints of a tab."""
    if scope == "accept":
        return rows.to_accept()
    if scope == "mediate":
        return rows.to_mediate()
    if scope == "late":
        clocks = Clocks()
        return rows.filter(clocks.late(Stage.ACCEPT, on) | clocks.late(Stage.MEDIATE, on))
    if scope == "hidden":
        return rows.exclude(hidden_why="").filter(closed_on__isnull=False)
    return rows.unidentified() if scope == "unidentified" else rows


def reports_narrowed(rows: QuerySet[ViolationReport], scope: str, on: date) -> QuerySet[ViolationReport]:
    """The reports of a tab."""
    if scope == "open":
        return rows.filter(Q(checked_on__isnull=True) | Q(told_on__isnull=True))
    return rows.filter(_late(Clocks(), on)) if scope == "late" else rows


def _late(clocks: Clocks, on: date) -> Q:
    """Reports that are late for their check or for telling."""
    return clocks.late(Stage.CHECK, on) | clocks.late(Stage.TELL, on)


class ComplaintFilter(django_filters.FilterSet):
    """Filters of the desk's list."""

    q = django_filters.CharFilter(label="经营者名称、代码或登记编号", method="by_text")
    trade = django_filters.ChoiceFilter(label="商品服务类别", empty_label="全部", choices=TRADES)
    result = django_filters.ChoiceFilter(
        label="办理结果", empty_label="全部", choices=[(each, each) for each in RESULTS]
    )
    platform = django_filters.CharFilter(label="电商平台", lookup_expr="contains")
    received_from = KitDateFilter(label="登记日期自", field_name="received_on", lookup_expr="gte")
    received_to = KitDateFilter(label="登记日期至", field_name="received_on", lookup_expr="lte")

    class Meta:
        model = Complaint
        fields: tuple[str, ...] = ()

    def by_text(self, rows: ComplaintQuerySet, name: str, value: str) -> ComplaintQuerySet:
        """A number of 12315, the whole code of an operator, or a part of its name."""
        text = value.strip()
        found = Q(number_key=docnumber.key(text)) | Q(record__subject__code=text.upper()) | Q(operator__contains=text)
        return rows.filter(found)


def penalty_of(row: Complaint) -> CreditRecord | None:
    """诉转案: the penalty of the same operator under the number that the complaint names; None while there is none."""
    if not row.case_key or row.record is None:
        return None
    rows = CreditRecord.objects.filter(kind="penalty", document_key=row.case_key, status="active")
    return rows.filter(subject_id=row.record.subject_id).order_by("pk").first()


def public_penalty_of(row: Complaint, on: date) -> Disclosure | None:
    """The same as the public may see it on a day."""
    found = penalty_of(row)
    return public_disclosures(on).filter(record=found).first() if found else None


def complaint_work(user: User, on: date) -> list[WorkSection]:
    """The desk's home: complaints that are late for acceptance or mediation, reports that are late for their check or for telling."""
    if not policy.allows(user, VIEW) or not user.department_id:
        return []
    clocks, mine = Clocks(), at_the_desk(user, on)
    url = reverse("complaints:list")
    found = [
        section(title, mine.filter(clocks.late(stage, on)).order_by("received_on", "pk"), _line, url=f"{url}?scope=late",
                severity=Severity.SERIOUS, order=order)
        for title, stage, order in (("逾期未受理的投诉", Stage.ACCEPT, 44), ("逾期未办结的投诉", Stage.MEDIATE, 45))
    ]  # fmt: skip
    if policy.allows(user, REPORTS):
        rows = reports_at_the_desk(user, on).filter(_late(clocks, on)).order_by("received_on", "pk")
        address = f"{reverse('complaints:reports')}?scope=late"
        found.append(
            section("逾期未核查、未告知的举报", rows, _report, url=address, severity=Severity.SERIOUS, order=46)
        )
    return found


def _line(row: Complaint) -> WorkRow:
    return WorkRow(f"{row.operator}　{row.number}", reverse("complaints:complaint", args=[row.pk]))


def _report(row: ViolationReport) -> WorkRow:
    return WorkRow(f"举报　{row.number}", reverse("complaints:report", args=[row.pk]))

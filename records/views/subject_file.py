"""The file of a subject: what is said about it now, and what was known and public on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.web.export import Column
from credit_platform.web.formats import cn_date
from credit_platform.web.keyset import CappedCount, capped_count
from credit_platform.web.lists import ListPage, Sort
from records import actions, panels, queries
from records.forms import DayForm, PurposeForm
from records.models import Subject, SubjectKind
from records.queries.ledger import AsOfFilter, SubjectFilter
from records.views.looks import OWN_WORK, Stated, stated_for
from records.views.staff import user_of


def _face(row: Any) -> str:
    return "；".join(f"{label}：{value}" for label, value in row.public.face) if row.public else ""


SORTS = {"decided": Sort("决定日期", ("-decided_on", "-id")), "newest": Sort("最近录入", ("-id",))}
COLUMNS = (
    Column("目录事项", "item.name"),
    Column("事项", "title", 30),
    Column("文书号", "document_number", 24),
    Column("决定机关", "authority_name", 24),
    Column("数据来源单位", "source_department.name", 24),
    Column("决定日期", "decided_on"),
    Column("状态", lambda row: row.get_status_display()),
)
COLUMNS_THEN = (
    Column("目录事项", "item"),
    Column("事项", "title", 30),
    Column("文书号", "document_number", 24),
    Column("决定机关", "authority", 24),
    Column("决定日期", "decided_on"),
    Column("当天状态", "status_label"),
    Column("当天公示", "shown_as"),
    Column("当天公示内容", _face, 60),
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a file, with which purpose, and which records that opens."""

    user: User
    subject: Subject
    stated: Stated
    timeline: queries.Timeline

    @property
    def purpose(self) -> str:
        """Why, "" when nothing was stated."""
        return self.stated.purpose

    def hidden(self) -> CappedCount | int:
        """How many records others would share after a purpose was stated."""
        return 0 if self.purpose else capped_count(self.timeline.shared)

    def look(self, fields: str = "shared") -> None:
        """Register the look at what others entered, and at the file of a person whoever entered it, before it is shown."""
        shared = capped_count(self.timeline.shared).value if self.purpose else 0
        if not (shared or self.subject.kind == SubjectKind.PERSON):
            return
        given = Stated(self.purpose or OWN_WORK, self.stated.case_number)
        results = shared or capped_count(self.timeline.own).value
        actions.look_profile(self.subject, by=self.user, fields=fields, results=results, **given._asdict())


@require_safe
@login_required
@never_cache
def profile(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Identity, names, numbers, branches, records; what others entered only with a registered purpose. `?on=` asks for a day."""
    user = user_of(request)
    policy.require(user, "records.view_shared")
    subject = get_object_or_404(Subject.objects.select_related("head", "merged_into"), pk=pk)
    if subject.merged_into is not None:
        messages.info(request, "该主体已并入下列主体。")
        return redirect("records:subject", pk=queries.canonical(subject).pk)
    reader = Reader(user, subject, stated_for(request, subject), queries.subject_timeline(subject, user))
    if subject.kind == SubjectKind.PERSON and not reader.purpose and not reader.timeline.own.exists():
        context = {"subject": subject, "form": PurposeForm(), "next": request.path}
        return render(request, "records/purpose.html", context)
    day_form = DayForm(request.GET if "on" in request.GET else None)
    if day_form.is_bound and day_form.is_valid() and (on := day_form.cleaned_data["on"]):
        return _on_day(request, reader, on)
    return _now(request, reader, day_form)


def _now(request: HttpRequest, reader: Reader, day_form: DayForm) -> HttpResponseBase:
    subject, user = reader.subject, reader.user
    rows = reader.timeline.seen(with_shared=bool(reader.purpose))
    listing = ListPage(request, rows, SubjectFilter, sorts=SORTS, also=("on",))
    if listing.export:
        policy.require(user, "exports.make")
        reader.look("export")
        return listing.export_response(COLUMNS, f"{subject.name}的信用记录")
    reader.look()
    own = set(reader.timeline.own.filter(pk__in=[row.pk for row in listing.page.items]).values_list("pk", flat=True))
    context = {
        "subject": subject,
        "district": subject.district_name,
        "names": subject.names.order_by("-is_current", "-id"),
        "numbers": subject.identifiers.order_by("kind", "value"),
        "branches": queries.branches_of(subject),
        "merged_here": subject.merged_here.order_by("pk"),
        "listing": listing,
        "own_ids": own,
        "hidden": reader.hidden(),
        "purpose_form": PurposeForm(),
        "day_form": day_form,
        "blocks": panels.for_subject(subject, user),
        "may_edit": policy.allows(user, "subjects.edit"),
        "may_merge": policy.allows(user, "records.merge.propose"),
        "may_export": policy.allows(user, "exports.make"),
        "may_see_number": subject.kind == SubjectKind.PERSON and policy.allows(user, "records.person_number.see"),
    }
    return render(request, "records/subject.html", context, status=listing.status)


def _on_day(request: HttpRequest, reader: Reader, on: date) -> HttpResponseBase:
    then = queries.as_of(reader.subject, on, reader.user, with_shared=bool(reader.purpose))
    listing = ListPage(request, then.rows, AsOfFilter, sorts=SORTS)
    if listing.export:
        policy.require(reader.user, "exports.make")
        reader.look(f"export {on}")
        name = f"{reader.subject.name}{cn_date(on)}的情况"
        return listing.export_response(COLUMNS_THEN, name, seen=lambda rows: queries.described(rows, on))
    reader.look(f"on {on}")
    context: dict[str, Any] = {
        "subject": reader.subject,
        "then": then,
        "listing": listing,
        "rows": list(queries.described(listing.page.items, on)),
        "hidden": reader.hidden(),
        "may_export": policy.allows(reader.user, "exports.make"),
    }
    return render(request, "records/subject_day.html", context, status=listing.status)

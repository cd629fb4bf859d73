"""What the imports ask of somebody today: headers to explain, refused rows to mend, files that could not be processed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.web.worklists import Severity, WorkRow, WorkSection
from records.models import ImportBatch

RECENT_DAYS = 14
SHOWN = 5
State = ImportBatch.State


def import_work(user: User, on: date) -> Sequence[WorkSection]:
    """For those who import: batches that wait for their headers, and recent ones with refused rows that no later run mended."""
    if not policy.allows(user, "records.import") or not user.department_id:
        return []
    mine = ImportBatch.objects.filter(department_id=user.department_id)
    waiting = list(mine.filter(state=State.MAPPING).order_by("-id")[:SHOWN])
    since = timezone.now() - timedelta(days=RECENT_DAYS)
    bad = mine.filter(state__in=(State.DONE, State.REFUSED), simulate=False, rejected__gt=0, received_at__gte=since)
    sections = [
        _section("导入退回待更正", list(bad.order_by("-id")[:SHOWN]), "退回 {0.rejected} 行", Severity.WARN, 30)
    ]
    if waiting:
        sections.append(_section("导入待对应表头", waiting, "请指出未识别的列", Severity.WARN, 25))
    failed = list(_failed(mine.filter(received_at__gte=since)))
    if failed:
        sections.append(_section("导入处理失败", failed, "没有入库，请联系系统管理员", Severity.SERIOUS, 20))
    return sections


def _failed(mine: QuerySet[ImportBatch]) -> QuerySet[ImportBatch]:
    """Batches that were given up and whose file nobody has sent again."""
    again = ImportBatch.objects.filter(
        sha256=OuterRef("sha256"), department=OuterRef("department"), pk__gt=OuterRef("pk")
    )
    return mine.filter(state=State.FAILED).exclude(Exists(again)).order_by("-id")[:SHOWN]


def _section(title: str, batches: list[ImportBatch], note: str, severity: Severity, order: int) -> WorkSection:
    rows = [
        WorkRow(
            each.file_name or f"接口报送批次 {each.pk}",
            reverse("records:import", args=[each.pk]),
            note=note.format(each),
        )
        for each in batches
    ]
    return WorkSection(
        title, rows, url=reverse("records:imports"), severity=severity, empty_text="没有退回的导入数据。", order=order
    )

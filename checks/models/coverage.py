"""Cases that units decided (应查必查), and what is told to who asked when a subject's state changes."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from checks.models.checks import Check
from checks.models.matters import CheckMatter
from checks.rules.coverage import SOURCE_LABELS
from credit_platform.accounts import policy
from credit_platform.accounts.models import Department, User
from credit_platform.labels import choices
from sanctions.measures.rules import VERDICT_LABELS


class DecidedCaseQuerySet(models.QuerySet["DecidedCase"]):
    def visible_to(self, user: User) -> Self:
        """Those of one's own unit; of the whole city for the credit office and the auditor."""
        if policy.allows(user, "checks.view_all"):
            return self
        return self.filter(department_id=user.department_id)

    def with_check(self) -> Self:
        """Each with `checked`: the last check of the unit for the case and matter that was asked before the decision and still held on its day."""
        holding = Check.objects.filter(
            department_id=models.OuterRef("department_id"),
            case_number=models.OuterRef("case_number"),
            matter__code=models.OuterRef("matter__code"),
            asked_at__date__lte=models.OuterRef("decided_on"),
            valid_until__gte=models.OuterRef("decided_on"),
        )
        return self.annotate(checked=models.Subquery(holding.order_by("-id").values("number")[:1]))

    def unchecked(self) -> Self:
        """Those that were decided without a check that held."""
        return self.with_check().filter(checked__isnull=True)


class DecidedCase(models.Model):
    """One case that a unit decided in a matter for which is checked; whether it was checked is computed, never typed."""

    department = models.ForeignKey(Department, verbose_name="办理单位", on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey(CheckMatter, verbose_name="核查事项", on_delete=models.PROTECT, related_name="+")
    case_number = models.CharField("办件编号", max_length=64)
    window = models.CharField("窗口", max_length=60, blank=True)
    decided_on = models.DateField("决定日期")
    source = models.CharField("报送方式", max_length=8, choices=choices(SOURCE_LABELS))
    reported_by = models.CharField("报送人", max_length=200)
    reported_at = models.DateTimeField("报送时间", db_default=Now())

    objects = DecidedCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "办结件"
        verbose_name_plural = "办结件"
        ordering: ClassVar = ["-decided_on", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["department", "-decided_on", "-id"], name="decided_of_department"),
            models.Index(fields=["-decided_on", "-id"], name="decided_newest"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["department", "case_number", "matter"], name="decided_case_once")
        ]

    def __str__(self) -> str:
        return self.case_number


class CheckNoticeQuerySet(models.QuerySet["CheckNotice"]):
    def unread(self) -> Self:
        """Those that nobody of the unit has taken note of."""
        return self.filter(read_at__isnull=True)

    def visible_to(self, user: User) -> Self:
        """Those of one's own unit."""
        return self.filter(of_check__department_id=user.department_id)


class CheckNotice(models.Model):
    """The state of a subject changed while a check of it was open: who asked is told, and what the verdict has become."""

    of_check = models.ForeignKey(
        Check, verbose_name="核查", db_column="check_id", on_delete=models.PROTECT, related_name="notices"
    )
    verdict = models.CharField("现在的结论", max_length=10, choices=choices(VERDICT_LABELS))
    made_at = models.DateTimeField("通知时间", db_default=Now())
    read_at = models.DateTimeField("知悉时间", null=True)
    read_by = models.CharField("知悉人", max_length=200, blank=True)

    objects = CheckNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "核查变化通知"
        verbose_name_plural = "核查变化通知"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by="") | (Q(read_at__isnull=False) & ~Q(read_by="")),
                name="check_notice_read_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return str(self.of_check_id)

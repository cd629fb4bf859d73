"""What companies show of their own will (自愿公开), and what is said against it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.models.attachments import StoredFile
from companies.models import CompanyAccount
from credit_platform.accounts.models import Department
from declarations.rules import KIND_CHOICES, STATE_CHOICES, TONES, State
from records.models import CreditRecord, Subject


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    def shown_on(self, on: date) -> DeclarationQuerySet:
        """What the public may read on a day: accepted, and confirmed within the year."""
        return self.filter(state=State.SHOWN, confirmed_until__gte=on)


class Declaration(models.Model):
    """One declaration. It falls silent the day after `confirmed_until` unless the company confirms it again."""

    subject = models.ForeignKey(Subject, verbose_name="申报主体", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(CompanyAccount, verbose_name="申报账户", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("类别", max_length=10, choices=KIND_CHOICES)
    title = models.CharField("标题", max_length=120)
    body = models.TextField("内容", max_length=2000)
    happened_on = models.DateField("发生（取得）日期", null=True, blank=True)
    valid_until = models.DateField("有效期至", null=True, blank=True)
    promise = models.TextField("真实性承诺")
    state = models.CharField("状态", max_length=10, choices=STATE_CHOICES, default=State.DRAFT.value)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    department = models.ForeignKey(Department, verbose_name="审核单位", on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="审核人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reviewed_on = models.DateField("审核日期", null=True, blank=True)
    review_note = models.CharField("审核意见", max_length=500, blank=True)
    confirmed_until = models.DateField("确认有效至", null=True, blank=True)
    record = models.OneToOneField(
        CreditRecord,
        verbose_name="信用记录",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="declaration",
    )
    version = models.PositiveIntegerField("版本", default=1)
    created_at = models.DateTimeField("建立时间", default=timezone.now)

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        verbose_name = "自主申报"
        verbose_name_plural = "自主申报"
        ordering: ClassVar = ["-created_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["subject", "-id"], name="declaration_of_subject"),
            models.Index(
                fields=["department", "submitted_at"], name="declaration_to_review", condition=Q(state="submitted")
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="shown") | (Q(confirmed_until__isnull=False) & Q(reviewer__isnull=False)),
                name="declaration_shown_was_accepted",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        """The colour of its state on pages."""
        return TONES.get(State(self.state), "neutral")


class Attachment(StoredFile):
    """A proof that came with a declaration; `path` lies in the vault. It is never public."""

    declaration = models.ForeignKey(
        Declaration, verbose_name="自主申报", on_delete=models.PROTECT, related_name="attachments"
    )

    class Meta(StoredFile.Meta):
        verbose_name = "申报附件"
        verbose_name_plural = "申报附件"


class DeclarationReport(models.Model):
    """Somebody says that a declaration is not true. `contact` is encrypted; the company never learns it."""

    declaration = models.ForeignKey(
        Declaration, verbose_name="自主申报", on_delete=models.PROTECT, related_name="reports"
    )
    reason = models.TextField("反映内容", max_length=2000)
    contact = models.BinaryField("联系方式（加密）", null=True, blank=True)
    made_at = models.DateTimeField("反映时间", default=timezone.now)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="办理人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answered_on = models.DateField("办结日期", null=True, blank=True)
    untrue = models.BooleanField("反映属实", null=True, blank=True)
    answer = models.CharField("办理结果", max_length=500, blank=True)

    class Meta:
        verbose_name = "不实反映"
        verbose_name_plural = "不实反映"
        ordering: ClassVar = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.declaration} {self.made_at:%Y-%m-%d}"

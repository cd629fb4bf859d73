"""Fields, campaigns beside their cases, frozen target lists, what was entered about a target, example texts."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.models import Attachment, Case
from credit_platform.accounts.models import Department
from credit_platform.editions.models import DatedQuerySet, days_in_order
from credit_platform.labels import choices
from records.models import CreditRecord, Subject
from supervision.campaigns.rules import ENTERED_LABELS, EXAMPLE_LABELS, ExampleState, Progress, Query


class CampaignFieldQuerySet(DatedQuerySet["CampaignField"]):
    """Fields with days in force."""


class CampaignField(models.Model):
    """One field of dishonesty as a source names it. `certainty` says how sure name, lead and partners are."""

    no = models.PositiveSmallIntegerField("序号")
    name = models.CharField("领域", max_length=60)
    lead = models.CharField("牵头单位", max_length=100, blank=True)
    partners = models.CharField("配合单位", max_length=200, blank=True)
    source = models.CharField("来源文件", max_length=200)
    certainty = models.CharField("确定程度", max_length=200)
    valid_from = models.DateField("施行日期")
    valid_until = models.DateField("废止日期", null=True, blank=True)

    objects = CampaignFieldQuerySet.as_manager()

    class Meta:
        verbose_name = "专项治理领域"
        verbose_name_plural = "专项治理领域"
        ordering: ClassVar = ["no", "valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["no"], condition=Q(valid_until__isnull=True), name="campaign_field_one_now"),
            models.UniqueConstraint(fields=["no", "valid_from"], name="campaign_field_begins_once"),
            days_in_order("campaign_field_days_in_order"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.no} {self.name}"

    def clean(self) -> None:
        """Two rows of one number do not hold on the same day."""
        if self.valid_from is None:
            return
        others = CampaignField.objects.filter(no=self.no).exclude(pk=self.pk)
        end = self.valid_until
        for other in others:
            begun = end is None or other.valid_from <= end
            if begun and (other.valid_until is None or self.valid_from <= other.valid_until):
                raise ValidationError({"valid_from": f"与第{self.no}项的另一行在施行日期上重叠。"})


class CampaignCase(models.Model):
    """A campaign beside its case; its subject is nobody, its department the lead."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="campaigncase")
    field = models.ForeignKey(CampaignField, verbose_name="领域", on_delete=models.PROTECT, related_name="campaigns")
    name = models.CharField("名称", max_length=100)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    measures = models.TextField("治理措施", help_text="一行一项。")
    outcome = models.TextField("治理成效", blank=True)
    lasting = models.TextField("长效机制", blank=True)

    class Meta:
        verbose_name = "专项治理"
        verbose_name_plural = "专项治理"
        ordering: ClassVar = ["-case"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="campaign_days_in_order"),
            models.CheckConstraint(condition=~Q(measures=""), name="campaign_has_measures"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def measure_lines(self) -> list[str]:
        """The measures one by one."""
        return [line.strip() for line in self.measures.splitlines() if line.strip()]

    @property
    def target_list(self) -> TargetList | None:
        """The list that was frozen last."""
        return self.lists.order_by("-number").first()

    @property
    def approved_list(self) -> TargetList | None:
        """The last list that a second person approved: what the figures are of."""
        return self.lists.filter(approved_on__isnull=False).order_by("-number").first()


class TargetList(models.Model):
    """What a query found on a day. Append-only but for the approval; `digest` is that of the codes as HRB-SSJ-1 writes a list."""

    campaign = models.ForeignKey(CampaignCase, verbose_name="专项治理", on_delete=models.PROTECT, related_name="lists")
    number = models.PositiveSmallIntegerField("次序")
    query = models.JSONField("取数条件")
    as_of = models.DateField("取数日期")
    size = models.PositiveIntegerField("户数")
    persons = models.PositiveIntegerField("未列入的自然人")
    digest = models.CharField("名单摘要", max_length=64)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="冻结人", on_delete=models.PROTECT, related_name="+"
    )
    frozen_at = models.DateTimeField("冻结时间", default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="审核人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_on = models.DateField("审核日期", null=True, blank=True)

    class Meta:
        verbose_name = "治理清单"
        verbose_name_plural = "治理清单"
        ordering: ClassVar = ["campaign", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "number"], name="target_list_number"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("frozen_by")),
                name="target_list_approved_by_a_second_person",
                violation_error_message="审核人不得是冻结人。",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_on__isnull=True)
                | Q(approved_by__isnull=False, approved_on__isnull=False), name="target_list_approved_on_a_day"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.campaign} 第{self.number}份清单"

    @property
    def asked(self) -> Query:
        """The query."""
        return Query.of(self.query)


class Target(models.Model):
    """One subject of a list and the records that brought it there. It weighs nothing: nothing outside this app asks for it."""

    target_list = models.ForeignKey(TargetList, on_delete=models.PROTECT, related_name="targets", db_index=False)
    subject = models.ForeignKey(Subject, verbose_name="主体", on_delete=models.PROTECT, related_name="+")
    records = models.ManyToManyField(
        CreditRecord, verbose_name="依据的信用记录", related_name="targets", through="TargetRecord"
    )

    class Meta:
        verbose_name = "治理对象"
        verbose_name_plural = "治理对象"
        ordering: ClassVar = ["target_list", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["target_list", "subject"], name="target_once")]

    def __str__(self) -> str:
        return f"治理对象 {self.pk}"


class TargetRecord(models.Model):
    """A record that brought a target to its list; never taken out again, so that a record cannot go while it stands here."""

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(CreditRecord, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "campaigns_target_records"
        constraints: ClassVar = [models.UniqueConstraint(fields=["target", "record"], name="target_record_once")]

    def __str__(self) -> str:
        return f"{self.target_id} {self.record_id}"


class HandlingQuerySet(models.QuerySet["Handling"]):
    def counted(self) -> HandlingQuerySet:
        """Entries that nobody has taken back."""
        return self.filter(taken_back_on__isnull=True)


class Handling(models.Model):
    """What was done about a target and the platform cannot know by itself, with its paper. Taken back, it stays with the reason."""

    target = models.ForeignKey(Target, verbose_name="治理对象", on_delete=models.PROTECT, related_name="handlings")
    progress = models.CharField("办理", max_length=12, choices=choices(ENTERED_LABELS))
    on = models.DateField("日期")
    document = models.CharField("文书号", max_length=128)
    receiver = models.ForeignKey(
        Department, verbose_name="接收单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    paper = models.ForeignKey(Attachment, verbose_name="证明材料", on_delete=models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="登记人", on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField("登记时间", default=timezone.now)
    taken_back_on = models.DateField("撤回日期", null=True, blank=True)
    taken_back_why = models.CharField("撤回原因", max_length=300, blank=True)

    objects = HandlingQuerySet.as_manager()

    class Meta:
        verbose_name = "治理办理登记"
        verbose_name_plural = "治理办理登记"
        ordering: ClassVar = ["on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["target", "progress"], condition=Q(taken_back_on__isnull=True), name="handling_once_a_target"
            ),
            models.CheckConstraint(
                condition=Q(progress=Progress.NOTIFIED.value, receiver__isnull=True)
                | Q(progress=Progress.TRANSFERRED.value, receiver__isnull=False),
                name="handling_transferred_to_somebody",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_progress_display()} {self.document}"


class ExampleQuerySet(models.QuerySet["Example"]):
    def public(self) -> ExampleQuerySet:
        """What anybody may read."""
        return self.filter(state=ExampleState.PUBLIC)


class Example(models.Model):
    """A text that tells of a case without naming anybody; public once a second person has read it."""

    campaign = models.ForeignKey(
        CampaignCase, verbose_name="专项治理", on_delete=models.PROTECT, related_name="examples"
    )
    title = models.CharField("标题", max_length=100)
    text = models.TextField("正文")
    state = models.CharField("状态", max_length=10, choices=choices(EXAMPLE_LABELS), default=ExampleState.DRAFT.value)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="撰写人", on_delete=models.PROTECT, related_name="+"
    )
    written_on = models.DateField("撰写日期")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="审核人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    published_on = models.DateField("公开日期", null=True, blank=True)
    withdrawn_why = models.CharField("撤下原因", max_length=300, blank=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    objects = ExampleQuerySet.as_manager()

    class Meta:
        verbose_name = "治理案例"
        verbose_name_plural = "治理案例"
        ordering: ClassVar = ["-published_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("written_by")),
                name="example_published_by_a_second_person",
                violation_error_message="审核人不得是撰写人。",
            ),
            models.CheckConstraint(
                condition=Q(state=ExampleState.DRAFT.value) | Q(published_by__isnull=False, published_on__isnull=False),
                name="example_public_after_a_review",
            ),
        ]

    def __str__(self) -> str:
        return self.title

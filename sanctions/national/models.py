"""Events of the national system, the deliveries that they came in, and the files in which the answers leave."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.models import Case
from credit_platform.accounts.models import Department
from credit_platform.labels import choices
from sanctions.national import rules
from sanctions.national.rules import Arrival, Result

CHANNELS = (("file", "文件"), ("api", "接口"))


class NationalDelivery(models.Model):
    """What came in at once, kept encrypted as it came; how many events it held is counted from its lines."""

    channel = models.CharField("来源", max_length=8, choices=CHANNELS)
    format = models.CharField("格式", max_length=20)
    name = models.CharField("名称", max_length=200)
    path = models.CharField("位置", max_length=200)
    size = models.PositiveIntegerField("大小（字节）")
    sha256 = models.CharField("摘要", max_length=64)
    received_at = models.DateTimeField("接收时间", default=timezone.now)
    received_by = models.CharField("接收人", max_length=100)

    class Meta:
        verbose_name = "国家系统事件接收"
        verbose_name_plural = "国家系统事件接收"
        ordering: ClassVar = ["-received_at", "-id"]

    def __str__(self) -> str:
        return self.name


class NationalEvent(models.Model):
    """One event; its number is unique, `digest` is that of its content as it last came. A person's number is sealed."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="nationalevent")
    number = models.CharField("事件编号", max_length=64, unique=True)
    digest = models.CharField("内容摘要", max_length=64)
    kind = models.CharField("事件类别", max_length=12, choices=choices(rules.KIND_LABELS))
    subject_name = models.CharField("主体名称", max_length=200)
    subject_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    id_number = models.BinaryField("证件号码（密文）", null=True, blank=True)
    id_masked = models.CharField("证件号码（遮盖）", max_length=40, blank=True)
    list_name = models.CharField("名单", max_length=200, blank=True)
    authority = models.CharField("认定或者提出单位", max_length=200, blank=True)
    account = models.TextField("事件内容")
    occurred_on = models.DateField("事件日期", null=True, blank=True)
    answer_by = models.DateField("国家系统要求反馈的日期", null=True, blank=True)
    office = models.ForeignKey(
        Department,
        verbose_name="接收单位",
        on_delete=models.PROTECT,
        related_name="+",
        help_text="退回的事件回到这里。",
    )
    returned_why = models.CharField("退回理由", max_length=500, blank=True)
    result = models.CharField(
        "核查结果",
        max_length=12,
        blank=True,
        choices=choices(rules.RESULT_LABELS),
    )
    statement = models.TextField("核查经过", blank=True)
    settled_on = models.DateField("修复日期", null=True, blank=True)
    verified_on = models.DateField("核查日期", null=True, blank=True)

    class Meta:
        verbose_name = "国家系统事件"
        verbose_name_plural = "国家系统事件"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(result="") | ~Q(statement=""), name="national_event_found_with_an_account"
            ),
            models.CheckConstraint(
                condition=~Q(result=Result.REPAIRED.value) | Q(settled_on__isnull=False),
                name="national_event_repaired_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class NationalDeliveryLine(models.Model):
    """What became of one event of a delivery."""

    delivery = models.ForeignKey(NationalDelivery, on_delete=models.CASCADE, related_name="lines")
    place = models.PositiveIntegerField("次序")
    number = models.CharField("事件编号", max_length=64, blank=True)
    outcome = models.CharField("结果", max_length=8, choices=choices(rules.ARRIVAL_LABELS))
    text = models.CharField("说明", max_length=500, blank=True)
    event = models.ForeignKey(NationalEvent, null=True, blank=True, on_delete=models.PROTECT, related_name="arrivals")

    class Meta:
        verbose_name = "接收的事件"
        verbose_name_plural = "接收的事件"
        ordering: ClassVar = ["delivery", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["delivery", "place"], name="national_line_once"),
            models.CheckConstraint(
                condition=Q(outcome=Arrival.REFUSED.value) | Q(event__isnull=False), name="national_line_of_an_event"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id}/{self.place}"


class NationalFeedback(models.Model):
    """A file of answers for the national system."""

    number = models.CharField("上报编号", max_length=64, unique=True)
    format = models.CharField("格式", max_length=20)
    path = models.CharField("位置", max_length=200)
    size = models.PositiveIntegerField("大小（字节）")
    sha256 = models.CharField("摘要", max_length=64)
    made_at = models.DateTimeField("生成时间", default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="生成人", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "国家系统反馈文件"
        verbose_name_plural = "国家系统反馈文件"
        ordering: ClassVar = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.number


class NationalReceipt(models.Model):
    """What the national system said to a file of answers."""

    feedback = models.ForeignKey(NationalFeedback, on_delete=models.PROTECT, related_name="receipts")
    path = models.CharField("位置", max_length=200)
    sha256 = models.CharField("摘要", max_length=64)
    received_at = models.DateTimeField("接收时间", default=timezone.now)
    received_by = models.CharField("接收人", max_length=100)

    class Meta:
        verbose_name = "国家系统回执"
        verbose_name_plural = "国家系统回执"
        ordering: ClassVar = ["-received_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["feedback", "sha256"], name="national_receipt_taken_once")
        ]

    def __str__(self) -> str:
        return f"{self.feedback}"


class NationalFeedbackLine(models.Model):
    """An answer as it left in a file, and what the receipt said to it."""

    feedback = models.ForeignKey(NationalFeedback, on_delete=models.PROTECT, related_name="lines")
    event = models.ForeignKey(NationalEvent, on_delete=models.PROTECT, related_name="answers")
    result = models.CharField("核查结果", max_length=12)
    receipt = models.ForeignKey(NationalReceipt, null=True, blank=True, on_delete=models.PROTECT, related_name="lines")
    accepted = models.BooleanField("已接受", null=True, blank=True)
    reason = models.CharField("退回原因", max_length=500, blank=True)

    class Meta:
        verbose_name = "上报的核查结果"
        verbose_name_plural = "上报的核查结果"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["feedback", "event"], name="national_answer_once_a_file"),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True) | Q(receipt__isnull=False), name="national_answer_by_a_receipt"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.feedback_id}/{self.event_id}"

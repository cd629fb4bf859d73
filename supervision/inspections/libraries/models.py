"""Tags of objects, inspectors, and whom they avoid."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from credit_platform.accounts.models import Department
from credit_platform.editions.models import between
from credit_platform.labels import choices
from records.models import Subject
from supervision.inspections.items.models import Item
from supervision.inspections.libraries import rules
from supervision.inspections.libraries.rules import Duty


class ObjectTag(models.Model):
    """A special library (专项库): a mark that subjects of the register bear."""

    code = models.SlugField("标签代码", max_length=40, unique=True)
    name = models.CharField("标签名称", max_length=100)
    basis = models.CharField("建库依据", max_length=300, blank=True)

    class Meta:
        verbose_name = "检查对象标签"
        verbose_name_plural = "检查对象标签"
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name


class TaggedQuerySet(models.QuerySet["TaggedSubject"]):
    def on(self, day: date) -> TaggedQuerySet:
        """Marks that are borne on a day."""
        return self.filter(Q(since__lte=day), Q(until__isnull=True) | Q(until__gte=day))


class TaggedSubject(models.Model):
    """A subject with a tag, from a day to a day."""

    tag = models.ForeignKey(ObjectTag, verbose_name="标签", on_delete=models.PROTECT, related_name="tagged")
    subject = models.ForeignKey(Subject, verbose_name="主体", on_delete=models.PROTECT, related_name="inspection_tags")
    department = models.ForeignKey(Department, verbose_name="标注单位", on_delete=models.PROTECT, related_name="+")
    since = models.DateField("标注日期")
    until = models.DateField("截止日期", null=True, blank=True)

    objects = TaggedQuerySet.as_manager()

    class Meta:
        verbose_name = "检查对象标注"
        verbose_name_plural = "检查对象标注"
        ordering: ClassVar = ["tag", "subject"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tag", "subject"], condition=Q(until__isnull=True), name="inspection_tag_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="inspection_tag_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tag_id} {self.subject_id}"


class InspectorQuerySet(models.QuerySet["Inspector"]):
    def on_duty(self) -> InspectorQuerySet:
        """Who can be drawn."""
        return self.filter(duty=Duty.ON.value)

    def carded(self, since: date, until: date) -> InspectorQuerySet:
        """Whose card is valid on every day of a span."""
        return self.filter(card_from__lte=since, card_until__gte=until)

    def for_items(self, items: list[int]) -> InspectorQuerySet:
        """Who may inspect each of these items: those without a range may inspect all of their department."""
        able = self
        for item in items:
            able = able.filter(Q(items=item) | Q(items__isnull=True))
        return able.distinct()


class Inspector(models.Model):
    """A holder of an inspection card (执法检查人员). `account` is the login with which the visit is written down."""

    department = models.ForeignKey(Department, verbose_name="单位", on_delete=models.PROTECT, related_name="inspectors")
    name = models.CharField("姓名", max_length=50)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="平台账号",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="inspector_of",
    )
    card_kind = models.CharField("执法证种类", max_length=10, choices=choices(rules.CARD_LABELS))
    card_number = models.CharField("执法证号", max_length=20, unique=True)
    card_from = models.DateField("执法证有效期起")
    card_until = models.DateField("执法证有效期止")
    items = models.ManyToManyField(Item, verbose_name="检查事项范围", blank=True, related_name="+")
    specialities = ArrayField(
        models.CharField(max_length=rules.SPECIALITY), verbose_name="专业", default=list, blank=True
    )
    is_expert = models.BooleanField("专家", default=False)
    duty = models.CharField("状态", max_length=10, choices=choices(rules.DUTY_LABELS), default=Duty.ON.value)
    duty_reason = models.CharField("停用原因", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = InspectorQuerySet.as_manager()

    class Meta:
        verbose_name = "执法检查人员"
        verbose_name_plural = "执法检查人员"
        ordering: ClassVar = ["department", "card_number"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(card_until__gte=F("card_from")), name="inspector_card_days"),
            models.CheckConstraint(
                condition=Q(duty=Duty.ON.value) | ~Q(duty_reason=""), name="inspector_suspended_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.card_number}）"

    @property
    def tone(self) -> str:
        """The colour of the state."""
        return rules.DUTY_TONES[Duty(self.duty)]


class RecusalQuerySet(models.QuerySet["Recusal"]):
    def on(self, day: date) -> RecusalQuerySet:
        """Those that hold on a day."""
        return self.filter(between(day))


class Recusal(models.Model):
    """An inspector who stays away from a subject (回避), with the ground and who said so."""

    inspector = models.ForeignKey(Inspector, verbose_name="检查人员", on_delete=models.PROTECT, related_name="recusals")
    subject = models.ForeignKey(Subject, verbose_name="检查对象", on_delete=models.PROTECT, related_name="+")
    ground = models.CharField("回避事由", max_length=10, choices=choices(rules.GROUND_LABELS))
    source = models.CharField("来源", max_length=10, choices=choices(rules.SOURCE_LABELS))
    note = models.CharField("说明", max_length=300, blank=True)
    valid_from = models.DateField("自")
    valid_until = models.DateField("至", null=True, blank=True)

    objects = RecusalQuerySet.as_manager()

    class Meta:
        verbose_name = "回避"
        verbose_name_plural = "回避"
        ordering: ClassVar = ["inspector", "subject"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["inspector", "subject"], condition=Q(valid_until__isnull=True), name="recusal_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="recusal_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspector_id} {self.subject_id}"

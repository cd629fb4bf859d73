"""What a case of listing holds beside the case itself: the list, the facts, the terms, the papers of the decision; for a person its post."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from casework.models import Case
from credit_platform.labels import choices
from sanctions.designations.rules import POST_LABELS
from sanctions.lists.models import CreditList, ListEntry


class DesignationCaseQuerySet(models.QuerySet["DesignationCase"]):
    def open(self) -> DesignationCaseQuerySet:
        """Cases that are not closed."""
        return self.filter(is_open=True)

    def decided(self) -> DesignationCaseQuerySet:
        """Cases that put somebody on a list."""
        return self.filter(entry__isnull=False)


class DesignationCase(models.Model):
    """One subject and one list; at most one such case is open at a time (`is_open` follows the case)."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="designationcase")
    credit_list = models.ForeignKey(CreditList, verbose_name="名单", on_delete=models.PROTECT, related_name="+")
    listed_subject = models.ForeignKey(
        "records.Subject", verbose_name="拟列入的主体", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    facts = models.TextField("列入事由")
    basis = models.TextField("列入依据")
    conduct_on = models.DateField("行为发生日期")
    months = models.PositiveSmallIntegerField("期限（月）", null=True, blank=True, help_text="留空按名单的期限。")
    measures = ArrayField(models.CharField(max_length=40), verbose_name="决定的措施（编码）", default=list, blank=True)
    measures_text = models.TextField("管理措施", blank=True)
    exit_conditions = models.TextField("移出条件和程序", blank=True)
    remedies = models.TextField("救济途径", blank=True)
    firm = models.ForeignKey(
        "self", verbose_name="所在单位的案件", null=True, blank=True, on_delete=models.PROTECT, related_name="persons"
    )
    post = models.CharField("职务", max_length=16, blank=True, choices=choices(POST_LABELS))
    post_since = models.DateField("任职起", null=True, blank=True)
    post_until = models.DateField("任职止", null=True, blank=True)
    repair_number = models.CharField("信用修复告知书文号", max_length=128, blank=True)
    repair_notice = models.TextField("信用修复告知书", blank=True)
    repair_sha256 = models.CharField("信用修复告知书摘要", max_length=64, blank=True)
    delivered_on = models.DateField("决定送达日期", null=True, blank=True)
    delivered_how = models.CharField("决定送达方式", max_length=60, blank=True)
    entry = models.OneToOneField(
        ListEntry, verbose_name="名单条目", null=True, blank=True, on_delete=models.PROTECT, related_name="designation"
    )
    is_open = models.BooleanField("办理中", default=True)

    objects = DesignationCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "名单认定"
        verbose_name_plural = "名单认定"
        ordering: ClassVar = ["-case"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["credit_list", "listed_subject"], condition=Q(is_open=True), name="designation_one_open_of_a_list"
            ),
            models.CheckConstraint(
                condition=Q(entry__isnull=True) | (~Q(repair_notice="") & ~Q(repair_number="") & ~Q(repair_sha256="")),
                name="designation_both_papers",
                violation_error_message="决定书与信用修复告知书应同时制发。",
            ),
            models.CheckConstraint(
                condition=Q(delivered_on__isnull=True) | Q(entry__isnull=False), name="designation_delivered_what_was_decided"
            ),
            models.CheckConstraint(
                condition=Q(firm__isnull=True)
                | (
                    ~Q(post="")
                    & Q(post_since__isnull=False)
                    & Q(post_since__lte=F("conduct_on"))
                    & (Q(post_until__isnull=True) | Q(post_until__gte=F("conduct_on")))
                ),
                name="designation_person_as_of_the_conduct",
                violation_error_message="责任人员应在行为发生时任职。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.case)

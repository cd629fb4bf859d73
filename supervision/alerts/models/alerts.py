"""What an alert holds beside its case, the facts that it stands on, and what a verification of a record holds."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from casework.models import Case
from credit_platform.labels import choices
from records.models import CreditRecord, Subject
from supervision.alerts.models.ruling import AlertRule
from supervision.alerts.rules.alerts import (
    MEASURE_LABELS,
    SEVERITY_LABELS,
    SEVERITY_TONES,
    VERDICT_LABELS,
    Severity,
    Verdict,
)


class AlertCaseQuerySet(models.QuerySet["AlertCase"]):
    def open(self) -> AlertCaseQuerySet:
        """Alerts in which somebody has still to act."""
        return self.filter(is_open=True)

    def judged(self) -> AlertCaseQuerySet:
        """Alerts that a person has closed."""
        return self.exclude(verdict__in=["", Verdict.LAPSED])


class AlertCase(models.Model):
    """One alert; of a rule and a subject at most one is open at a time, whichever version of the rule raised it."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="alertcase")
    rule = models.ForeignKey(AlertRule, verbose_name="规则", on_delete=models.PROTECT, related_name="alerts")
    code = models.CharField("规则代号", max_length=10)
    subject = models.ForeignKey(
        Subject, verbose_name="主体", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    severity = models.CharField("级别", max_length=8, choices=choices(SEVERITY_LABELS))
    level = models.PositiveIntegerField("数值")
    raised_on = models.DateField("预警日期")
    plan = models.CharField("核实打算", max_length=500, blank=True)
    verdict = models.CharField("结论", max_length=10, blank=True, choices=choices(VERDICT_LABELS))
    measure = models.CharField("处置方式", max_length=10, blank=True, choices=choices(MEASURE_LABELS))
    document = models.CharField("处置文书号", max_length=128, blank=True)
    correction = models.ForeignKey(
        Case, verbose_name="整改和约谈", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    inspection = models.ForeignKey(
        Case, verbose_name="计划外检查", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    wrong = models.ForeignKey(
        CreditRecord, verbose_name="有误的信息", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reopened = models.PositiveSmallIntegerField("再现次数", default=0)
    is_open = models.BooleanField("办理中", default=True)

    objects = AlertCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "信用预警"
        verbose_name_plural = "信用预警"
        ordering: ClassVar = ["-case"]
        indexes: ClassVar = [models.Index(fields=["code", "subject"], name="alert_of_subject")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "subject"], condition=Q(is_open=True), name="alert_one_open_of_rule_and_subject"
            ),
            models.CheckConstraint(condition=Q(is_open=False) | Q(verdict=""), name="alert_open_has_no_verdict"),
            models.CheckConstraint(condition=~Q(verdict="true") | ~Q(measure=""), name="alert_true_says_what_was_done"),
        ]

    def __str__(self) -> str:
        return str(self.case)

    @property
    def severity_tone(self) -> str:
        """The colour of its severity in the kit."""
        return SEVERITY_TONES[Severity(self.severity)]


class AlertFact(models.Model):
    """One fact that an alert stands on. `key` says which, so that the same one brought again is the same; `gone_on` when it counts no more."""

    alert = models.ForeignKey(AlertCase, on_delete=models.PROTECT, related_name="facts")
    key = models.CharField("编号", max_length=60)
    record = models.ForeignKey(
        CreditRecord, verbose_name="信用记录", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    weight = models.PositiveIntegerField("计数", default=1)
    since = models.DateField("计入日期")
    added_on = models.DateField("列入预警日期")
    gone_on = models.DateField("不再计入日期", null=True, blank=True)
    gone_why = models.CharField("不再计入原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "预警依据"
        verbose_name_plural = "预警依据"
        ordering: ClassVar = ["since", "id"]
        indexes: ClassVar = [
            models.Index(fields=["record"], name="alert_fact_record", condition=Q(gone_on__isnull=True))
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["alert", "key"], name="alert_fact_once")]

    def __str__(self) -> str:
        return self.key


class VerificationCase(models.Model):
    """A record that an officer found wrong while handling an alert: its provider verifies it. Of one record one is open at a time."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="verificationcase")
    checked = models.ForeignKey(
        CreditRecord, verbose_name="待核实的信息", on_delete=models.PROTECT, related_name="verifications"
    )
    alert = models.ForeignKey(
        AlertCase, verbose_name="来源预警", on_delete=models.PROTECT, related_name="verifications"
    )
    asked_version = models.PositiveIntegerField("提出时的版本")
    question = models.CharField("有误之处", max_length=500)
    is_open = models.BooleanField("办理中", default=True)

    class Meta:
        verbose_name = "信息核实更正"
        verbose_name_plural = "信息核实更正"
        ordering: ClassVar = ["-case"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["checked"], condition=Q(is_open=True), name="verification_one_open_a_record"
            )
        ]

    def __str__(self) -> str:
        return str(self.case)

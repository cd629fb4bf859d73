"""Agencies, what subjects authorised them to, and cases of striking one."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.models import Case
from companies.models import CompanyAccount
from credit_platform.accounts.models import ApiClient, Department
from industry.agencies import rules
from lookups.models import Authorisation
from records.models import Subject


class AgencyQuerySet(models.QuerySet["Agency"]):
    def current(self, on: date) -> AgencyQuerySet:
        """Registered, and confirmed within the year: dates decide, not sweeps."""
        return self.filter(state=rules.State.REGISTERED, confirmed_until__gte=on)


class Agency(models.Model):
    """An agency that registered of its own will. `client` is the key under which it reads, `quota` its calls of a day."""

    subject = models.OneToOneField(Subject, verbose_name="机构", on_delete=models.PROTECT, related_name="agency")
    account = models.ForeignKey(CompanyAccount, verbose_name="申请账户", on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, verbose_name="登记单位", on_delete=models.PROTECT, related_name="+")
    kinds = ArrayField(models.CharField(max_length=12), verbose_name="机构类型")
    fields_of_work = ArrayField(models.CharField(max_length=14), verbose_name="合作领域")
    filings = models.CharField("备案、许可", max_length=300, blank=True)
    staff = models.PositiveSmallIntegerField("专职人员数")
    practice = models.TextField("业务情况", max_length=2000)
    state = models.CharField("状态", max_length=12, choices=rules.STATE_CHOICES, default=rules.State.APPLIED.value)
    applied_at = models.DateTimeField("申请时间", default=timezone.now)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="核对人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="登记人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    registered_on = models.DateField("登记日期", null=True, blank=True)
    confirmed_until = models.DateField("确认有效至", null=True, blank=True)
    ended_on = models.DateField("退出或者取消日期", null=True, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    client = models.OneToOneField(
        ApiClient, verbose_name="接口客户端", null=True, blank=True, on_delete=models.PROTECT, related_name="agency"
    )
    quota = models.PositiveIntegerField("每日查询次数上限", default=rules.QUOTA)
    version = models.PositiveIntegerField("版本", default=1)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "信用服务机构"
        verbose_name_plural = "信用服务机构"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(registered_by__isnull=True) | ~Q(registered_by=F("verified_by")),
                name="agency_registered_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="registered")
                | Q(registered_by__isnull=False, verified_by__isnull=False, confirmed_until__isnull=False),
                name="agency_registered_was_verified",
            ),
        ]

    def __str__(self) -> str:
        return self.subject.name

    @property
    def kind_words(self) -> str:
        """Its kinds in words."""
        return "、".join(rules.KIND_LABELS[rules.Kind(each)] for each in self.kinds)

    @property
    def field_words(self) -> str:
        """Its fields of work in words."""
        return "、".join(rules.FIELD_LABELS[rules.Field(each)] for each in self.fields_of_work)

    def is_current(self, on: date) -> bool:
        """Whether it is registered on a day."""
        return rules.is_current(self.state, self.confirmed_until, on)

    def word_on(self, on: date) -> tuple[str, str]:
        """How it reads on a day, and its tone."""
        state = rules.State(self.state)
        if state is rules.State.REGISTERED and not self.is_current(on):
            return "逾期未确认", "warn"
        return rules.LABELS[state], rules.TONES[state]


class AgencyGrantQuerySet(models.QuerySet["AgencyGrant"]):
    def in_force(self, on: date) -> AgencyGrantQuerySet:
        """Those whose authorisation holds on a day and was not taken back."""
        return self.filter(authorisation__in=Authorisation.objects.in_force(on))


class AgencyGrant(models.Model):
    """A subject authorised an agency; until when and whether it was taken back stands in the authorisation."""

    agency = models.ForeignKey(Agency, verbose_name="机构", on_delete=models.PROTECT, related_name="grants")
    authorisation = models.OneToOneField(
        Authorisation, verbose_name="授权", on_delete=models.PROTECT, related_name="agency_grant"
    )
    account = models.ForeignKey(CompanyAccount, verbose_name="授权账户", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("用途", max_length=200)
    granted_at = models.DateTimeField("授权时间", default=timezone.now)

    objects = AgencyGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "机构查询授权"
        verbose_name_plural = "机构查询授权"
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.authorisation.number


class StrikeCase(models.Model):
    """A case of striking an agency; of one at most one is open."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="strikecase")
    agency = models.ForeignKey(Agency, verbose_name="机构", on_delete=models.PROTECT, related_name="strikes")
    ground = models.CharField("情形", max_length=10, choices=rules.GROUND_CHOICES)
    facts = models.TextField("事实")
    is_open = models.BooleanField("办理中", default=True)

    class Meta:
        verbose_name = "取消机构登记"
        verbose_name_plural = "取消机构登记"
        ordering: ClassVar = ["-case"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency"], condition=Q(is_open=True), name="strike_one_open")
        ]

    def __str__(self) -> str:
        return str(self.case)

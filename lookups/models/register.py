"""The register of every query, the authorisations, and what is told to the subject later."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from credit_platform.accounts.models import Department, User
from credit_platform.labels import choices
from lookups.models.purposes import Purpose
from lookups.models.windows import ServiceWindow
from lookups.rules.questions import AUTHORITY_LABELS, OPEN_MINUTES, OUTCOME_LABELS, OUTCOME_TONES, Authority, Outcome
from records.identifiers.names import mask_person_name
from records.models import Subject


class AskedNumber(models.Model):
    """A personal number that was asked for: sealed, found again by its keyed digest alone; pages show `masked`."""

    digest = models.CharField("摘要", max_length=64, unique=True)
    cipher = models.BinaryField("证件号码（密文）")
    masked = models.CharField("证件号码（隐去中间）", max_length=40)

    class Meta:
        verbose_name = "被查询的证件号码"
        verbose_name_plural = "被查询的证件号码"

    def __str__(self) -> str:
        return self.masked


class AuthorisationQuerySet(models.QuerySet["Authorisation"]):
    def in_force(self, on: date) -> AuthorisationQuerySet:
        """Those that hold on a day."""
        return self.filter(valid_from__lte=on, ends_on__gte=on, ended_on__isnull=True)


class Authorisation(models.Model):
    """A written authorisation: by whom, for whom, for which purpose, until when; the paper lies in the vault."""

    number = models.CharField("登记编号", max_length=24, unique=True)
    subject = models.ForeignKey(Subject, verbose_name="授权人", on_delete=models.PROTECT, related_name="+")
    purpose = models.ForeignKey(Purpose, verbose_name="查询目的", on_delete=models.PROTECT, related_name="+")
    holder = models.CharField("被授权人", max_length=100)
    valid_from = models.DateField("授权起始日")
    ends_on = models.DateField("授权截止日")
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("类型", max_length=60)
    size = models.PositiveIntegerField("大小（字节）")
    sha256 = models.CharField("摘要", max_length=64)
    path = models.CharField("位置", max_length=200, blank=True)
    added_by = models.CharField("登记人", max_length=100)
    added_at = models.DateTimeField("登记时间", default=timezone.now)
    ended_on = models.DateField("撤回日期", null=True, blank=True)
    ended_why = models.CharField("撤回原因", max_length=200, blank=True)
    disposed_on = models.DateField("销毁日期", null=True, blank=True)

    objects = AuthorisationQuerySet.as_manager()

    class Meta:
        verbose_name = "查询授权书"
        verbose_name_plural = "查询授权书"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("valid_from")), name="lookup_authorisation_dates"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_why=""), name="lookup_authorisation_ended_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(disposed_on__isnull=True) ^ Q(path=""), name="lookup_authorisation_disposed_has_no_file"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def authoriser(self) -> str:
        """Who gave it, as a list may show it: of a person the surname."""
        return self.subject.name if self.subject.code else mask_person_name(self.subject.name)


class QueryQuerySet(models.QuerySet["Query"]):
    def asked_by(self, user: User) -> QueryQuerySet:
        """What somebody asked."""
        return self.filter(actor_kind=user.actor_kind, actor_id=user.pk)

    def on_day(self, day: date) -> QueryQuerySet:
        """Queries of a day, Asia/Shanghai."""
        return self.filter(at__date=day)

    def at_window(self) -> QueryQuerySet:
        """Those that were asked with a purpose of the list, at a window."""
        return self.filter(purpose__isnull=False)

    def open_to(self, user: User, now: datetime) -> QueryQuerySet:
        """Whose result may still be shown to who asked."""
        since = now - timedelta(minutes=OPEN_MINUTES)
        return self.at_window().asked_by(user).filter(at__gt=since).exclude(outcome=Outcome.REFUSED)

    def about(self, subjects: list[int], digests: list[str]) -> QueryQuerySet:
        """Queries of somebody's data, whoever asked and by which way."""
        return self.filter(Q(subject_id__in=subjects) | Q(number_asked__digest__in=digests))

    def released(self, on: date) -> QueryQuerySet:
        """Those that the subject may read on a day: not delayed by their purpose, nor held back by two people."""
        held = HoldBack.objects.in_force(on).filter(query=OuterRef("pk"))
        return self.filter(Q(told_from__isnull=True) | Q(told_from__lte=on)).exclude(Exists(held))


class Query(models.Model):
    """One query. Append-only by trigger, but for its number of results, which is filled in once. Beside it stands its entry of the audit.

    `purpose` is empty for looks that began elsewhere than at a window; `why` has the reason in words always.
    """

    number = models.CharField("查询编号", max_length=24, unique=True)
    entry = models.BigIntegerField("审计记录", unique=True)
    at = models.DateTimeField("时间", default=timezone.now)
    way = models.CharField("方式", max_length=80)
    actor_kind = models.CharField("查询人类别", max_length=16)
    actor_id = models.BigIntegerField("查询人编号", null=True)
    actor_name = models.CharField("查询人", max_length=200)
    department = models.ForeignKey(
        Department, verbose_name="查询单位", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    window = models.ForeignKey(
        ServiceWindow, verbose_name="窗口", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    purpose = models.ForeignKey(
        Purpose, verbose_name="查询目的", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    why = models.TextField("事由")
    matter = models.CharField("办理事项", max_length=100, blank=True)
    case_number = models.CharField("办件编号或者案号", max_length=200, blank=True)
    authority = models.CharField("查询依据", max_length=12, blank=True, choices=choices(AUTHORITY_LABELS))
    authorisation = models.ForeignKey(
        Authorisation, verbose_name="授权书", null=True, on_delete=models.PROTECT, related_name="queries"
    )
    visitor = models.CharField("来访人", max_length=60, blank=True)
    subject = models.ForeignKey(
        Subject, verbose_name="被查询主体", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    subject_ref = models.CharField("查询对象", max_length=200)
    number_asked = models.ForeignKey(
        AskedNumber, verbose_name="证件号码", null=True, on_delete=models.PROTECT, related_name="queries"
    )
    fields = models.CharField("查询的信息", max_length=500, blank=True)
    ip = models.CharField("来源地址", max_length=45, blank=True)
    told_from = models.DateField("可告知日期", null=True)
    token = models.UUIDField("表单", null=True, unique=True)
    refused = models.CharField("未予查询的原因", max_length=500, blank=True)
    outcome = models.CharField("结果", max_length=10, null=True, choices=choices(OUTCOME_LABELS))
    results = models.PositiveIntegerField("结果数", null=True)
    answered_at = models.DateTimeField("答复时间", null=True)

    objects = QueryQuerySet.as_manager()

    class Meta:
        verbose_name = "查询登记"
        verbose_name_plural = "查询登记"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["subject", "-id"], name="lookup_of_subject", condition=Q(subject__isnull=False)),
            models.Index(fields=["actor_kind", "actor_id", "at"], name="lookup_by_actor"),
            models.Index(fields=["at"], name="lookup_by_time"),
            models.Index(fields=["department", "at"], name="lookup_by_department"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(why=""), name="lookup_has_a_reason"),
            models.CheckConstraint(
                condition=Q(purpose__isnull=True) | ~Q(authority=""), name="lookup_at_a_window_has_its_authority"
            ),
            models.CheckConstraint(
                condition=~Q(authority=Authority.AUTHORISED.value)
                | Q(authorisation__isnull=False)
                | Q(outcome=Outcome.REFUSED.value),
                name="lookup_authorised_names_its_paper",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def day(self) -> date:
        """The day on which was asked."""
        return timezone.localdate(self.at)

    @property
    def outcome_label(self) -> str:
        """What became of it, in words."""
        return OUTCOME_LABELS[Outcome(self.outcome)] if self.outcome else "尚未显示结果"

    @property
    def tone(self) -> str:
        """The tone of that."""
        return OUTCOME_TONES[Outcome(self.outcome)] if self.outcome else "neutral"


class HoldBackQuerySet(models.QuerySet["HoldBack"]):
    def in_force(self, on: date) -> HoldBackQuerySet:
        """Those that two people stand for and that have not run out."""
        return self.filter(confirmed_by__isnull=False, until__gt=on)

    def waiting(self) -> HoldBackQuerySet:
        """Those that wait for the second person."""
        return self.filter(confirmed_by__isnull=True, declined_at__isnull=True)


class HoldBack(models.Model):
    """The subject is told of a query later: until when and why (个人信息保护法 art. 35). Who proposes it does not confirm it."""

    query = models.ForeignKey(Query, on_delete=models.PROTECT, related_name="hold_backs")
    until = models.DateField("推迟至")
    reason = models.CharField("理由", max_length=300)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="提出人", on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField("提出时间", default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="确认人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True)
    declined_at = models.DateTimeField("不予确认时间", null=True)

    objects = HoldBackQuerySet.as_manager()

    class Meta:
        verbose_name = "推迟告知"
        verbose_name_plural = "推迟告知"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["query"], condition=Q(declined_at__isnull=True), name="lookup_held_back_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="lookup_held_back_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.query_id} {self.until}"

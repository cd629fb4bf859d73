"""Recipients and what they read, the ledger of deliveries, and the cases against who is late."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.models import Case
from credit_platform.accounts import policy
from credit_platform.accounts.models import ApiClient, Department, User
from credit_platform.accounts.queries import own_department_ids
from credit_platform.labels import choices
from deliveries.rules.deliveries import HOW_LABELS, KIND_LABELS, STATE_LABELS, WHAT_LABELS, Kind, State, kind_of
from disclosure.models import Disclosure, DisclosureChange


class Recipient(models.Model):
    """Who keeps copies: a client with a key, or a department that was told in answers."""

    client = models.OneToOneField(
        ApiClient,
        verbose_name="接口客户端",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="recipient",
    )
    department = models.ForeignKey(Department, verbose_name="单位", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "接收单位"
        verbose_name_plural = "接收单位"
        ordering: ClassVar = ["department", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["department"], condition=Q(client__isnull=True), name="recipient_department_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The client's name, or the department's."""
        return self.client.name if self.client else self.department.label

    @property
    def kind(self) -> Kind:
        """What sort of recipient it is."""
        return kind_of(has_client=self.client_id is not None, external=self.department.is_external)

    @property
    def kind_label(self) -> str:
        return KIND_LABELS[self.kind]


class ReadingQuerySet(models.QuerySet["Reading"]):
    def since(self, day: date) -> ReadingQuerySet:
        """What was read on a day or after it."""
        return self.filter(last_on__gte=day)

    def of_everything(self) -> ReadingQuerySet:
        """Who reads the feed or the lists has a copy of everything."""
        return self.filter(what__in=(Reading.What.FEED, Reading.What.LIST))


class Reading(models.Model):
    """What a client read with its key, and when last: everything (the feed, the lists), an item, a subject. `reach` is how far it read the feed."""

    class What(models.TextChoices):
        FEED = "feed", "变更流"
        LIST = "list", "公示列表"
        ITEM = "item", "公示事项"
        SUBJECT = "subject", "信用主体"

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="readings")
    what = models.CharField("读取内容", max_length=8, choices=What.choices)
    ref = models.CharField("公示编号或信用代码", max_length=18, blank=True, default="")
    reach = models.BigIntegerField("已读到的序号", default=0)
    first_on = models.DateField("首次读取")
    last_on = models.DateField("最近读取")

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = "读取情况"
        verbose_name_plural = "读取情况"
        indexes: ClassVar = [models.Index(fields=["ref", "last_on"], name="reading_of_ref", condition=~Q(ref=""))]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recipient", "what", "ref"], name="reading_once"),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="reading_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_id} {self.what} {self.ref}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def open(self) -> DeliveryQuerySet:
        """Not acknowledged, and still to be."""
        return self.filter(state=State.OPEN)

    def late(self, on: date) -> DeliveryQuerySet:
        """Open, and past their last day."""
        return self.open().filter(due_on__lt=on)

    def through(self, number: int) -> DeliveryQuerySet:
        """Those of events up to a number of the feed."""
        return self.filter(change__number__lte=number)

    def of_client(self, client: ApiClient) -> DeliveryQuerySet:
        return self.filter(recipient__client=client)

    def visible_to(self, user: User) -> DeliveryQuerySet:
        """The credit office and the auditor see all; others what their department received."""
        if policy.allows(user, "deliveries.view_all"):
            return self
        if not user.department_id:
            return self.none()
        return self.filter(recipient__department_id__in=own_department_ids(user.department_id, timezone.localdate()))


class Delivery(models.Model):
    """One change of one item for one recipient. `change` is the event of the feed; `sent_at` when it first went out, None before."""

    change = models.ForeignKey(DisclosureChange, on_delete=models.PROTECT, related_name="deliveries")
    disclosure = models.ForeignKey(
        Disclosure, verbose_name="公示事项", on_delete=models.PROTECT, related_name="deliveries"
    )
    recipient = models.ForeignKey(
        Recipient, verbose_name="接收单位", on_delete=models.PROTECT, related_name="deliveries"
    )
    what = models.CharField("变更", max_length=10, choices=choices(WHAT_LABELS))
    made_on = models.DateField("变更日期")
    due_on = models.DateField("更新期限")
    due_days = models.PositiveSmallIntegerField("期限（工作日）")
    due_provisional = models.BooleanField("期限暂定", default=False)
    state = models.CharField("状态", max_length=12, choices=choices(STATE_LABELS), default=State.OPEN.value)
    sent_at = models.DateTimeField("送出时间", null=True, blank=True)
    closed_at = models.DateTimeField("回执时间", null=True, blank=True)
    how = models.CharField("回执方式", max_length=4, blank=True, choices=choices(HOW_LABELS))
    closed_by = models.CharField("回执人", max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "变更送达"
        verbose_name_plural = "变更送达"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["recipient", "due_on", "id"], name="delivery_open", condition=Q(state="open")),
            models.Index(fields=["due_on", "id"], name="delivery_open_anywhere", condition=Q(state="open")),
            models.Index(fields=["recipient", "-id"], name="delivery_of_recipient"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["change", "recipient"], name="delivery_once"),
            models.CheckConstraint(condition=Q(due_on__gte=F("made_on")), name="delivery_due_after_the_change"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="delivery_closed_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="acknowledged") & ~Q(how="") | ~Q(state="acknowledged") & Q(how=""),
                name="delivery_acknowledged_somehow",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.change_id} {self.recipient_id}"

    def is_late_on(self, on: date) -> bool:
        """Whether its last day has passed without an answer: the same as `late`."""
        return self.state == State.OPEN and self.due_on < on


class DeliveryCase(models.Model):
    """The case against a recipient that is late; of one at most one is open (`is_open` follows the case)."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="deliverycase")
    recipient = models.ForeignKey(Recipient, verbose_name="接收单位", on_delete=models.PROTECT, related_name="cases")
    late = models.PositiveIntegerField("立案时逾期条数")
    oldest_on = models.DateField("最早的期限")
    order_number = models.CharField("责令更新文书号", max_length=128, blank=True)
    paused_at = models.DateTimeField("暂停共享时间", null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="提请恢复人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    resumed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="核准恢复人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    resumed_at = models.DateTimeField("恢复共享时间", null=True, blank=True)
    is_open = models.BooleanField("办理中", default=True)

    class Meta:
        verbose_name = "督促更新"
        verbose_name_plural = "督促更新"
        ordering: ClassVar = ["-case"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["recipient"], condition=Q(is_open=True), name="delivery_case_one_open_a_recipient"
            ),
            models.CheckConstraint(
                condition=Q(resumed_by__isnull=True) | (Q(asked_by__isnull=False) & ~Q(resumed_by=F("asked_by"))),
                name="delivery_case_resumed_by_a_second_person",
                violation_error_message="核准恢复人不得是提请人。",
            ),
        ]

    def __str__(self) -> str:
        return str(self.case)

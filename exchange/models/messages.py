"""The outbox: messages, the parcels in which they travel, and what the other side said of each row."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from credit_platform.labels import choices
from disclosure.models import Disclosure
from exchange.models.partners import Channel, Mapping
from exchange.rules.messages import (
    ANSWERABLE,
    ON_ITS_WAY,
    RESULT_LABELS,
    STATE_LABELS,
    VERB_LABELS,
    WHY_LABELS,
    State,
    Verb,
    idempotency_key,
)
from exchange.rules.parcels import PARCEL_LABELS, ParcelState


class ParcelQuerySet(models.QuerySet["Parcel"]):
    def waiting(self) -> ParcelQuerySet:
        """Sent, and not answered for all of their rows."""
        return self.filter(state__in=(ParcelState.SENT, ParcelState.ACKNOWLEDGED))

    def late_since(self, moment: datetime) -> ParcelQuerySet:
        """Given up, and not so long ago that no receipt will come any more."""
        return self.filter(state=ParcelState.LOST, sent_at__gte=moment)

    def silent(self, now: datetime) -> ParcelQuerySet:
        """Waiting for longer than their channel allows."""
        return self.waiting().filter(answer_by__lt=now)


class Parcel(models.Model):
    """One try to carry messages over: what left when, under which name, with which digest, and what came of it."""

    channel = models.ForeignKey(Channel, verbose_name="通道", on_delete=models.PROTECT, related_name="parcels")
    name = models.CharField("批次", max_length=120, unique=True)
    state = models.CharField("状态", max_length=12, choices=choices(PARCEL_LABELS), default=ParcelState.SENT.value)
    rows = models.PositiveIntegerField("条数")
    digest = models.CharField("摘要", max_length=64)
    sent_at = models.DateTimeField("发送时间")
    answer_by = models.DateTimeField("等待答复至")
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    error = models.CharField("问题", max_length=300, blank=True)

    objects = ParcelQuerySet.as_manager()

    class Meta:
        verbose_name = "交换批次"
        verbose_name_plural = "交换批次"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["channel", "id"],
                name="exchange_parcel_unanswered",
                condition=~Q(state="answered"),
            )
        ]

    def __str__(self) -> str:
        return self.name


class MessageQuerySet(models.QuerySet["Message"]):
    def of_channel(self, channel: Channel) -> MessageQuerySet:
        return self.filter(channel=channel)

    def queued(self) -> MessageQuerySet:
        """Made, and not on its way."""
        return self.filter(state=State.QUEUED)

    def on_their_way(self) -> MessageQuerySet:
        return self.filter(state__in=ON_ITS_WAY)

    def answerable(self) -> MessageQuerySet:
        """Those of which the other side may still say what became of them."""
        return self.filter(state__in=ANSWERABLE)

    def unknown(self) -> MessageQuerySet:
        """Sent, and never answered: the other side has to be asked."""
        return self.filter(state=State.UNKNOWN)

    def parked(self) -> MessageQuerySet:
        """Put aside for somebody to look at."""
        return self.filter(state=State.PARKED)

    def open_withdrawals(self) -> MessageQuerySet:
        """What must disappear over there and has not by what we know."""
        return self.filter(verb=Verb.WITHDRAW).exclude(state__in=(State.APPLIED, State.REPLACED))


class Message(models.Model):
    """One version of one item for one channel. `number` is given after commit, under the channel's lock; `body` is what the public sees, as JSON in
    the partner's words, "{}" for a withdrawal."""

    channel = models.ForeignKey(Channel, verbose_name="通道", on_delete=models.PROTECT, related_name="messages")
    disclosure = models.ForeignKey(
        Disclosure, verbose_name="公示事项", on_delete=models.PROTECT, related_name="exchanged"
    )
    mapping = models.ForeignKey(Mapping, verbose_name="字段映射", on_delete=models.PROTECT, related_name="+")
    key = models.CharField("业务主键", max_length=12)
    version = models.PositiveIntegerField("版本")
    number = models.BigIntegerField("序号", null=True, blank=True)
    verb = models.CharField("操作", max_length=8, choices=choices(VERB_LABELS))
    rank = models.PositiveSmallIntegerField("先后")
    why = models.CharField("起因", max_length=10, choices=choices(WHY_LABELS))
    month = models.CharField("决定年月", max_length=7)
    body = models.TextField("内容")
    digest = models.CharField("摘要", max_length=64)
    state = models.CharField("状态", max_length=12, choices=choices(STATE_LABELS), default=State.QUEUED.value)
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)
    made_at = models.DateTimeField("形成时间")
    next_at = models.DateTimeField("下次发送不早于")
    applied_at = models.DateTimeField("对方入库时间", null=True, blank=True)
    parcel = models.ForeignKey(
        Parcel, verbose_name="批次", null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "交换消息"
        verbose_name_plural = "交换消息"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["channel", "rank", "number"], name="exchange_queued", condition=Q(state=State.QUEUED.value)
            ),
            models.Index(fields=["channel", "id"], name="exchange_unnumbered", condition=Q(number__isnull=True)),
            models.Index(
                fields=["channel", "state", "id"],
                name="exchange_unfinished",
                condition=~Q(state__in=("queued", "applied", "replaced")),
            ),
            models.Index(fields=["month", "channel"], name="exchange_month"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "key", "version"], name="exchange_message_version_once"),
            models.UniqueConstraint(fields=["channel", "number"], name="exchange_message_number_once"),
            models.CheckConstraint(
                condition=~Q(state__in=("sent", "acknowledged")) | Q(parcel__isnull=False, number__isnull=False),
                name="exchange_message_sent_in_a_parcel",
            ),
            models.CheckConstraint(
                condition=Q(rank=0, verb="withdraw") | Q(rank=1, verb="upsert"), name="exchange_message_rank"
            ),
        ]

    def __str__(self) -> str:
        return self.idempotency_key

    @property
    def idempotency_key(self) -> str:
        """Its name for the other side."""
        return idempotency_key(self.key, self.version)


class Receipt(models.Model):
    """What the other side said of one message, in its own words; never changed."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="receipts")
    parcel = models.ForeignKey(Parcel, null=True, on_delete=models.PROTECT, related_name="receipts")
    result = models.CharField("结果", max_length=10, choices=choices(RESULT_LABELS))
    rule = models.CharField("规则", max_length=60, blank=True)
    field = models.CharField("字段", max_length=60, blank=True)
    text = models.CharField("说明", max_length=300, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "回执"
        verbose_name_plural = "回执"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.message_id} {self.result}"

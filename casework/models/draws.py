"""Random draws (随机抽取, HRB-SSJ-1): announced with a frozen list and a named public value, revealed by two people, kept for anybody to repeat."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.rules.draws import LABELS, OPEN, SOURCES, TONES, DrawState, Source, Stratum
from credit_platform.accounts.models import Department
from credit_platform.labels import choices

_OPEN = Q(state__in=[state.value for state in OPEN])


class DrawQuerySet(models.QuerySet["Draw"]):
    def open(self) -> DrawQuerySet:
        """Announced and not revealed."""
        return self.filter(_OPEN)

    def unrevealed(self, on: models.DateField[str, str] | object) -> DrawQuerySet:
        """Open after the last day on which they had to be revealed."""
        return self.open().filter(reveal_by__lt=on)


class Draw(models.Model):
    """One draw. What was announced never changes; `nonce` is sealed until the draw is revealed or void.

    A second draw of the same department and occasion needs a reason and keeps the first.
    """

    number = models.CharField("编号", max_length=20, unique=True)
    sampling = models.CharField("抽取事项", max_length=40)
    department = models.ForeignKey(Department, verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    occasion = models.CharField("批次", max_length=20)
    title = models.CharField("名称", max_length=100)
    again = models.PositiveSmallIntegerField("第几次", default=1)
    reason = models.CharField("再次抽取原因", max_length=500, blank=True)
    state = models.CharField(
        "状态",
        max_length=10,
        choices=choices(LABELS),
        default=DrawState.ANNOUNCED.value,
    )
    strata = models.JSONField("名单", help_text="每层的编号、名称、对象编号、抽取数和依据。")
    population = models.PositiveIntegerField("名单数")
    size = models.PositiveIntegerField("抽取数")
    list_digest = models.CharField("名单摘要（SHA-256）", max_length=64)
    nonce_digest = models.CharField("随机数摘要（SHA-256）", max_length=64)
    sealed_nonce = models.BinaryField("随机数（密文）", null=True)
    nonce = models.CharField("随机数", max_length=32, blank=True)
    source = models.CharField("公开值来源", max_length=10)
    source_number = models.CharField("首选期号", max_length=12)
    value_at = models.DateTimeField("首选公开值产生时间")
    fallback_number = models.CharField("备用期号", max_length=12)
    fallback_at = models.DateTimeField("备用公开值产生时间")
    reveal_by = models.DateField("最迟揭示日期")
    announced_at = models.DateTimeField("公布时间", default=timezone.now)
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="公布人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    by_fallback = models.BooleanField("使用备用公开值", default=False)
    fallback_reason = models.CharField("使用备用公开值的原因", max_length=500, blank=True)
    public_value = models.CharField("公开值", max_length=100, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="录入人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    entered_at = models.DateTimeField("录入时间", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="复核人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    seed = models.CharField("种子", max_length=64, blank=True)
    struck = models.JSONField("公布后剔除的对象", default=list)
    drawn = models.JSONField("抽中的对象", default=dict, help_text="层 → 按次序排列的对象编号和签号。")
    closed_at = models.DateTimeField("揭示时间", null=True, blank=True)
    void_reason = models.CharField("作废原因", max_length=500, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="作废人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    version = models.PositiveIntegerField("版本", default=1)

    objects = DrawQuerySet.as_manager()

    class Meta:
        verbose_name = "随机抽取"
        verbose_name_plural = "随机抽取"
        ordering: ClassVar = ["-announced_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sampling", "department", "occasion", "again"], name="draw_once"),
            models.UniqueConstraint(
                fields=["sampling", "department", "occasion"], condition=_OPEN, name="draw_one_open"
            ),
            models.CheckConstraint(condition=Q(again=1) | ~Q(reason=""), name="draw_again_has_reason"),
            models.CheckConstraint(
                condition=Q(value_at__gt=F("announced_at")) & Q(fallback_at__gt=F("value_at")),
                name="draw_value_after_announcement",
            ),
            models.CheckConstraint(
                condition=(_OPEN & Q(nonce="") & Q(sealed_nonce__isnull=False)) | (~_OPEN & ~Q(nonce="")),
                name="draw_nonce_secret_while_open",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("entered_by")),
                name="draw_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="drawn")
                | (Q(confirmed_by__isnull=False) & Q(entered_by__isnull=False) & ~Q(seed="") & ~Q(public_value="")),
                name="draw_drawn_by_two",
            ),
            models.CheckConstraint(condition=~Q(state="void") | ~Q(void_reason=""), name="draw_void_has_reason"),
            models.CheckConstraint(
                condition=Q(by_fallback=False) | ~Q(fallback_reason=""), name="draw_fallback_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(voided_by__isnull=True) | Q(announced_by__isnull=True) | ~Q(voided_by=F("announced_by")),
                name="draw_voided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return TONES[DrawState(self.state)]

    @property
    def of(self) -> Source:
        """Where its public value comes from."""
        return SOURCES[self.source]

    @property
    def named_number(self) -> str:
        """The number of the value that was entered, or of the first choice."""
        return self.fallback_number if self.by_fallback else self.source_number

    def parts(self) -> list[Stratum]:
        """The frozen list by strata."""
        return [Stratum(**each) for each in self.strata]

    def drawn_ids(self) -> list[str]:
        """Who was drawn, stratum by stratum in the order of the tickets."""
        return [object_id for tickets in self.drawn.values() for object_id, _ in tickets]

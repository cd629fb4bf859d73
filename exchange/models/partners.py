"""Partners, their channels, and the versions of the mapping of each channel."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from credit_platform.accounts.models import ApiClient
from credit_platform.labels import choices
from exchange.rules.channels import DIRECTION_LABELS, STATE_LABELS, WAY_LABELS, ChannelState, Direction
from exchange.rules.signatures import ALGORITHM_LABELS, Algorithm

CODE = RegexValidator(r"\A[a-z][a-z0-9-]{1,19}\Z", "只用小写字母、数字和连字符，以字母开头，2 至 20 个字符。")


class Partner(models.Model):
    """Another platform. `client` is who acts when something comes from it; `secret` is the token of the common key, None before one was set."""

    code = models.CharField("代号", max_length=20, unique=True, validators=[CODE])
    name = models.CharField("名称", max_length=100, unique=True)
    client = models.OneToOneField(
        ApiClient,
        verbose_name="对应的接口客户端",
        on_delete=models.PROTECT,
        related_name="partner",
        help_text="对方报来的数据以该客户端及其单位的名义入库。",
    )
    address = models.CharField(
        "服务地址",
        max_length=200,
        blank=True,
        help_text="服务方式的对方地址，以 https:// 开头。文件和前置库方式不填。",
    )
    algorithm = models.CharField(
        "签名算法", max_length=6, choices=choices(ALGORITHM_LABELS), default=Algorithm.SHA256.value
    )
    secret = models.BinaryField("共同密钥", null=True, blank=True, editable=False)
    secret_set_at = models.DateTimeField("密钥设置时间", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "交换对象"
        verbose_name_plural = "交换对象"
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name


class ChannelQuerySet(models.QuerySet["Channel"]):
    def open(self) -> ChannelQuerySet:
        """Those that carry messages now."""
        return self.filter(state=ChannelState.OPEN)

    def outward(self) -> ChannelQuerySet:
        return self.filter(direction=Direction.OUT)

    def inward(self) -> ChannelQuerySet:
        return self.filter(direction=Direction.IN)


class Channel(models.Model):
    """One kind of information, one partner, one direction, one way. `last_number` is the number of the newest message that has one."""

    partner = models.ForeignKey(Partner, verbose_name="交换对象", on_delete=models.PROTECT, related_name="channels")
    direction = models.CharField("方向", max_length=3, choices=choices(DIRECTION_LABELS), default=Direction.OUT.value)
    kind = models.CharField(
        "信息种类或数据标准",
        max_length=40,
        help_text="报出的填信息种类代码（如 permit、penalty）；接收的填数据标准代码（如 registration、penalty-2018）。",
    )
    way = models.CharField("方式", max_length=8, choices=choices(WAY_LABELS))
    rows_at_once = models.PositiveIntegerField(
        "每批条数", default=500, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    answer_minutes = models.PositiveIntegerField(
        "等待答复（分钟）",
        default=5,
        validators=[MinValueValidator(1)],
        help_text="超过即为结果不明，先查询对方再决定是否重发。文件方式一般为一个工作日。",
    )
    state = models.CharField(
        "状态", max_length=8, choices=choices(STATE_LABELS), default=ChannelState.PREPARED.value, editable=False
    )
    last_number = models.BigIntegerField(default=0, editable=False)
    filled_at = models.DateTimeField("补送完毕", null=True, blank=True, editable=False)
    failures = models.PositiveIntegerField("连续失败次数", default=0, editable=False)
    next_at = models.DateTimeField("下次尝试不早于", null=True, blank=True, editable=False)
    last_error = models.CharField("最近一次失败", max_length=300, blank=True, editable=False)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        verbose_name = "交换通道"
        verbose_name_plural = "交换通道"
        ordering: ClassVar = ["partner", "direction", "kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partner", "direction", "kind"],
                name="exchange_channel_once",
                violation_error_message="该交换对象的这一种类已有同方向的通道。",
            ),
            models.CheckConstraint(
                condition=Q(rows_at_once__gte=1, rows_at_once__lte=1000), name="exchange_channel_rows_at_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner}·{self.get_direction_display()}·{self.kind_label}"

    @property
    def kind_label(self) -> str:
        """The Chinese name of what it carries."""
        from disclosure import kinds
        from records.standards import registry

        if self.direction == Direction.OUT:
            return kinds.label(self.kind)
        names = {each.code: each.name for each in registry.all()}
        return names.get(self.kind, self.kind)


class MappingQuerySet(models.QuerySet["Mapping"]):
    def in_force(self, on: date) -> MappingQuerySet:
        """Those that have begun, the newest first."""
        return self.filter(valid_from__lte=on).order_by("-valid_from")


class Mapping(models.Model):
    """A version of what a channel calls our fields: `fields` is ours → theirs. Never changed once it is written."""

    channel = models.ForeignKey(Channel, verbose_name="通道", on_delete=models.PROTECT, related_name="mappings")
    valid_from = models.DateField("生效日期")
    fields = models.JSONField("字段映射")
    basis = models.CharField("依据", max_length=200)

    objects = MappingQuerySet.as_manager()

    class Meta:
        verbose_name = "字段映射"
        verbose_name_plural = "字段映射"
        ordering: ClassVar = ["channel", "-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "valid_from"], name="exchange_mapping_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.valid_from}"

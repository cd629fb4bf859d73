"""Imports: a file, what became of it, and how far it has come."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from credit_platform.accounts.models import Department


class ImportBatch(models.Model):
    """One uploaded file, one push or one shell import, from arrival to result. Files sent in one go share their `parcel`."""

    class State(models.TextChoices):
        MAPPING = "mapping", "待对应表头"
        QUEUED = "queued", "排队中"
        READING = "reading", "读取校验中"
        APPLYING = "applying", "入库中"
        DONE = "done", "已完成"
        REFUSED = "refused", "未入库"
        FAILED = "failed", "处理失败"
        CANCELLED = "cancelled", "已取消"
        UNDOING = "undoing", "撤回中"
        UNDONE = "undone", "已撤回"

    class Channel(models.TextChoices):
        DESK = "desk", "工作台"
        SHELL = "shell", "命令行"
        API = "api", "接口"

    class Blanks(models.TextChoices):
        """What an empty cell and a field without a column mean for a record that holds something there."""

        KEEP = "keep", "留空的保持原值"
        CLEAR = "clear", "留空即删除"

    department = models.ForeignKey(Department, verbose_name="报送部门", on_delete=models.PROTECT, related_name="+")
    standard = models.CharField("数据标准", max_length=40)
    item = models.ForeignKey(
        "records.CatalogueItem", verbose_name="目录事项", null=True, on_delete=models.PROTECT, related_name="+"
    )
    channel = models.CharField("来源渠道", max_length=8, choices=Channel.choices)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="上传人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_by_name = models.CharField("上传人姓名", max_length=200)
    file_name = models.CharField("文件名", max_length=200, blank=True)
    file_path = models.CharField("存放位置", max_length=200, blank=True)
    file_size = models.PositiveBigIntegerField("大小（字节）", default=0)
    sha256 = models.CharField("文件摘要", max_length=64, blank=True)
    all_or_nothing = models.BooleanField("有错则全部不入库", default=False)
    simulate = models.BooleanField("仅校验", default=False)
    blanks = models.CharField(
        "留空的处理", max_length=8, choices=Blanks.choices, default=Blanks.KEEP, db_default=Blanks.KEEP
    )
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.QUEUED)
    refusal = models.TextField("未入库原因", blank=True)
    parcel = models.UUIDField("同次上传", null=True, editable=False)
    mapping = models.JSONField("表头对应", default=dict, blank=True)
    units = models.JSONField("金额单位", default=dict, db_default=models.Value({}, models.JSONField()), blank=True)
    progress = models.JSONField("进度", default=dict, blank=True)
    total = models.PositiveIntegerField("总行数", default=0)
    accepted = models.PositiveIntegerField("入库", default=0)
    rejected = models.PositiveIntegerField("退回", default=0)
    warned = models.PositiveIntegerField("有提示", default=0)
    unchanged = models.PositiveIntegerField("无变化", default=0)
    received_at = models.DateTimeField("收到时间", default=timezone.now)
    heartbeat_at = models.DateTimeField("最近活动", null=True, blank=True)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        verbose_name = "导入批次"
        verbose_name_plural = "导入批次"
        indexes: ClassVar = [
            models.Index(fields=["department", "-id"], name="import_batch_department"),
            models.Index(
                fields=["heartbeat_at"],
                condition=models.Q(state__in=["queued", "reading", "applying"]),
                name="import_batch_running",
            ),
            models.Index(fields=["sha256"], name="import_batch_file"),
            models.Index(fields=["parcel"], condition=models.Q(parcel__isnull=False), name="import_batch_parcel"),
        ]

    def __str__(self) -> str:
        return f"导入批次 {self.pk}"

    @property
    def caption(self) -> str:
        """The name of its file; where there is none, how it came."""
        return self.file_name or ("逐件登记" if self.channel == self.Channel.DESK else "接口报送")


class ImportFinding(models.Model):
    """What was found in one row of a batch; `row` 0 speaks of the file as a whole. Personal numbers are masked in `value`."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="findings", db_index=False)
    sheet = models.CharField("工作表", max_length=100, blank=True)
    row = models.PositiveIntegerField("行")
    column = models.CharField("列", max_length=3, blank=True)
    field = models.CharField("字段", max_length=40, blank=True)
    label = models.CharField("字段名称", max_length=100, blank=True)
    value = models.CharField("填写值", max_length=200, blank=True)
    rule = models.CharField("规则", max_length=80)
    level = models.CharField("级别", max_length=8, choices=[("error", "错误"), ("warning", "提示")])
    text = models.CharField("问题", max_length=500)
    mend = models.CharField("如何修改", max_length=500, blank=True)

    class Meta:
        verbose_name = "校验结果"
        verbose_name_plural = "校验结果"
        indexes: ClassVar = [models.Index(fields=["batch", "level", "id"], name="import_finding_batch")]

    def __str__(self) -> str:
        return f"第{self.row}行 {self.text}"


class ImportReject(models.Model):
    """A refused row as it came, encrypted: it may hold personal numbers. Feeds the workbook of bad rows."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rejects", db_index=False)
    sheet = models.CharField("工作表", max_length=100, blank=True)
    row = models.PositiveIntegerField("行")
    cipher = models.BinaryField("内容（密文）")

    class Meta:
        verbose_name = "退回行"
        verbose_name_plural = "退回行"
        indexes: ClassVar = [models.Index(fields=["batch", "id"], name="import_reject_batch")]

    def __str__(self) -> str:
        return f"第{self.row}行"


class ImportEffect(models.Model):
    """What a batch did to a record, and the version it left: that is what an undo goes by."""

    class What(models.TextChoices):
        CREATED = "c", "新增"
        UPDATED = "u", "更新"
        REVIVED = "r", "恢复"

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="effects", db_index=False)
    record = models.ForeignKey("records.CreditRecord", on_delete=models.CASCADE, related_name="+")
    what = models.CharField("作用", max_length=1, choices=What.choices)
    version = models.PositiveIntegerField("写入后的版本")

    class Meta:
        verbose_name = "批次作用"
        verbose_name_plural = "批次作用"
        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "record"], name="import_effect_once")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.what} {self.record_id}"


class HeaderMapping(models.Model):
    """A header that a department once explained; `field` "" means that the column is left out, `unit` is that of a column of amounts
    whose header names none."""

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="+")
    standard = models.CharField("数据标准", max_length=40)
    header = models.CharField("表头", max_length=200)
    field = models.CharField("字段", max_length=40, blank=True)
    unit = models.CharField("金额单位", max_length=4, blank=True, db_default="")
    mapped_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    mapped_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "表头对应"
        verbose_name_plural = "表头对应"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["department", "standard", "header"], name="header_mapping_once")
        ]

    def __str__(self) -> str:
        return f"{self.header} → {self.field}"

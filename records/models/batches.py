"""Imports: a file, what became of it, and how far it has come."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from credit_platform.accounts.models import Department


class ImportBatch(models.Model):
    """One uploaded file, one push or one shell import, from arrival to result."""

    class State(models.TextChoices):
        MAPPING = "mapping", "待对应表头"
        QUEUED = "queued", "排队中"
        READING = "reading", "读取校验中"
        APPLYING = "applying", "入库中"
        DONE = "done", "已完成"
        REFUSED = "refused", "未入库"
        CANCELLED = "cancelled", "已取消"
        UNDONE = "undone", "已撤回"

    class Channel(models.TextChoices):
        DESK = "desk", "工作台"
        SHELL = "shell", "命令行"
        API = "api", "接口"

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
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.QUEUED)
    refusal = models.TextField("未入库原因", blank=True)
    mapping = models.JSONField("表头对应", default=dict, blank=True)
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
        indexes: ClassVar = [models.Index(fields=["department", "-id"], name="import_batch_department")]

    def __str__(self) -> str:
        return f"导入批次 {self.pk}"

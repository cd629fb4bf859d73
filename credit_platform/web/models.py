"""The one table of the kit: forms that have been sent, so that a double click has one effect."""

from __future__ import annotations

import uuid

from django.db import models


class SentForm(models.Model):
    """The one-time token of a form, kept from the transaction in which its action was carried out."""

    token = models.UUIDField("表单编号", primary_key=True, default=uuid.uuid4, editable=False)
    sent_at = models.DateTimeField("提交时间", auto_now_add=True, db_index=True)
    result_url = models.CharField("办理结果地址", max_length=500, blank=True)

    class Meta:
        verbose_name = "已提交表单"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return str(self.token)

"""What a company signed online, as it stood on its screen."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from commitments.letters.models.letters import CommitmentLetter
from commitments.lists.models import LetterTemplate
from companies.models import CompanyAccount


class Signature(models.Model):
    """One signature: the text word for word, what was filled in, who signed, and the PDF with its hash.

    `token` stands in the QR code beside the number, so that a guessed number shows nothing.
    """

    letter = models.OneToOneField(
        CommitmentLetter, verbose_name="承诺书", on_delete=models.PROTECT, related_name="signature"
    )
    template = models.ForeignKey(LetterTemplate, verbose_name="文本版本", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(CompanyAccount, verbose_name="签署账户", on_delete=models.PROTECT, related_name="+")
    number = models.CharField("承诺书编号", max_length=32, unique=True)
    token = models.UUIDField("验证码", default=uuid.uuid4)
    signer_name = models.CharField("签署人", max_length=60)
    text = models.TextField("签署文本")
    values = models.JSONField("填写内容", default=dict)
    text_sha256 = models.CharField("文本摘要", max_length=64)
    pdf_path = models.CharField("文件", max_length=200)
    pdf_sha256 = models.CharField("文件摘要", max_length=64)
    signed_at = models.DateTimeField("签署时间", default=timezone.now)

    class Meta:
        verbose_name = "签署"
        verbose_name_plural = "签署"
        ordering: ClassVar = ["-signed_at"]
        indexes: ClassVar = [models.Index(fields=["pdf_sha256"], name="signature_by_file")]

    def __str__(self) -> str:
        return self.number

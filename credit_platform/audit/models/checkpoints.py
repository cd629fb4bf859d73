"""The head of the chain as it was signed and published, day by day, and the public keys by which anybody can check it and our receipts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

USES = [("checkpoint", "审计检查点"), ("receipt", "回执")]


class SigningKey(models.Model):
    """One public key. Append-only by trigger, but for the moment from which another key signs; old keys stay published for ever."""

    name = models.CharField("名称", max_length=200)
    use = models.CharField("用途", max_length=12, choices=USES, default="checkpoint", db_default="checkpoint")
    key_id = models.CharField("公钥编号", max_length=8)
    public = models.CharField("公钥（Ed25519，base64）", max_length=44)
    not_before = models.DateTimeField("启用时间", db_default=Now())
    not_after = models.DateTimeField("停用时间", null=True)

    class Meta:
        db_table = "audit_signing_key"
        verbose_name = "签名公钥"
        verbose_name_plural = "签名公钥"
        ordering: ClassVar = ["-not_before", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["name", "public"], name="audit_signing_key_once")]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id}"


class Checkpoint(models.Model):
    """The first `size` links of the chain as one Merkle root, signed. One a day; append-only by trigger.

    `frontier` holds the roots of the tree's full subtrees (hexadecimal, the largest first): the next day costs only its own links.
    """

    day = models.DateField("日期", unique=True)
    size = models.BigIntegerField("环数")
    root = models.CharField("树根", max_length=64)
    head_hash = models.CharField("链尾", max_length=64)
    frontier = models.JSONField("子树根")
    note = models.TextField("签名文本")
    key = models.ForeignKey(SigningKey, verbose_name="公钥", on_delete=models.PROTECT, related_name="checkpoints")
    made_at = models.DateTimeField("生成时间", db_default=Now())

    class Meta:
        db_table = "audit_checkpoint"
        verbose_name = "审计检查点"
        verbose_name_plural = "审计检查点"
        ordering: ClassVar = ["-day"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="audit_checkpoint_has_links")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.size}"

"""What the public reads of a correction."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from disclosure.models import Disclosure
from objections.models.objections import Objection


class Correction(models.Model):
    """One field that an objection corrected on a public item: what the public read before and what it reads now (更正说明)."""

    objection = models.ForeignKey(Objection, verbose_name="异议", on_delete=models.PROTECT, related_name="corrections")
    disclosure = models.ForeignKey(
        Disclosure, verbose_name="公示事项", on_delete=models.PROTECT, related_name="corrections"
    )
    on = models.DateField("更正日期")
    code = models.CharField("项目代码", max_length=40)
    label = models.CharField("项目", max_length=100)
    old = models.TextField("原公示内容", blank=True)
    new = models.TextField("现公示内容", blank=True)
    is_private = models.BooleanField("原内容不再显示", default=False)

    class Meta:
        verbose_name = "更正说明"
        verbose_name_plural = "更正说明"
        ordering: ClassVar = ["-on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(is_private=False) | Q(old=""), name="correction_private_is_not_kept"),
        ]

    def __str__(self) -> str:
        return self.label

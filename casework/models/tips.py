"""A tip: what somebody told us that a case began with; who told it is sealed."""

from __future__ import annotations

from django.db import models

from casework.models.cases import Case
from casework.rules.tips import WAY_LABELS, Way


class Tip(models.Model):
    """One a case. `informant` is encrypted; to see it is a look that is registered."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="tip")
    way = models.CharField("来源渠道", max_length=10)
    received_on = models.DateField("收到日期")
    account = models.TextField("反映内容")
    informant = models.BinaryField("反映人（密文）", null=True, blank=True)

    class Meta:
        verbose_name = "线索"
        verbose_name_plural = "线索"

    def get_way_display(self) -> str:
        """The way in words."""
        return WAY_LABELS[Way(self.way)]

    def __str__(self) -> str:
        return f"{self.case_id}"

from __future__ import annotations

from django.db import models

from casework.models import Case


class ToyCase(models.Model):
    """What the toy holds beside its case."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="toycase")
    facts = models.TextField("事实")

    class Meta:
        app_label = "toy"
        verbose_name = "示例事项"

    def __str__(self) -> str:
        return str(self.case)

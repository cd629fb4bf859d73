"""An article beside its case."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from assessment.articles.rules import KIND_LABELS, ArticleState, Block, blocks
from casework.models import Case
from credit_platform.labels import choices


class ArticleQuerySet(models.QuerySet["ArticleCase"]):
    def public(self) -> ArticleQuerySet:
        """What anybody may read, the newest first."""
        return self.filter(case__state=ArticleState.PUBLISHED.value).order_by("-published_on", "-pk")


class ArticleCase(models.Model):
    """A text for the public. `published_on` stays when it is withdrawn: the address then says so."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="articlecase")
    kind = models.CharField("栏目", max_length=12, choices=choices(KIND_LABELS))
    title = models.CharField("标题", max_length=100)
    source = models.CharField("发文机关和文号", max_length=200, blank=True)
    text = models.TextField("正文")
    published_on = models.DateField("发布日期", null=True, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = "政策文章"
        verbose_name_plural = "政策文章"
        ordering: ClassVar = ["-case"]
        indexes: ClassVar = [
            models.Index(
                fields=["-published_on", "-case"], name="article_newest", condition=Q(published_on__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def blocks(self) -> list[Block]:
        """The text as it is shown."""
        return blocks(self.text)

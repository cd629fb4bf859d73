"""RSS of the public lists: the newest fifty of a kind, with the filter of the list's address."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from credit_platform.web.errors import BadRequest
from disclosure.models import Disclosure
from disclosure.public.filters import DisclosureFilter
from disclosure.public.kinds import KINDS, kind_label, list_address
from disclosure.queries.public import public_disclosures

NEWEST = 50


class KindFeed(Feed):
    """The feed of one kind; the filters of the list work here too."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        kind = str(kwargs["kind"])
        if kind not in KINDS:
            raise Http404
        rows = public_disclosures(timezone.localdate()).filter(kind=kind)
        filtered = DisclosureFilter(request.GET, queryset=rows, request=request)
        if filtered.form.errors:
            raise BadRequest("feed.filter", "筛选条件有误。", mend="请返回列表更正筛选条件后再订阅。")
        self.rows = filtered.qs.order_by("-published_on", "-id")
        return kind

    def title(self, kind: str) -> str:
        return f"{kind_label(kind)}公示 - 信用中国（黑龙江哈尔滨）"

    def link(self, kind: str) -> str:
        return list_address(kind) or "/"

    def description(self, kind: str) -> str:
        return f"最近公示的{kind_label(kind)}信息"

    def items(self, kind: str) -> list[Disclosure]:
        return list(self.rows[:NEWEST])

    def item_title(self, item: Disclosure) -> str:
        return f"{item.subject_name}：{item.document_number}"

    def item_description(self, item: Disclosure) -> str:
        return f"{item.title}。决定机关：{item.authority.name}。决定日期：{item.decided_on:%Y-%m-%d}。"

    def item_link(self, item: Disclosure) -> str:
        return reverse("public:disclosure", args=[item.public_id])

    def item_guid(self, item: Disclosure) -> str:
        return item.public_id

    item_guid_is_permalink = False

    def item_pubdate(self, item: Disclosure) -> datetime | None:
        return item.published_at

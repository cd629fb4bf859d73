"""RSS of the public lists: the newest fifty of a kind, with the filter of the list's address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from credit_platform.web.formats import cn_date
from credit_platform.web.lists import narrowed
from disclosure import kinds
from disclosure.models import Disclosure
from disclosure.public.entries import gist, outcome
from disclosure.public.filters import DisclosureFilter
from disclosure.queries.public import public_disclosures

NEWEST = 50


@dataclass(frozen=True, slots=True)
class Channel:
    """What one request of the feed asks for. The feed object is shared by all requests and keeps nothing itself."""

    kind: str
    rows: QuerySet[Disclosure]


# Generic for the type checker only.
if TYPE_CHECKING:
    _Feed = Feed[Disclosure, Channel]
else:
    _Feed = Feed


def marked(item: Disclosure) -> str:
    """The marks beside an item, as a sentence of its description; "" without one."""
    return f"标注：{'；'.join(item.mark_words)}。" if item.mark_words else ""


class KindFeed(_Feed):
    """The feed of one kind; the filters of the list work here too."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Channel:
        kind = str(kwargs["kind"])
        if kind not in kinds.TIMED:
            raise Http404
        rows = public_disclosures(timezone.localdate()).filter(kind=kind)
        return Channel(kind, narrowed(request, rows, DisclosureFilter).order_by("-published_on", "-id"))

    def title(self, obj: Channel) -> str:
        return f"{kinds.label(obj.kind)}公示 - 信用中国（黑龙江哈尔滨）"

    def link(self, obj: Channel) -> str:
        return kinds.list_address(obj.kind)

    def description(self, obj: Channel) -> str:
        return f"最近公示的{kinds.label(obj.kind)}信息"

    def items(self, obj: Channel) -> list[Disclosure]:
        return list(obj.rows[:NEWEST])

    def item_title(self, item: Any) -> str:
        return f"{item.subject_name}：{item.document_number}"

    def item_description(self, item: Any) -> str:
        told = f"{gist(item)}。{outcome(item)}".rstrip("。")
        return f"{told}。决定机关：{item.authority.name}。决定日期：{cn_date(item.decided_on)}。{marked(item)}"

    def item_link(self, item: Any) -> str:
        return reverse("public:disclosure", args=[item.public_id])

    def item_guid(self, item: Any) -> str:
        return str(item.public_id)

    item_guid_is_permalink = False

    def item_pubdate(self, item: Any) -> datetime | None:
        published: datetime | None = item.published_at
        return published

"""The public read interface: subjects, disclosures, the change feed. Reads what the public may see today and nothing else."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from credit_platform.accounts import policy
from credit_platform.accounts.models import ApiClient
from credit_platform.web.api import Param, PlatformView, read_date, read_number, read_text
from credit_platform.web.errors import BadRequest
from credit_platform.web.keyset import KeysetPage
from disclosure import kinds
from disclosure.models import Disclosure, DisclosureQuerySet
from disclosure.models.disclosures import ALPHABET
from disclosure.public import periods, readers
from disclosure.public import serializers as shapes
from disclosure.public.pages import subject_file
from disclosure.queries import changes as feed
from disclosure.queries.deadlines import explain_deadline
from disclosure.queries.public import by_public_id, public_disclosures, sheet
from records.identifiers import docnumber
from records.identifiers.clean import clean_code
from records.identifiers.regions import HARBIN_DISTRICTS

HIGHEST = 2**63 - 1
MAX_PAGE = 200
SHAPE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
CODE_PATTERN = f"^{SHAPE.pattern}$"
CODE = OpenApiParameter(
    "code",
    type={"type": "string", "pattern": CODE_PATTERN},
    location=OpenApiParameter.PATH,
    description="统一社会信用代码",
)
PUBLIC_ID = OpenApiParameter(
    "public_id",
    type={"type": "string", "pattern": f"^[{ALPHABET}]{{12}}$"},
    location=OpenApiParameter.PATH,
    description="公示编号",
)


def read_code(text: str) -> str:
    """A credit code in its normal form; ValueError names what is wrong with it."""
    normal = clean_code(text[:60])
    if not SHAPE.fullmatch(normal):
        raise ValueError("统一社会信用代码应为 18 位大写字母和数字（不含 I、O、S、V、Z）")
    return normal


LIST_PARAMS = (
    Param("kind", str, "信息种类", choices=kinds.ATTESTED),
    Param("subject", read_code, "统一社会信用代码", pattern=CODE_PATTERN),
    Param("authority", read_text(40), "决定机关的部门代号"),
    Param("district", str, "决定机关所在区县", choices={region.code: region.name for region in HARBIN_DISTRICTS}),
    Param("document_number", read_text(128), "文书号（括号、空格写法不限）"),
    Param("decided_from", read_date, "决定日期不早于", type=OpenApiTypes.DATE),
    Param("decided_to", read_date, "决定日期不晚于", type=OpenApiTypes.DATE),
    Param("published_from", read_date, "公示日期不早于", type=OpenApiTypes.DATE),
    Param("published_to", read_date, "公示日期不晚于", type=OpenApiTypes.DATE),
    Param("cursor", read_text(2000), "翻页位置，取自上一页的 next"),
    Param("limit", read_number(1, MAX_PAGE), f"每页条数，1 至 {MAX_PAGE}", default=50),
)
LOOKUPS = {
    "kind": "kind",
    "subject": "subject_code",
    "authority": "authority__code",
    "district": "district",
    "decided_from": "decided_on__gte",
    "decided_to": "decided_on__lte",
    "published_from": "published_on__gte",
    "published_to": "published_on__lte",
}


class PublicView(PlatformView):
    """Open to everybody, limited by address. A key whose sharing is paused reads nothing but the feed, from which it learns what to take off."""

    permission_classes = (AllowAny,)
    tag = "公示查询"
    open_while_paused = False

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if isinstance(request.user, ApiClient) and request.user.paused_at and not self.open_while_paused:
            raise policy.sharing_paused()


class DisclosureListView(PublicView):
    """公示信息列表。"""

    params = LIST_PARAMS

    @extend_schema(operation_id="disclosures_list", responses=shapes.DisclosurePageSerializer, summary="公示信息列表")
    def get(self, request: Request) -> Response:
        page = KeysetPage(
            _filtered(self.asked), ("-published_on", "-id"), cursor=self.asked["cursor"] or "", size=self.asked["limit"]
        )
        results = [row_of(row) for row in page.items]
        whose = self.asked["subject"] or ""
        readers.tell(request.user, readers.SUBJECT if whose else readers.LIST, whose)
        return Response(
            shapes.DisclosurePageSerializer({"results": results, "next": page.next_cursor or None}).data,
        )


class DisclosureDetailView(PublicView):
    """一条公示信息。"""

    @extend_schema(
        operation_id="disclosure",
        parameters=[PUBLIC_ID],
        responses=shapes.DisclosureDetailSerializer,
        summary="一条公示信息",
    )
    def get(self, request: Request, public_id: str) -> Response:
        row = by_public_id(public_id, timezone.localdate())
        if row is None:
            raise Http404
        body = row_of(row) | {
            "fields_shown": [{"code": x.code, "label": x.label, "value": x.value} for x in sheet(row)],
            "due_explained": list(explain_deadline(row).explain()),
            "ends_explained": periods.explained(row),
        }
        readers.tell(request.user, readers.ITEM, row.public_id)
        return Response(shapes.DisclosureDetailSerializer(body).data)


class SubjectView(PublicView):
    """一个主体的公开信用信息。"""

    @extend_schema(
        operation_id="subject", parameters=[CODE], responses=shapes.SubjectSerializer, summary="主体公开信用信息"
    )
    def get(self, request: Request, code: str) -> Response:
        try:
            normal = read_code(code)
        except ValueError as error:
            raise BadRequest("subject.code", f"{error}。") from None
        found = subject_file(normal, timezone.localdate())
        if found is None:
            raise Http404
        readers.tell(request.user, readers.SUBJECT, normal)
        return Response(
            shapes.SubjectSerializer(
                {
                    "code": found.subject.code,
                    "name": found.subject.name,
                    "former_names": found.former_names,
                    "kind": found.subject.get_kind_display(),
                    "district": found.district,
                    "registered_on": found.subject.registered_on,
                    "url": f"/subjects/{found.subject.code}/",
                    "disclosures": [row_of(row) for row in found.disclosures],
                    "more": found.more,
                }
            ).data
        )


class ChangesView(PublicView):
    """变更流：按提交先后连续编号。"""

    tag = "变更流"
    open_while_paused = True

    params = (
        Param("after", read_number(0, HIGHEST), "上次收到的最后一个序号", default=0),
        Param("limit", read_number(1, 1000), "最多返回条数，1 至 1000", default=500),
    )

    @extend_schema(operation_id="changes", responses=shapes.ChangePageSerializer, summary="公示变更流")
    def get(self, request: Request) -> Response:
        after = self.asked["after"]
        events = feed.changes(after, self.asked["limit"])
        visible = _visible({event.disclosure_id for event in events}, timezone.localdate())
        results = [
            {
                "number": event.number,
                "event": event.event,
                "at": event.at,
                "public_id": event.disclosure.public_id,
                "disclosure": row_of(visible[event.disclosure_id]) if event.disclosure_id in visible else None,
            }
            for event in events
        ]
        last = events[-1].number if events else after
        readers.tell(request.user, readers.FEED, after=after, last=(last or 0) if events else 0)
        return Response(shapes.ChangePageSerializer({"results": results, "last": last}).data)


def row_of(row: Disclosure) -> dict[str, Any]:
    """A visible disclosure as the list tells it."""
    return {
        "public_id": row.public_id,
        "kind": row.kind,
        "kind_label": kinds.label(row.kind),
        "subject": {"name": row.subject_name, "code": row.subject_code},
        "title": row.title,
        "document_number": row.document_number,
        "authority": {"name": row.authority.name},
        "source": {"name": row.source_department.name},
        "decided_on": row.decided_on,
        "due_on": row.due_on,
        "published_on": row.published_on,
        "ends_on": row.ends_on,
        "corrected_on": row.corrected_on,
        "marks": row.mark_words,
        "url": f"/disclosure/{row.public_id}/",
    }


def _filtered(asked: dict[str, Any]) -> DisclosureQuerySet:
    rows = public_disclosures(timezone.localdate())
    if asked["document_number"]:
        rows = rows.filter(document_key=docnumber.key(asked["document_number"]))
    return rows.filter(**{lookup: asked[name] for name, lookup in LOOKUPS.items() if asked[name]})


def _visible(ids: set[int], day: date) -> dict[int, Disclosure]:
    return {row.pk: row for row in public_disclosures(day).filter(pk__in=ids)}

"""The public door of commitments: what they are, figures, the list of letters with its export and its feed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments.letters.queries import letters
from commitments.letters.queries.filters import LetterFilter
from commitments.models import CommitmentLetter
from commitments.statistics import queries as statistics
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort, narrowed
from disclosure.public.feeds import Channel, KindFeed
from disclosure.queries.public import public_disclosures

KIND = "commitment"
SORTS = {"made": Sort("最近承诺", ("-made_on", "-id"))}
COLUMNS = [
    Column("公示编号", "public_id", 16),
    Column("承诺编码", "code", 24),
    Column("承诺主体", "shown_name", 36),
    Column("统一社会信用代码", "shown_code", 22),
    Column("承诺事项", "shown_title", 40),
    Column("承诺类型", lambda row: row.get_commitment_type_display(), 20),
    Column("受理单位", "department.name", 30),
    Column("承诺日期", "made_on", 14),
    Column("有效期至", "valid_until", 14),
    Column("履约状态", lambda row: letters.word_of(row)[0], 12),
]


@require_safe
def letter_list(request: HttpRequest) -> HttpResponseBase:
    """The door and the list; `?export=csv|xlsx` gives the same filter as a file. A mistake in the filter is told with 422."""
    today = timezone.localdate()
    listing = ListPage(request, letters.public_letters(today), LetterFilter, sorts=SORTS, size=20)
    if listing.export:
        return listing.export_response(COLUMNS, "信用承诺公示信息")
    context = {
        "listing": listing,
        "page": listing.page,
        "rows": toned(listing.page.items),
        "year": statistics.public_figures(today.year, today),
    }
    return render(request, "commitments/letters/public_list.html", context, status=listing.status)


def toned(rows: list[CommitmentLetter]) -> list[tuple[CommitmentLetter, str, str]]:
    """Each letter with the word and the tone of its state."""
    return [(row, *letters.word_of(row)) for row in rows]


class LetterFeed(KindFeed):
    """RSS of the letters that were published last, with the filters of their list."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Channel:
        wanted = narrowed(request, CommitmentLetter.objects.active(), LetterFilter).values("record_id")
        rows = public_disclosures(timezone.localdate()).filter(kind=KIND, record__in=wanted)
        return Channel(KIND, rows.order_by("-published_on", "-id"))

"""`robots.txt` and the site map: subjects and disclosures that are shown today, split by ranges of the key.

A range is one stretch of the primary key, so that no file counts or skips rows, however large the table is. Natural persons are left
out: their permits are public, but search engines need not gather them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape

from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from disclosure.kinds import kinds
from disclosure.models import Disclosure
from disclosure.own_kinds import REGISTRATION
from records.models import Subject
from records.queries import taken_back

SPAN = 20_000
"""Keys of one file; the protocol allows 50,000 addresses."""
CHUNK = 2000
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
ROBOTS = """User-agent: *
Disallow: /desk/
Disallow: /window/
Disallow: /admin/
Disallow: /accounts/
Disallow: /my/
Disallow: /api/
Disallow: /preferences/
Disallow: /search/
Disallow: /*?

Sitemap: {sitemap}
"""
GUIDES = ("/repair/", "/objections/")
"""Fixed addresses of the procedures above; what lies there is theirs."""
Place = tuple[str, date | None]


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines should leave alone: staff, interfaces, searches and filtered lists."""
    address = request.build_absolute_uri(reverse("public:sitemap"))
    return HttpResponse(ROBOTS.format(sitemap=address), content_type="text/plain; charset=utf-8")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list of files."""
    names = ["pages-0"]
    for section, rows in (("subjects", _subjects()), ("disclosures", _disclosures(timezone.localdate()))):
        highest = rows.order_by().aggregate(highest=Max("pk"))["highest"]
        names += [f"{section}-{number}" for number in range(highest // SPAN + 1)] if highest else []
    addresses = (request.build_absolute_uri(reverse("public:sitemap-file", args=name.split("-"))) for name in names)
    body = "".join(f"<sitemap><loc>{escape(address)}</loc></sitemap>\n" for address in addresses)
    return HttpResponse(f"{HEAD}<sitemapindex {SPACE}>\n{body}</sitemapindex>\n", content_type="application/xml")


@require_safe
def part(request: HttpRequest, section: str, number: int) -> StreamingHttpResponse:
    """One file of the site map; 404 for one that can never have an address in it."""
    if section not in SECTIONS or number > 2**40 or (section == "pages" and number):
        raise Http404
    places = SECTIONS[section](number)
    return StreamingHttpResponse(_written(places, request.build_absolute_uri("/")), content_type="application/xml")


def _written(places: Iterator[Place], root: str) -> Iterator[str]:
    yield f"{HEAD}<urlset {SPACE}>\n"
    for path, changed in places:
        lastmod = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
        yield f"<url><loc>{escape(root.rstrip('/') + path)}</loc>{lastmod}</url>\n"
    yield "</urlset>\n"


def _pages(number: int) -> Iterator[Place]:
    for name in ("home", "statistics", "open-data", "about", "help"):
        yield reverse(f"public:{name}"), None
    for path in GUIDES:
        yield path, None
    for kind in kinds():
        if kind.address:
            yield kind.address, None


def _subject_pages(number: int) -> Iterator[Place]:
    for first in range(number * SPAN, (number + 1) * SPAN, CHUNK):
        rows = list(_subjects().filter(pk__gte=first, pk__lt=first + CHUNK).order_by("pk").values_list("pk", "code"))
        hidden = taken_back(pk for pk, _ in rows)
        for pk, code in rows:
            if pk not in hidden:
                yield reverse("public:subject", args=[code]), None


def _disclosure_pages(number: int) -> Iterator[Place]:
    rows = _disclosures(timezone.localdate()).filter(pk__gte=number * SPAN, pk__lt=(number + 1) * SPAN).order_by("pk")
    for public_id, published, corrected in rows.values_list("public_id", "published_on", "corrected_on").iterator(
        chunk_size=CHUNK
    ):
        yield reverse("public:disclosure", args=[public_id]), corrected or published


def _subjects() -> QuerySet[Subject]:
    return Subject.objects.filter(code__isnull=False, merged_into__isnull=True).exclude(kind="person")


def _disclosures(day: date) -> QuerySet[Disclosure]:
    return Disclosure.objects.visible_on(day).exclude(subject_code="").exclude(kind=REGISTRATION)


SECTIONS = {"pages": _pages, "subjects": _subject_pages, "disclosures": _disclosure_pages}

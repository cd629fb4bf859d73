"""Public pages through the whole of Django, beside their own SQL sent bare: subject, lists, record, feeds, interfaces, home."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from benchmarks.measure import Book, Do, Figure, queries_of, replay, rows_of, side_by_side
from credit_platform.web.keyset import KeysetPage
from disclosure.queries.public import public_disclosures

AIM_MS = 100
STATISTICS_MS = 2000
DEEP = 10_000
PAGE = 20


def run(book: Book) -> None:
    """Every page, twenty times and more."""
    client = Client()
    for title, addresses in pages().items():
        works = [_get(client, address) for address in addresses]
        if title.startswith("home, figures new"):
            works = [_cold(work) for work in works]
        statements = [queries_of(work) for work in works]
        yards = [replay(each) for each in statements]
        found = side_by_side(works, yards, rounds=max(2, 40 // len(works)))
        aim = STATISTICS_MS if title.startswith("statistics") else AIM_MS
        book.add(
            Figure(
                "pages", title, **found, yard="its own SQL, bare", queries=max(len(each) for each in statements),
                aim=f"p95 < {aim} ms", reached=found["p95"] < aim,
            )
        )  # fmt: skip


def pages() -> dict[str, list[str]]:
    """Titles and addresses, from what the city holds."""
    heavy = rows_of(
        "SELECT s.code FROM records_subject s JOIN (SELECT subject_id, count(*) AS n FROM disclosure_disclosure TABLESAMPLE SYSTEM (20) "
        "GROUP BY 1 ORDER BY n DESC LIMIT 20) d ON d.subject_id = s.id WHERE s.code IS NOT NULL ORDER BY d.n DESC LIMIT 3"
    )
    some = rows_of("SELECT code FROM records_subject WHERE code IS NOT NULL AND id %% 97 = 5 ORDER BY id LIMIT 20")
    records = rows_of(
        "SELECT public_id FROM disclosure_disclosure WHERE state = 'published' AND id %% 89 = 3 AND kind IN ('permit', 'penalty') "
        "AND published_on < current_date AND (ends_on IS NULL OR ends_on > current_date) LIMIT 20"
    )
    year = timezone.localdate().year
    permits, penalties = "/disclosure/permits/", "/disclosure/penalties/"
    return {
        "home": ["/"],
        "home, figures new": ["/"],
        "subject, some records": [f"/subjects/{code}/" for (code,) in some],
        "subject, most records": [f"/subjects/{code}/" for (code,) in heavy],
        "record": [f"/disclosure/{public_id}/" for (public_id,) in records],
        "list, first page": [permits, penalties],
        f"list, page {DEEP:,}": [deep("permit", permits)],
        "list by department": [f"{permits}?authority={code}" for code in ("scjgj", "q021", "tjj")],
        "list by district": [f"{permits}?district={code}" for code in ("230102", "230129")],
        "list by year": [f"{permits}?year={year - back}" for back in (0, 3, 7)],
        "list by year, by decision": [f"{permits}?year={year - back}&sort=decided" for back in (0, 3, 7)],
        "list by department and year": [
            f"{penalties}?authority=scjgj&year={year - 2}",
            f"{permits}?authority=q021&year={year - 6}",
        ],
        "list by district and year": [f"{permits}?district={code}&year={year - 7}" for code in ("230102", "230129")],
        "list by department, by decision": [f"{permits}?authority={code}&sort=decided" for code in ("scjgj", "q021")],
        "list by district, by decision": [f"{permits}?district={code}&sort=decided" for code in ("230102", "230129")],
        "list by department, district, year": [f"{permits}?authority=q021&district=230129&year={year - 6}"],
        "list by days of publication": [f"{permits}?published_from={year - 6}-01-01&published_to={year - 6}-03-01"],
        "list of a rare act by year": [f"/disclosure/acts/levy/?year={year - 6}"],
        "list by name": [f"{permits}?{urlencode({'q': word})}" for word in ("食品", "商贸有限")],
        "list by name and year": [f"{permits}?{urlencode({'q': '食品', 'year': year - 6})}"],
        "rss": ["/disclosure/rss/permit.xml", "/disclosure/rss/penalty.xml?district=230102"],
        "statistics of a year": [f"/statistics/?year={year - back}" for back in (0, 1, 2)],
        "api: subject": [f"/api/v1/subjects/{code}/" for (code,) in some],
        "api: list": ["/api/v1/disclosures/?limit=50", f"/api/v1/disclosures/?kind=penalty&decided_from={year}-01-01"],
        "api: feed": ["/api/v1/changes/?after=1000&limit=100"],
    }


def deep(kind: str, address: str, place: int = DEEP * PAGE) -> str:
    """The address of a deep page: reached once with OFFSET, opened by key ever after."""
    rows = public_disclosures(timezone.localdate()).filter(kind=kind)
    total = rows.count()
    row = rows.order_by("-published_on", "-id")[min(place, total - PAGE - 1)]
    page = KeysetPage(rows, ("-published_on", "-id"), size=PAGE)
    return f"{address}?{urlencode({'cursor': page._write('n', row)})}"


def _get(client: Client, address: str) -> Do:
    def run() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise AssertionError(f"{address}: {answer.status_code}")

    return run


def _cold(work: Do) -> Do:
    def run() -> None:
        cache.clear()
        work()

    return run

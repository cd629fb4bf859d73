"""Everything that an anonymous visitor can open: nothing broken, nothing personal, nothing internal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import pytest
from django.test import Client

from credit_platform.accounts.models import User
from disclosure.models import Disclosure
from records.identifiers import personal
from records.models import CreditRecord, Subject
from tests.crawling import Crawl, Markup, Page

STARTS = (
    "/",
    "/robots.txt",
    "/api/v1/disclosures/?limit=20",
    "/api/v1/changes/?limit=1000",
    "/api/v1/standards/",
    "/api/schema/",
    "/api/docs/",
    "/search/?q=哈尔",
    "/search/?q=哈",
    "/disclosure/rss/permit.xml",
    "/disclosure/rss/penalty.xml",
    "/disclosure/penalties/?export=csv",
    "/disclosure/permits/?export=xlsx",
    "/statistics/?export=csv",
    "/statistics/?export=xlsx",
    "/commitments/?export=csv",
    "/commitments/breaches/?export=csv",
    "/lists/RS-NMG/?export=csv",
    "/lists/RS-NMG/rss.xml",
    "/commitments/statistics/?export=csv",
)
GOOD = (200, 301, 302)
# A single character is too little for a search, and the page says so.
TOLD = [(422, "/search/?q=哈", "")]
TAGS = re.compile(r"<[^>]*>")


@pytest.fixture(scope="package")
def visited() -> list[Page]:
    """Filled by the first test that asks; the city is the same for all of them."""
    return []


@pytest.fixture
def pages(city, client: Client, visited: list[Page]) -> list[Page]:
    """What a visitor gets, without scripts, styles and pictures, which are the same for everybody."""
    if not visited:
        visited += Crawl(client).run(*STARTS)
    return [page for page in visited if not page.address.startswith("/static/")]


def told(pages: Iterable[Page], words: Iterable[str]) -> list[tuple[str, str]]:
    """Which of the words stand on which pages: (word, address)."""
    pages = list(pages)
    whole = "\n".join(page.text for page in pages)
    return [(word, page.address) for word in words if word in whole for page in pages if word in page.text]


def test_nothing_that_is_offered_is_broken(pages, visited):
    assert [
        each for p in visited if (each := (p.status, p.address, p.referrer)) not in TOLD and p.status not in GOOD
    ] == []
    kinds = Counter(p.kind for p in pages if p.status == 200)
    assert kinds["text/html"] > 100, kinds
    assert kinds["application/json"] > 20, kinds
    assert {"text/csv", "application/rss+xml", "application/xml", "text/plain"} <= set(kinds), kinds
    assert any("spreadsheet" in kind for kind in kinds)


def test_the_visitor_reaches_every_kind_of_page(pages):
    shapes = {re.sub(r"[0-9A-Z]{18}|(?<=/)[0-9a-z]{12}(?=/)", "…", p.address.split("?")[0]) for p in pages}
    expected = {"/", "/search/", "/subjects/…/", "/disclosure/…/", "/statistics/", "/open-data/", "/about/", "/help/"}
    expected |= {"/repair/", "/objections/", "/sitemap.xml", "/sitemap-disclosures-0.xml", "/disclosure/acts/award/"}
    expected |= {"/api/v1/subjects/…/", "/api/v1/disclosures/…/", "/accounts/login/"}
    assert expected - shapes == set()


def test_no_personal_number_stands_anywhere(pages, city):
    numbers = [number for _, number in city.persons]
    assert numbers
    assert told(pages, numbers) == []
    lines = {line.strip() for page in pages for line in TAGS.sub("\n", page.text).split("\n")}
    found = [(line, span.kind) for line in lines for span in personal.scan(line) if span.certain]
    assert [(line, told(pages, [line])[0][1]) for line, _ in found] == []


def test_no_natural_person_is_named_in_full(pages, city):
    other = " ".join(str(record.content) for record in CreditRecord.objects.exclude(subject__kind="person"))
    names = [name for name, _ in city.persons if name not in other]
    assert len(names) > 5
    assert set(Subject.objects.filter(kind="person").values_list("name", flat=True)) & set(names)
    assert told(pages, names) == []


def test_what_is_not_public_is_not_shown(pages):
    hidden = Disclosure.objects.exclude(state="published")
    assert hidden.count() > 50
    assert (
        told(
            pages, hidden.exclude(state__in=("withdrawn", "suspended", "repaired")).values_list("public_id", flat=True)
        )
        == []
    )
    # What was public once keeps its place in the feed of changes, without any content.
    once = hidden.filter(state__in=("withdrawn", "suspended", "repaired")).values_list("public_id", flat=True)
    assert {address.split("?")[0] for _, address in told(pages, once)} == {"/api/v1/changes/"}
    shown = "\n".join(Disclosure.objects.filter(state="published").values_list("document_number", flat=True))
    numbers = set(hidden.values_list("document_number", flat=True))
    free = [page for page in pages if page.address != "/help/"]  # which gives an example of a document number
    assert told(free, [number for number in numbers if number not in shown]) == []


def test_nothing_internal_stands_anywhere(pages):
    words = {'"sealed"', "id_cipher", "id_hash", "drafted_by", "source_department_id", "Traceback", "xtgl", "aqgl"}
    words |= set(User.objects.filter(username__contains="_").values_list("username", flat=True))
    words |= set(User.objects.filter(department__isnull=False).values_list("full_name", flat=True))
    # The reasons that the city's staff wrote for one another.
    words |= {
        "检查日期与决定书不一致",
        "核实期限内未能确认",
        "处罚内容文字表述有误",
        "履行完毕并作出信用承诺，准予修复",
    }
    assert told(pages, words) == []


def test_every_page_carries_the_security_policy_and_nothing_that_it_would_stop(pages):
    wrong = []
    for page in pages:
        if page.kind != "text/html" or page.status >= 300:
            continue
        markup = Markup()
        markup.feed(page.text)
        policy = page.headers.get("Content-Security-Policy", "")
        if markup.inline or "'unsafe" in policy or "script-src 'self'" not in policy:
            wrong.append((page.address, markup.inline, policy))
    assert wrong == []


def test_nothing_is_loaded_from_another_place(pages):
    loads = re.compile(r"<(?:script|link|img|iframe)\b[^>]*?(?:src|href)=\"(https?:[^\"]+)")
    addresses = {found for page in pages if page.kind == "text/html" for found in loads.findall(page.text)}
    assert [address for address in addresses if not address.startswith("http://testserver/")] == []


def test_no_public_page_sets_a_cookie(visited, pages):
    # Pages with a form that signs somebody in, or makes an account, carry the token against forged forms.
    forms = ("/accounts/", "/my/")
    assert [p.address for p in visited if "Set-Cookie" in p.headers and not p.address.startswith(forms)] == []


def test_no_page_tells_of_a_grade_that_is_not_public(pages):
    """企业信用风险分类 is not public (国市监信发〔2022〕6号): neither the word nor the number of any such record stands anywhere."""
    numbers = CreditRecord.objects.filter(kind="evaluation-internal").values_list("document_number", flat=True)
    assert len(numbers) > 20
    assert told(pages, [*numbers, "企业信用风险分类"]) == []

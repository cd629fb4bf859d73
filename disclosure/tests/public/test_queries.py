"""The number of queries of a page does not depend on the number of its rows, and no page counts a table."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disclosure.models import Disclosure
from disclosure.public.figures import home_figures, refresh_totals
from disclosure.tests.public import factories as made
from records.tests import factories as ledger

LONG = "哈尔滨查询数目商贸有限公司"


@pytest.fixture
def subject():
    return ledger.SubjectFactory(name=LONG)


def queries_of(client, path):
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = client.get(path)
        if answer.streaming:
            b"".join(answer.streaming_content)
    assert answer.status_code == 200, path
    return len(captured)


PATHS = [
    "/", "/disclosure/permits/", "/disclosure/penalties/", "/disclosure/permits/?export=csv", "/disclosure/permits/?q=查询数目",
    "/disclosure/rss/permit.xml", "/subjects/{code}/", "/search/?q=查询数目", "/search/?q=示市监许", "/sitemap-disclosures-0.xml",
    "/sitemap-subjects-0.xml", "/sitemap.xml", "/statistics/",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_two_rows_and_twenty_cost_the_same(client, subject, path):
    path = path.format(code=subject.code)

    def grow(count):
        for number in range(count):
            made.ShownPermitFactory(record__subject=subject)
            made.ShownPenaltyFactory(record__subject=subject)
            ledger.SubjectFactory(name=f"{LONG}{number}分公司{count}", head=subject)

    grow(2)
    client.get(path)
    few = queries_of(client, path)
    grow(18)
    many = queries_of(client, path)
    # A search that fills its page early asks once less; nothing ever asks more.
    assert many in ((few, few - 1) if path.startswith("/search/") else (few,))
    assert few <= 14


def test_figures_are_capped_and_take_the_exact_count_of_the_clock(monkeypatch):
    monkeypatch.setattr("disclosure.public.figures.COUNT_CAP", 3)
    for _ in range(5):
        made.ShownPermitFactory()
    assert str(home_figures(made.TODAY).permits) == "3+"
    cache.clear()
    assert refresh_totals(made.TODAY)["permit"] == 5
    assert str(home_figures(made.TODAY).permits) == "5"


def test_figures_below_the_cap_are_exact_at_once(monkeypatch):
    made.ShownPermitFactory()
    refresh_totals(made.TODAY)
    made.ShownPermitFactory(published_on=made.TODAY)
    made.shown_act()
    figures = home_figures(made.TODAY)
    assert (figures.today, int(figures.permits), int(figures.acts)) == (1, 2, 1)


def test_what_was_loaded_at_the_start_is_not_published_today():
    made.registration(ledger.SubjectFactory(), published_on=made.TODAY)
    assert home_figures(made.TODAY).today == 0


def test_figures_of_a_day_are_not_shown_on_the_next(today):
    made.ShownPenaltyFactory(ends_on=made.TODAY)
    assert int(home_figures(made.TODAY).penalties) == 1
    assert int(home_figures(made.TODAY.replace(day=24)).penalties) == 0


def test_the_disclosure_page_reads_no_content_of_the_record(client):
    row = made.ShownPenaltyFactory()
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/disclosure/{row.public_id}/")
    assert not any('"records_creditrecord"."content"' in each["sql"] for each in captured)
    assert Disclosure.objects.count() == 1

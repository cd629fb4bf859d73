"""The figures of letters: the desk counts what stands, the public what it may read; every figure leads to a list of as many."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from commitments.models import CommitmentLetter
from commitments.statistics import queries as statistics
from commitments.tasks import count_public, count_share
from commitments.tests import cases
from commitments.tests.public_factories import DOOR, a_bureau, a_letter, disclosure_of, page, shown_breach
from records.tests import factories as ledger


@pytest.fixture(autouse=True)
def _fresh(desk):
    cache.clear()


@pytest.fixture
def bureau():
    return a_bureau()


def told() -> tuple[int, int, int, int]:
    """What the public figures say: made, settled, not kept, decided breaches."""
    cache.clear()
    found = statistics.public_figures(2026, cases.TODAY)
    return found.total.made, found.total.settled, found.total.unfulfilled, found.breaches


def test_the_statistics_count_every_state_once_and_lead_to_the_lists(bureau):
    a_letter(bureau)
    kept, broken = a_letter(bureau, 2), a_letter(bureau, 3)
    CommitmentLetter.objects.filter(pk=kept.pk).update(fulfilment="fulfilled")
    CommitmentLetter.objects.filter(pk=broken.pk).update(fulfilment="unfulfilled")
    found = statistics.figures(2026, cases.TODAY)
    assert (found.total.made, found.total.settled, found.total.fulfilled_rate) == (3, 2, "50.0%")
    assert [(line.key, line.made) for line in found.by_month if line.made] == [("2026-10", 3)]
    assert [(line.key, line.made) for line in found.by_district] == [("230102", 3)]
    shown = page("/commitments/statistics/")
    assert f"{DOOR}?department={bureau.code}&amp;year=2026" in shown
    assert page(department=bureau.code, year="2026").count("</span></th>") == 3


def test_the_public_figures_count_only_what_is_public(bureau):
    a_letter(bureau)
    a_letter(bureau, 2, CN_GKSX="政务共享")
    assert statistics.figures(2026, cases.TODAY).total.made == 2
    assert told() == (1, 0, 0, 0)
    assert page().count("</span></th>") == 1


def test_what_was_found_adverse_is_a_figure_once_its_breach_is_public(bureau):
    letter = a_letter(bureau)
    CommitmentLetter.objects.filter(pk=letter.pk).update(fulfilment="unfulfilled")
    assert told() == (1, 0, 0, 0)
    case = shown_breach(letter)
    assert told() == (1, 1, 1, 1)
    disclosure = disclosure_of(case)
    type(disclosure).objects.filter(pk=disclosure.pk).update(state="repaired")
    assert told() == (1, 0, 0, 0)
    assert page(fulfilment="unfulfilled").count("</span></th>") == 0


def test_the_clock_counts_anew_what_visitors_are_given(bureau, monkeypatch):
    cases.at(cases.TODAY, monkeypatch)
    assert told()[0] == 0
    a_letter(bureau)
    assert statistics.public_figures(2026, cases.TODAY).total.made == 0
    assert count_public() == 1
    assert statistics.public_figures(2026, cases.TODAY).total.made == 1


def test_the_public_reads_nothing_of_reviews_that_are_late(bureau):
    cases.ReviewFactory(letter=a_letter(bureau), due_on=cases.TODAY.replace(month=1))
    assert statistics.figures(2026, cases.TODAY).overdue == 1
    assert "逾期未复核" not in page(f"{DOOR}statistics/")


@pytest.mark.parametrize("address", [f"{DOOR}?export=csv", f"{DOOR}statistics/?export=csv", f"{DOOR}rss.xml?"])
def test_what_machines_read_refuses_a_parameter_that_it_does_not_know(bureau, address):
    a_letter(bureau)
    answer = Client().get(f"{address}&yaer=2026")
    assert answer.status_code == 400
    assert "没有名为“yaer”的参数。您要用的可能是 year。" in answer.content.decode()


def test_a_page_takes_no_notice_of_what_another_site_appended_to_its_link(bureau):
    letter = a_letter(bureau)
    assert letter.code in page(**{"from": "singlemessage"})


@pytest.mark.parametrize(
    ("wanted", "other"),
    [
        ({"type": "active"}, {"type": "trade"}),
        ({"fulfilment": "performing"}, {"fulfilment": "fulfilled"}),
        ({"month": "2026-10"}, {"month": "2026-09"}),
        ({"district": "230102", "sort": "made"}, {"district": "230103"}),
    ],
)
def test_feed_and_export_take_the_filters_of_the_list(bureau, wanted, other):
    letter = a_letter(bureau)
    for address, more in ((f"{DOOR}rss.xml", {}), (DOOR, {"export": "csv"})):
        assert letter.code in _read(address, wanted | more)
        assert letter.code not in _read(address, other | more)


def _read(address: str, query: dict[str, str]) -> str:
    answer = Client().get(address, query)
    assert answer.status_code == 200
    return answer.getvalue().decode()


def test_a_feed_refuses_a_mistaken_filter(bureau):
    assert Client().get(f"{DOOR}rss.xml", {"type": "wrong"}).status_code == 400


def test_a_year_without_letters_says_so_and_a_strange_year_is_this_one(bureau):
    a_letter(bureau)
    assert "该年没有承诺书" in page("/commitments/statistics/", year="2021")
    assert "2026年信用承诺统计" in page("/commitments/statistics/", year="9999")


def test_the_share_counts_each_subject_once(bureau):
    a_letter(bureau)
    a_letter(bureau, 2)
    ledger.SubjectFactory()
    assert count_share() == 1
    assert statistics.share().subjects >= 2


def test_the_figures_take_the_same_statements_whatever_the_number_of_letters(bureau, django_assert_num_queries):
    a_letter(bureau)
    with django_assert_num_queries(4):
        statistics.figures(2026, cases.TODAY)
    for number in range(2, 8):
        a_letter(bureau, number)
    cache.clear()
    with django_assert_num_queries(4):
        statistics.figures(2026, cases.TODAY)


def test_the_rate_names_what_it_is_a_share_of(bureau):
    kept = a_letter(bureau)
    assert "1 份均未计入" in page("/commitments/statistics/")
    a_letter(bureau, 2)
    CommitmentLetter.objects.filter(pk=kept.pk).update(fulfilment="fulfilled")
    cache.clear()
    shown = page("/commitments/statistics/")
    assert "按已认定的 1 份计算，其余 1 份不计入" in shown
    assert "依法决定违诺并公示后才计入" in shown

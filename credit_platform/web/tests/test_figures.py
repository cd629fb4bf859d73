"""The year of an address, shares in words, charts and tables of figures."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.template.loader import render_to_string

from credit_platform.web.figures import MOST, Cell, Figures, asked_year, months_chart, ranking_chart, rate, short_name

PARTS = {"按时": lambda line: line.number - line.late, "迟": lambda line: line.late}


@dataclass
class Line:
    label: str
    number: int
    late: int = 0


@pytest.mark.parametrize(
    ("given", "year"),
    [("2020", 2020), ("2026", 2026), ("2019", 2026), ("2027", 2026), ("", 2026), ("２０２０", 2026), ("02020", 2026)],
)
def test_a_year_that_nobody_offers_falls_back_to_this_one(given, year):
    assert asked_year(given, first=2020, this_year=2026) == year


@pytest.mark.parametrize(
    ("part", "whole", "decimals", "told"),
    [
        (0, 0, 2, "—"),
        (0, 3, 2, "0.00%"),
        (1, 3, 2, "33.33%"),
        (1, 8, 1, "12.5%"),
        (1, 16, 1, "6.3%"),
        (3, 3, 1, "100.0%"),
    ],
)
def test_a_share_of_nothing_is_a_dash_and_halves_go_up(part, whole, decimals, told):
    assert rate(part, whole, decimals=decimals) == told


def test_months_stand_in_their_order_and_parts_are_stacked():
    chart = months_chart([Line("1月", 5, 2), Line("2月", 1)], PARTS)
    assert chart["xAxis"]["data"] == ["1月", "2月"]
    assert [(each["name"], each["stack"], each["data"]) for each in chart["series"]] == [
        ("按时", "all", [3, 1]),
        ("迟", "all", [2, 0]),
    ]
    assert chart["legend"]["data"] == ["按时", "迟"]


def test_a_ranking_has_the_largest_on_top_and_ends_somewhere():
    chart = ranking_chart([Line(f"哈尔滨市{n:02}局", n) for n in range(MOST + 1)], PARTS, size=lambda line: line.number)
    names = chart["yAxis"]["data"]
    assert (len(names), names[-1], names[0]) == (MOST, "15局", "01局")
    assert chart["series"][0]["data"][-1] == 15


def test_a_city_alone_keeps_its_name():
    assert short_name("哈尔滨市") == "哈尔滨市"
    assert short_name("南岗区住建局") == "南岗区住建局"


def test_a_figure_leads_to_its_list_and_says_what_it_counts():
    rows = [
        Figures("甲局", [Cell("件数", 1234, "/list/?a=1", "件：甲局"), Cell("率", "50.0%")]),
        Figures("合计", [Cell("件数", 0)], True),
    ]
    page = render_to_string("kit/figures_table.html", {"title": "部门", "rows": rows})
    assert '<a href="/list/?a=1">1,234<span class="visually-hidden">件：甲局</span></a>' in page
    assert page.count("<a ") == 1
    assert 'data-label="率"' in page
    assert '<tr class="is-total">' in page

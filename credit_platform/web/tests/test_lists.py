"""A list page reads its filter, order and place from the address, and exports what it shows."""

from __future__ import annotations

from datetime import date, timedelta

import django_filters
import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from credit_platform.web.errors import BadRequest
from credit_platform.web.export import Column
from credit_platform.web.lists import KitDateFilter, ListPage, Sort
from credit_platform.web.models import SentForm

pytestmark = pytest.mark.django_db


class SentFilter(django_filters.FilterSet):
    url = django_filters.CharFilter("result_url", lookup_expr="contains", label="地址")
    since = KitDateFilter("sent_at", lookup_expr="date__gte", label="自")

    class Meta:
        model = SentForm
        fields: list[str] = []


class ChosenFilter(SentFilter):
    form_id = django_filters.ChoiceFilter(label="类别", choices=[("a", "甲"), ("b", "乙")])


SORTS = {"new": Sort("最近提交", ("-sent_at",)), "url": Sort("地址", ("result_url", "pk"))}


@pytest.fixture(autouse=True)
def rows():
    made = SentForm.objects.bulk_create(SentForm(result_url=f"/{'a' if n % 2 else 'b'}/{n}") for n in range(60))
    for n, row in enumerate(made):
        row.sent_at = timezone.now() - timedelta(days=n)
    SentForm.objects.bulk_update(made, ["sent_at"])


def listing(query="", **options):
    request = RequestFactory().get(f"/x/{query}")
    return ListPage(request, SentForm.objects.all(), SentFilter, sorts=SORTS, **options)


def test_the_first_order_is_the_default_and_the_filter_counts():
    page = listing("?url=/a/", size=20)
    assert str(page.total) == "30"
    assert page.sort == "new"
    assert page.is_filtered
    assert [row.result_url for row in page.page][:2] == ["/a/1", "/a/3"]
    assert len(page.page) == 20


def test_a_drop_down_without_a_choice_reads_all():
    assert '<option value="" selected>全部</option>' in str(ChosenFilter().form["form_id"])


def test_an_unknown_order_falls_back_and_says_so():
    page = listing("?sort=price")
    assert page.sort == "new"
    assert page.notice == "没有这种排序方式，已按“最近提交”排列。"
    assert not listing("?sort=url").notice


@pytest.mark.parametrize("size", ["", "7", "-1", "1000000", "x", "²", "9" * 5000, "0050999999", "0020" + "9" * 30])
def test_only_the_offered_page_sizes_are_taken(size):
    assert listing(f"?size={size}").size == 50
    assert listing("?size=20").size == 20


def test_a_mistaken_filter_shows_no_rows_and_exports_none():
    page = listing("?since=昨天&export=csv")
    assert not page.is_valid
    assert len(page.page) == 0
    with pytest.raises(BadRequest):
        page.export_response([], "x")


def test_an_export_holds_every_row_of_the_filter_in_its_order():
    page = listing("?url=/b/&sort=url&export=csv&size=20")
    text = b"".join(page.export_response([Column("地址", "result_url")], "表单")).decode()
    lines = text.lstrip("\ufeff").split()
    assert lines == ["地址", *sorted(f"/b/{n}" for n in range(0, 60, 2))]


def test_dates_in_filters_take_every_spelling():
    day = timezone.localdate() - timedelta(days=9)
    expected = SentForm.objects.filter(sent_at__date__gte=day).count()
    for text in (f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日", day.isoformat()):
        assert int(listing(f"?since={text}").total) == expected
    assert isinstance(day, date)


def test_the_pieces_of_a_list_keep_its_parameters():
    page = listing("?url=/a/&sort=url&size=20")
    source = "{% load kit %}{% filter_bar l.filterset %}{% sort_links l %}{% export_links %}{% pager l.page %}"
    html = Template(source).render(Context({"request": page.request, "l": page}))
    assert '<input type="hidden" name="sort" value="url">' in html
    assert 'href="?url=%2Fa%2F&amp;size=20&amp;sort=new"' in html
    assert 'href="?url=%2Fa%2F&amp;sort=url&amp;size=20&amp;export=xlsx"' in html
    assert 'rel="next"' in html
    assert "cursor=" in html
    assert "清除条件" in html


def test_the_tab_is_kept_and_is_no_filter():
    page = listing("?scope=late&sort=url")
    html = Template("{% load kit %}{% filter_bar l.filterset %}").render(Context({"request": page.request, "l": page}))
    assert '<input type="hidden" name="scope" value="late">' in html
    assert "清除条件" not in html
    assert page.clear_url == "?scope=late"
    assert listing("?scope=%3Cb%3E").clear_url == "?"

"""The pieces as they come out."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import NoReverseMatch

from credit_platform.web import districts
from credit_platform.web.addresses import with_params
from credit_platform.web.forms import KitForm

ON = date(2026, 11, 23)


def render(source, path="/x/", **context):
    request = RequestFactory().get(path)
    return Template("{% load kit %}" + source).render(Context({"request": request, **context}))


def test_a_status_is_a_word_and_its_text_is_escaped():
    assert render('{% status_tag text "good" %}', text="<b>") == '<span class="tag tag-good">&lt;b&gt;</span>'
    with pytest.raises(ImproperlyConfigured):
        render('{% status_tag "x" "red" %}')


@pytest.mark.parametrize(
    ("days", "word", "tone"),
    [(-3, "已逾期 3 天", "serious"), (0, "今日到期", "serious"), (1, "还有 1 天", "warn"), (3, "还有 3 天", "info")],
)
def test_a_deadline_says_how_it_stands(days, word, tone):
    html = render("{% deadline_badge due on %}", due=ON + timedelta(days), on=ON)
    assert f'tag-{tone}">{word}<' in html


def test_a_deadline_that_is_done_provisional_or_missing():
    assert "已办结" in render("{% deadline_badge due on done=True %}", due=ON - timedelta(9), on=ON)
    assert "暂定" in render("{% deadline_badge due on provisional=True %}", due=ON, on=ON)
    assert "无时限" in render("{% deadline_badge due on %}", due=None, on=ON)


def test_a_breadcrumb_that_leads_nowhere_is_no_page():
    with pytest.raises(NoReverseMatch):
        render('{% breadcrumbs "修复与异议" "复议诉讼标注" %}')


def test_a_breadcrumb_without_an_address_is_text():
    assert "href" not in render('{% breadcrumbs "登记注册" "" "本页" %}')


def test_breadcrumbs_end_with_this_page():
    html = render('{% breadcrumbs "首页" "/" "样式" %}')
    assert '<a href="/">首页</a>' in html
    assert 'aria-current="page">样式' in html


def test_an_address_keeps_the_filter_and_drops_the_place_in_the_list():
    params = RequestFactory().get("/x/?q=冰城&cursor=abc&export=csv").GET
    assert with_params(params, sort="due") == "?q=%E5%86%B0%E5%9F%8E&sort=due"
    assert with_params(params, q=None) == "?"
    assert with_params(params, cursor="z") == "?q=%E5%86%B0%E5%9F%8E&cursor=z"


class Sample(KitForm):
    name = forms.CharField(label="名称", help_text="与执照一致。", max_length=4)
    kind = forms.ChoiceField(label="类别", widget=forms.RadioSelect, choices=[("a", "甲"), ("b", "乙")])
    agree = forms.BooleanField(label="同意")
    note = forms.CharField(label="备注", required=False)


def test_a_field_joins_label_hint_error_and_control():
    html = render("{% kit_field form.name %}", form=Sample({}))
    assert '<label for="id_name">名称</label>' in html
    assert 'id="id_name_hint">与执照一致。' in html
    assert 'id="id_name_error"' in html
    assert "请填写名称。" in html
    assert 'aria-describedby="id_name_hint id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="form-control"' in html


def test_optional_fields_say_so_and_the_others_do_not():
    form = Sample()
    assert "（选填）" in render("{% kit_field form.note %}", form=form)
    assert "（选填）" not in render("{% kit_field form.name %}", form=form)
    assert "（选填）" not in render("{% kit_field form.note optional_mark=False %}", form=form)


def test_choices_are_a_group_with_a_legend():
    html = render("{% kit_field form.kind %}", form=Sample({}))
    assert "<fieldset" in html
    assert "<legend>类别" in html
    assert html.count('type="radio"') == 2
    assert html.count('class="form-check-input"') == 2
    assert "请选择类别。" in html


def test_the_summary_links_every_error_to_its_control():
    html = render("{% error_summary form %}", form=Sample({"name": "太长的名称"}))
    assert "有 3 处需要更正" in html
    for target in ("id_name", "id_kind_0", "id_agree"):
        assert f'href="#{target}"' in html
    assert "名称不能超过 4 个字。" in html
    assert "错误" not in render("{% error_summary form %}", form=Sample())


def test_a_chart_keeps_its_figures_where_nobody_can_run_them():
    option = {"title": {"text": "</script><script>alert(1)"}}
    html = render(
        '{% chart "c" option "图" "一句话" headers rows %}', option=option, headers=["月", "数"], rows=[["1月", 3]]
    )
    assert "<script>alert" not in html
    assert 'type="application/json"' in html
    assert '<th scope="row">1月</th>' in html


def test_the_map_has_every_district_once_and_a_table():
    assert len({tile.code for tile in districts.TILES}) == 18
    assert len({(tile.column, tile.row) for tile in districts.TILES}) == 18
    html = render('{% district_map values "数量" %}', values={"230103": 12, "230184": Decimal("0")})
    assert html.count("<title>") == 18
    assert "南岗区：12" in html
    assert "五常市：0" in html
    assert "道里区：无数据" in html
    assert 'style="' not in html


def test_levels_rank_and_do_not_overflow():
    values = {str(number): Decimal(number) for number in range(1, 19)}
    limits = districts.bounds(values)
    levels = [districts.level(value, limits) for value in values.values()]
    assert levels == sorted(levels)
    assert set(levels) == {1, 2, 3, 4, 5}
    assert districts.level(Decimal(0), limits) == 0
    same = districts.bounds({"a": Decimal(4), "b": Decimal(4)})
    assert districts.level(Decimal(4), same) == 5

"""The frame of every page: menus, preferences, the style page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from credit_platform.web import freshness, navigation, worklists
from credit_platform.web.keyset import CappedCount
from credit_platform.web.progress import Progress, progress_response
from credit_platform.web.worklists import Severity, WorkRow, WorkSection

ON = date(2026, 11, 23)


@pytest.fixture
def user(db):
    return get_user_model().objects.create(username="somebody", full_name="某甲")


@pytest.fixture
def signed_in(client, user):
    client.force_login(user)
    return client


@pytest.fixture
def registries(monkeypatch):
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(worklists, "_providers", [])
    monkeypatch.setattr(freshness, "_providers", [])


@pytest.mark.parametrize("path", ["/desk/", "/desk/style/", "/desk/style/public/", "/desk/style/print/"])
def test_the_desk_asks_who_it_is(client, signed_in, path):
    assert signed_in.get(path).status_code == 200
    signed_in.logout()
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_pages_have_no_inline_script_style_or_handler(signed_in):
    for path in ("/desk/", "/desk/style/?errors=1", "/desk/style/public/"):
        page = signed_in.get(path).content.decode()
        assert ' style="' not in page
        assert " onclick=" not in page
        assert "<script>" not in page
        assert 'lang="zh-CN"' in page
        assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
        assert "https://" not in page


def test_the_sample_form_answers_like_a_real_one(signed_in):
    page = signed_in.post("/desk/style/", {"subject": "甲"}).content.decode()
    assert "处需要更正" in page
    assert "请选择许可类别。" in page


def test_a_menu_shows_what_its_reader_may_open(registries, user):
    navigation.register("样式", "web:style", group="设置", order=2)
    navigation.register("今日待办", "web:desk")
    navigation.register("没有权限", "web:style-print", allowed=lambda user: False)
    navigation.register("没有地址", "nowhere:at-all", group="设置")
    groups = navigation.for_desk(user, "/desk/style/public/")
    assert [(group.label, [entry.label for entry in group.entries]) for group in groups] == [
        ("", ["今日待办"]),
        ("设置", ["样式"]),
    ]
    assert groups[1].entries[0].current
    assert not groups[0].entries[0].current
    assert [warning.id for warning in navigation.check_entries()] == ["web.W001"]
    assert navigation.for_desk(AnonymousUser(), "/desk/") == []


def test_an_unknown_group_is_refused(registries):
    with pytest.raises(ValueError, match="unknown group"):
        navigation.register("x", "web:desk", group="别的")


def test_the_public_menu_marks_where_we_are():
    assert [entry.label for entry in navigation.for_public("/disclosure/permits/") if entry.current] == ["行政许可"]
    assert [entry.label for entry in navigation.for_public("/") if entry.current] == ["首页"]
    assert not [entry for entry in navigation.for_public("/track/") if entry.current]


def test_work_that_is_serious_comes_first_and_finished_work_last(registries, signed_in):
    def work(user, on):
        return [
            WorkSection("一般", [WorkRow("甲", "/a/", ON)], order=1),
            WorkSection("没有", empty_text="都办完了。"),
            WorkSection(
                "严重",
                [WorkRow("乙", "/b/", ON - timedelta(1), "待审核")],
                CappedCount(10_000, True),
                "/all/",
                Severity.SERIOUS,
            ),
        ]

    worklists.register(work)
    worklists.register(work)
    assert [section.title for section in worklists.sections(None, ON)] == ["严重", "一般", "没有"]
    page = signed_in.get("/desk/").content.decode()
    assert "10,000+ 件" in page
    assert "都办完了。" in page
    assert "已逾期" in page


def test_who_has_no_work_of_his_own_finds_the_doors_to_his_pages(registries, signed_in):
    navigation.register("样式", "web:style", group="设置")
    page = signed_in.get("/desk/").content.decode()
    assert "今天没有待办事项" in page
    assert '<a class="door" href="/desk/style/"><strong>样式</strong>' in page


def test_the_footer_tells_how_fresh_the_data_are(registries, signed_in):
    assert "数据更新至" not in signed_in.get("/desk/style/public/").content.decode()
    freshness.register(lambda: None)
    freshness.register(lambda: ON)
    freshness.register(lambda: ON - timedelta(1))
    assert "2026年11月23日</time>" in signed_in.get("/desk/style/public/").content.decode()


def test_large_type_is_a_cookie_and_needs_no_script(signed_in):
    page = signed_in.get("/desk/?a=1").content.decode()
    assert 'class=""' in page
    assert "/preferences/large-type/?on=1&amp;next=%2Fdesk%2F%3Fa%3D1" in page
    answer = signed_in.get("/preferences/large-type/", {"on": "1", "next": "/desk/?a=1"})
    assert answer["Location"] == "/desk/?a=1"
    assert answer.cookies["large_type"]["samesite"] == "Lax"
    assert 'class="large-type"' in signed_in.get("/desk/").content.decode()
    assert signed_in.post("/preferences/large-type/", {"on": "0"})["Location"] == "/"
    assert 'class="large-type"' not in signed_in.get("/desk/").content.decode()


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "\\\\x"]
)
def test_the_switch_leads_only_to_this_site(client, target):
    assert client.get("/preferences/large-type/", {"on": "1", "next": target})["Location"] == "/"


def test_a_long_job_polls_and_reloads_until_it_is_done(user):
    request = RequestFactory().get("/desk/")
    request.user = user
    running = progress_response(request, Progress("导入", "/p/", 5, 20, "5 行")).content.decode()
    assert 'hx-get="/p/"' in running
    assert 'http-equiv="refresh"' in running
    assert ">25%</progress>" in running
    done = progress_response(request, Progress("导入", "/p/", 20, 20, "完", True, next_url="/r/")).content.decode()
    assert "hx-get" not in done
    assert "http-equiv" not in done
    assert 'href="/r/"' in done
    box = RequestFactory().get("/desk/", headers={"HX-Request": "true"})
    assert "<html" not in progress_response(box, Progress("导入", "/p/")).content.decode()

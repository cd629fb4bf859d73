"""Domain errors become pages, forms and JSON in one place; strange input is told in Chinese."""

from __future__ import annotations

import json

import pytest
from django import forms
from django.test import Client, RequestFactory, override_settings

from credit_platform.errors import Finding, Level, Refused
from credit_platform.web.errors import apply_errors, at_field, form_response
from credit_platform.web.tests.addresses_that_raise import FINDING, RAISED

pytestmark = [pytest.mark.django_db, pytest.mark.urls("credit_platform.web.tests.addresses_that_raise")]


@pytest.mark.parametrize(
    ("name", "status"), [("refused", 422), ("findings", 422), ("forbidden", 403), ("conflict", 409), ("bad", 400)]
)
def test_each_error_has_its_status_and_its_text_on_a_page(client, name, status):
    answer = client.get(f"/raise/{name}/")
    assert answer.status_code == status
    assert RAISED[name].text in answer.content.decode()
    assert "返回首页" in answer.content.decode()


def test_a_page_names_article_and_mend(client):
    page = client.get("/raise/refused/").content.decode()
    assert "依据：第十四条" in page
    assert "先完成审核。" in page


def test_the_api_answers_in_json(client):
    answer = client.get("/api/raise/findings/")
    assert answer.status_code == 422
    assert answer.json() == {
        "code": "a.findings",
        "text": "有 1 项错误。",
        "findings": [
            {
                "rule": "code.check",
                "level": "error",
                "field": "code",
                "text": "代码校验不通过。",
                "mend": "核对第 18 位。",
                "article": "GB 32100",
            }
        ],
    }


def test_htmx_gets_only_the_notice(client):
    answer = client.get("/raise/conflict/", headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert "<html" not in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize("address", ["/a%00b/", "/echo/?q=%00", "/echo/?%00=1", "/echo/?q=a%00b&q=c"])
def test_a_nul_character_in_the_address_is_a_bad_request_in_chinese(client, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert "不能识别的字符" in answer.content.decode()
    assert answer["X-Request-ID"]


def test_a_nul_character_over_the_api_is_json(client):
    answer = client.get("/api/x/?q=%00", headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["code"] == "request.characters"


def test_a_cookie_with_a_nul_character_is_no_cookie(client):
    answer = client.get("/echo/", headers={"Cookie": 'credit_session="\\000aaaaaaaaaaaa"; large_type=1; ;;=; bad'})
    assert answer.status_code == 200
    assert json.loads(answer.content) == {"large_type": "1", "": "bad"}


def test_unknown_addresses_have_a_page_and_the_api_json(client):
    page = client.get("/nothing/")
    assert page.status_code == 404
    assert "没有找到" in page.content.decode()
    assert client.get("/api/v1/nothing/").json()["code"] == "not-found"


def test_a_fault_has_a_page_that_needs_no_database():
    answer = Client(raise_request_exception=False).get("/broken/")
    assert answer.status_code == 500
    assert "暂时无法完成操作" in answer.content.decode()
    assert "boom" not in answer.content.decode()


def test_a_form_that_was_open_too_long_is_told_so():
    answer = Client(enforce_csrf_checks=True).post("/desk/style/")
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


def test_the_way_back_leads_only_to_this_site(client):
    own = client.get("/nothing/", headers={"Referer": "http://testserver/desk/?a=1", "Host": "testserver"})
    other = client.get("/nothing/", headers={"Referer": "https://elsewhere.example/x", "Host": "testserver"})
    assert 'href="/desk/?a=1"' in own.content.decode()
    assert "elsewhere" not in other.content.decode()


class Sample(forms.Form):
    code = forms.CharField(label="代码")


def test_findings_land_on_the_field_of_their_name_and_the_rest_on_top():
    form = Sample({"code": "1"})
    assert form.is_valid()
    elsewhere = Finding("x", Level.ERROR, "日期有误。", field="CF_JDRQ")
    apply_errors(form, Refused("a", "有 2 项错误。", findings=[FINDING, elsewhere]))
    assert form.errors["code"] == ["代码校验不通过。核对第 18 位。（依据：GB 32100）"]
    assert form.non_field_errors() == ["日期有误。"]


def test_a_field_left_empty_is_told_once():
    form = Sample({"code": "1"})
    empty = Finding("required", Level.ERROR, "“代码”必填。", "请填写代码。", field="code")
    apply_errors(form, Refused("a", "有 1 项错误。", findings=[empty]))
    assert form.errors["code"] == ["请填写代码。"]


def test_a_refusal_of_a_file_is_told_beside_it():
    form = Sample({"code": "1"})
    refusal = at_field(Refused("file", "不是表格。", mend="请另存后上传。"), "code")
    apply_errors(form, refusal)
    assert form.errors["code"] == ["不是表格。请另存后上传。"]
    assert at_field(refusal, "other") is refusal


def test_an_error_without_findings_lands_on_top():
    form = Sample({"code": "1"})
    apply_errors(form, RAISED["refused"])
    assert form.non_field_errors() == ["不能公示。先完成审核。（依据：第十四条）"]


@override_settings(ROOT_URLCONF="credit_platform.urls")
def test_a_form_page_tells_by_its_status_how_it_went():
    request = RequestFactory().get("/desk/")

    def status(form, error=None):
        return form_response(request, "kit/form_fields.html", {}, form, error=error).status_code

    assert status(Sample()) == 200
    assert status(Sample({})) == 422
    assert status(Sample({"code": "1"}), RAISED["conflict"]) == 409


def test_an_address_for_buttons_says_so_when_it_is_opened(client):
    answer = client.get("/only-post/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "不能直接打开" in answer.content.decode()
    assert client.get("/api/only-post/").json()["code"] == "method"

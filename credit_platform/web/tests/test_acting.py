"""From a form to an action and its answer."""

from __future__ import annotations

import uuid

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import RequestFactory

from credit_platform.errors import Conflict, Finding, Forbidden, Level, Refused
from credit_platform.web.acting import act_on_form
from credit_platform.web.forms import ActionForm
from credit_platform.web.models import SentForm

pytestmark = pytest.mark.django_db


class Sample(ActionForm):
    reason = forms.CharField(label="退回原因")


class Calls:
    """An action that counts, and refuses when told to."""

    def __init__(self, error=None):
        self.given, self.error = [], error

    def __call__(self, given):
        self.given.append(given["reason"])
        if self.error:
            raise self.error
        return "/desk/records/7/"


def send(action, data=None, method="post"):
    request = getattr(RequestFactory(), method)("/x/", data or {})
    request.session = {}
    request._messages = FallbackStorage(request)
    form = Sample(request.POST or None)
    answer = act_on_form(request, "kit/form_fields.html", {}, form, action=action, message="已退回。")
    return answer, [str(message) for message in get_messages(request)]


def test_a_fresh_form_is_shown_and_nothing_happens():
    action = Calls()
    answer, told = send(action, method="get")
    assert (answer.status_code, action.given, told) == (200, [], [])


def test_a_post_without_a_single_field_is_shown_the_form():
    action = Calls()
    answer, _ = send(action)
    assert (answer.status_code, action.given) == (200, [])


def test_a_form_with_mistakes_is_shown_again():
    action = Calls()
    answer, told = send(action, {"reason": ""})
    assert (answer.status_code, action.given, told) == (422, [], [])
    assert "请填写退回原因。" in answer.content.decode()


def test_a_good_form_is_carried_out_and_leads_on():
    action = Calls()
    answer, told = send(action, {"reason": "日期有误"})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/records/7/")
    assert (action.given, told) == (["日期有误"], ["已退回。"])


def test_the_second_click_leads_to_the_result_of_the_first():
    action, data = Calls(), {"reason": "日期有误", "form_token": str(uuid.uuid4())}
    first, _ = send(action, data)
    second, told = send(action, data)
    assert first["Location"] == second["Location"]
    assert (action.given, told) == (["日期有误"], [])


@pytest.mark.parametrize(
    ("error", "status"),
    [(Refused("a", "不能退回。"), 422), (Forbidden("a", "没有权限。"), 403), (Conflict("a", "已被他人办理。"), 409)],
)
def test_a_refusal_keeps_what_was_typed_and_frees_the_form(error, status):
    data = {"reason": "日期有误", "form_token": str(uuid.uuid4())}
    answer, told = send(Calls(error), data)
    page = answer.content.decode()
    assert answer.status_code == status
    assert 'value="日期有误"' in page
    assert told == []
    assert not SentForm.objects.exists()
    assert send(Calls(), data)[0].status_code == 302


def test_a_finding_stands_at_its_field():
    finding = Finding("reason.short", Level.ERROR, "原因过于简单。", field="reason")
    answer, _ = send(Calls(Refused("a", "x", findings=[finding])), {"reason": "错"})
    assert 'id="id_reason_error"' in answer.content.decode()


class Stale(Sample):
    """A form whose row was changed meanwhile."""

    def clean_reason(self):
        raise forms.ValidationError("已被他人修改", code="stale")


def test_who_came_too_late_is_told_with_a_conflict(monkeypatch):
    monkeypatch.setattr(f"{__name__}.Sample", Stale)
    action = Calls()
    answer, _ = send(action, {"reason": "好"})
    assert (answer.status_code, action.given) == (409, [])


def test_a_second_click_is_led_to_the_result_even_when_the_row_has_changed_since(monkeypatch):
    token, action = str(uuid.uuid4()), Calls()
    send(action, {"reason": "好", "form_token": token})
    monkeypatch.setattr(f"{__name__}.Sample", Stale)
    answer, told = send(action, {"reason": "好", "form_token": token})
    assert (answer.status_code, answer.url, action.given, told) == (302, "/desk/records/7/", ["好"], [])

"""One click has one effect; the second of two editors is told."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django import forms
from django.db import connection, transaction
from django.utils import timezone

from credit_platform.errors import Conflict, Refused
from credit_platform.web import once
from credit_platform.web.forms import ActionForm, EditForm
from credit_platform.web.models import SentForm
from credit_platform.web.once import AlreadySent, forget_before, require_version, submit_once
from credit_platform.web.tasks import forget_sent_forms


class Sample(ActionForm):
    reason = forms.CharField(label="退回原因", max_length=5)
    attachment = forms.FileField(label="附件")


class Edit(EditForm):
    reason = forms.CharField(label="原因")


def test_messages_name_the_field():
    errors = Sample({"reason": ""}).errors
    assert errors["reason"] == ["请填写退回原因。"]
    assert errors["attachment"] == ["请选择要上传的附件。"]
    assert Sample({"reason": "太长的原因了"}).errors["reason"] == ["退回原因不能超过 5 个字。"]


def test_every_fresh_form_has_its_own_token():
    first, second = Sample(), Sample()
    assert first["form_token"].value() != second["form_token"].value()
    assert str(first["form_token"].value()) in str(first["form_token"])


@pytest.mark.django_db
def test_a_form_is_carried_out_once_and_the_second_click_goes_to_the_result():
    token, done = uuid.uuid4(), []
    with submit_once(token) as sent:
        done.append(1)
        sent.result_url = "/desk/records/7/"
    with pytest.raises(AlreadySent) as caught, submit_once(str(token)):
        done.append(2)
    assert done == [1]
    assert caught.value.result_url == "/desk/records/7/"
    assert caught.value.status == 409


@pytest.mark.django_db
def test_a_refused_form_may_be_sent_again():
    token = uuid.uuid4()
    with pytest.raises(Refused), submit_once(token):
        raise Refused("x", "不符合条件。")
    with submit_once(token):
        assert SentForm.objects.filter(pk=token).exists()


def test_a_token_that_is_none_is_a_conflict_with_advice():
    with pytest.raises(Conflict, match="页面已过期"), submit_once("abc"):
        pass


@pytest.mark.django_db
def test_old_tokens_are_forgotten():
    with submit_once(uuid.uuid4()):
        pass
    assert forget_before(timezone.now() - timedelta(days=1)) == 0
    assert forget_before(timezone.now() + timedelta(seconds=1)) == 1


@pytest.fixture
def committed_token(django_db_setup, django_db_blocker):
    """A token whose rows are really committed, and removed afterwards."""
    token = uuid.uuid4()
    with django_db_blocker.unblock():
        yield token
        SentForm.objects.filter(pk=token).delete()


def test_two_clicks_at_the_same_moment_have_one_effect(committed_token):
    done, refused, started = [], [], threading.Event()

    def second():
        try:
            started.set()
            with submit_once(committed_token):
                done.append("second")
        except AlreadySent as again:
            refused.append(again.result_url)
        finally:
            connection.close()

    with submit_once(committed_token) as sent:
        thread = threading.Thread(target=second)
        thread.start()
        started.wait()
        thread.join(0.2)
        waited = thread.is_alive()
        done.append("first")
        sent.result_url = "/r/"
    thread.join(10)
    assert waited
    assert done == ["first"]
    assert refused == ["/r/"]


def test_the_second_editor_is_told():
    row = SimpleNamespace(version=3)
    seen = once.version_of(row)
    require_version(row, seen)
    row.version = 4
    with pytest.raises(Conflict, match="已被他人修改"):
        require_version(row, seen)


def test_an_edit_form_carries_the_version_it_showed():
    moment = timezone.now()
    row = SimpleNamespace(updated_at=moment)
    fresh = Edit(edited=row)
    assert fresh["version_seen"].value() == moment.isoformat()
    same = Edit({"reason": "x", "version_seen": moment.isoformat()}, edited=row)
    assert same.is_valid()
    assert same.version == moment.isoformat()
    row.updated_at += timedelta(seconds=1)
    late = Edit({"reason": "x", "version_seen": moment.isoformat()}, edited=row)
    assert "已被他人修改" in late.errors["version_seen"][0]


def test_a_row_without_version_is_a_programming_error():
    with pytest.raises(TypeError):
        once.version_of(SimpleNamespace())


@pytest.mark.django_db
def test_nothing_of_the_action_stays_when_it_fails_after_writing():
    token, other = uuid.uuid4(), uuid.uuid4()

    def action():
        SentForm.objects.create(token=other)
        raise Refused("x", "失败。")

    with pytest.raises(Refused), submit_once(token):
        action()
    assert not SentForm.objects.filter(pk__in=[token, other]).exists()
    assert not transaction.get_connection().needs_rollback


@pytest.mark.django_db
def test_the_clock_forgets_the_forms_of_last_week():
    with submit_once(uuid.uuid4()):
        pass
    SentForm.objects.update(sent_at=timezone.now() - timedelta(days=6))
    assert forget_sent_forms() == 0
    SentForm.objects.update(sent_at=timezone.now() - timedelta(days=8))
    assert forget_sent_forms() == 1

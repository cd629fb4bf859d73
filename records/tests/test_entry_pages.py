"""The form of a penalty in a browser without JavaScript: entered, refused without loss, kept, edited, revoked."""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client

from credit_platform.accounts.models import User
from credit_platform.accounts.tests.factories import ClerkFactory
from records.models import CreditRecord, EntryDraft
from records.tests import factories
from records.tests.test_entry import penalty, person_penalty

pytestmark = pytest.mark.django_db
NEW = "/desk/records/new/penalty-2018/"


@pytest.fixture(autouse=True)
def catalogue(db: None) -> None:
    factories.PenaltyEntryFactory()


@pytest.fixture
def alice(alice_clerk: User, client: Client) -> Client:
    client.force_login(alice_clerk)
    return client


def form_data(user: User, **given: object) -> dict[str, object]:
    data = penalty(user.department, **given)
    data["CF_CFLB"] = str(data["CF_CFLB"]).split("；")
    return {"form_token": str(uuid.uuid4()), **data}


def test_the_form_has_sections_help_and_the_authority_filled_in(alice: Client, alice_clerk: User) -> None:
    page = alice.get(NEW).content.decode()
    assert "<legend>行政相对人</legend>" in page
    assert "单位为万元" in page
    assert f'value="{alice_clerk.department.uscc}"' in page
    assert 'name="CF_CFLB" value="通报批评"' in page
    assert "style=" not in page
    assert "<script>" not in page


def test_a_good_form_becomes_a_record_with_its_page(alice: Client, alice_clerk: User) -> None:
    answer = alice.post(NEW, form_data(alice_clerk), follow=True)
    record = CreditRecord.objects.get()
    assert answer.redirect_chain[-1][0] == f"/desk/records/{record.pk}/"
    page = answer.content.decode()
    assert "已入库" in page
    assert "0.2万元（2,000元）" in page
    assert "社会公开" in page


def test_a_double_click_makes_one_record(alice: Client, alice_clerk: User) -> None:
    data = form_data(alice_clerk)
    first, second = alice.post(NEW, data), alice.post(NEW, data)
    assert first.url == second.url
    assert CreditRecord.objects.count() == 1


def test_a_form_sent_after_the_session_ended_waits_behind_the_log_in(alice: Client, alice_clerk: User) -> None:
    number = "230102199001011235"
    page = alice.get(NEW).content.decode()
    word = page.split('name="kept_for" value="')[1].split('"')[0]
    token = page.split('name="form_token" value="')[1].split('"')[0]
    data = form_data(alice_clerk, form_token=token, kept_for=word, CF_FR_ZJHM=number, CF_FR_ZJLX="身份证")
    alice.logout()
    answer = alice.post(NEW, data)
    draft = EntryDraft.objects.get()
    assert answer["Location"].startswith("/accounts/login/?kept=1&next=")
    assert str(draft.token) in answer["Location"]
    assert (draft.author, draft.data["CF_XDR_MC"]) == (alice_clerk, "哈尔滨示例商贸有限公司")
    assert number not in str(draft.data)
    assert "没有丢失" in alice.get(answer["Location"]).content.decode()
    assert not CreditRecord.objects.exists()
    alice.force_login(alice_clerk)
    again = alice.get(f"{NEW}?draft={draft.token}").content.decode()
    assert 'value="示市监罚〔2026〕1号"' in again
    assert number not in again


def test_after_too_long_a_silence_the_typed_form_is_kept_too(alice: Client, alice_clerk: User) -> None:
    page = alice.get(NEW).content.decode()
    word = page.split('name="kept_for" value="')[1].split('"')[0]
    token = page.split('name="form_token" value="')[1].split('"')[0]
    session = alice.session
    session["last_seen"] = 0
    session.save()
    answer = alice.post(NEW, form_data(alice_clerk, form_token=token, kept_for=word))
    assert answer["Location"].startswith("/accounts/login/?kept=1&next=")
    assert EntryDraft.objects.get().author == alice_clerk


@pytest.mark.parametrize("what", ["forged", "of another form", "locked"])
def test_a_word_that_is_not_ours_keeps_nothing(alice: Client, alice_clerk: User, what: str) -> None:
    page = alice.get(NEW).content.decode()
    word = page.split('name="kept_for" value="')[1].split('"')[0]
    token = page.split('name="form_token" value="')[1].split('"')[0]
    alice.logout()
    data = form_data(alice_clerk, form_token=token, kept_for=word)
    if what == "forged":
        data["kept_for"] = word[:-2] + "xx"
    elif what == "of another form":
        data["form_token"] = str(uuid.uuid4())
    else:
        User.objects.filter(pk=alice_clerk.pk).update(is_active=False)
    answer = alice.post(NEW, data)
    assert answer["Location"].startswith("/accounts/login/?next=")
    assert "登录已失效" in alice.get(answer["Location"]).content.decode()
    assert not EntryDraft.objects.exists()


def test_the_same_decision_in_another_form_leads_to_the_record(alice: Client, alice_clerk: User) -> None:
    alice.post(NEW, form_data(alice_clerk))
    answer = alice.post(NEW, form_data(alice_clerk))
    assert answer.status_code == 409
    assert f'href="/desk/records/{CreditRecord.objects.get().pk}/"' in answer.content.decode()


def test_a_refused_form_loses_nothing(alice: Client, alice_clerk: User) -> None:
    data = form_data(alice_clerk, CF_NR_FK="2000", CF_SY="")
    answer = alice.post(NEW, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_CF_SY"' in page
    assert 'value="2000"' in page
    assert "已保存的值" not in page, "nothing is said of a figure that is still being typed"
    assert "哈尔滨示例商贸有限公司" in page
    draft = EntryDraft.objects.get()
    assert draft.data["CF_XDR_MC"] == "哈尔滨示例商贸有限公司"
    again = alice.get(f"{NEW}?draft={draft.token}").content.decode()
    assert 'value="示市监罚〔2026〕1号"' in again
    data |= {"CF_NR_FK": "0.2", "CF_SY": "当事人销售超过保质期的食品。"}
    alice.post(NEW, data)
    assert CreditRecord.objects.count() == 1
    assert not EntryDraft.objects.exists()


def test_a_personal_number_is_never_sent_back_and_need_not_be_typed_again(alice: Client, alice_clerk: User) -> None:
    number = factories.valid_person_id(12)
    data = {
        **form_data(alice_clerk),
        **person_penalty(alice_clerk.department, number),
        "CF_CFLB": ["罚款"],
        "CF_SY": "",
    }
    refused = alice.post(NEW, data)
    assert refused.status_code == 422
    assert number not in refused.content.decode()
    assert f"{number[:6]}********{number[-4:]}" in refused.content.decode()
    assert number not in str(EntryDraft.objects.get().data)
    data |= {"CF_XDR_ZJHM": "", "CF_SY": "当事人销售超过保质期的食品。"}
    done = alice.post(NEW, data, follow=True)
    assert CreditRecord.objects.get().content["CF_XDR_ZJHM"]["masked"].startswith(number[:6])
    assert number not in done.content.decode()


def test_a_form_can_be_kept_and_thrown_away(alice: Client, alice_clerk: User) -> None:
    kept = alice.post(NEW, {**form_data(alice_clerk, CF_SY=""), "save": "1"})
    draft = EntryDraft.objects.get()
    assert str(draft.token) in kept.url
    assert "继续填写" in alice.get("/desk/records/new/").content.decode()
    assert "不能恢复" in alice.get(f"/desk/records/drafts/{draft.token}/discard/").content.decode()
    assert EntryDraft.objects.filter(pk=draft.pk).exists()
    alice.post(f"/desk/records/drafts/{draft.token}/discard/")
    assert not EntryDraft.objects.exists()


def test_nobody_opens_or_overwrites_the_draft_of_another(client: Client, alice_clerk: User) -> None:
    draft = factories.EntryDraftFactory(author=alice_clerk, department=alice_clerk.department)
    colleague = ClerkFactory(department=alice_clerk.department)
    client.force_login(colleague)
    assert client.get(f"{NEW}?draft={draft.token}").status_code == 404
    assert client.post(f"/desk/records/drafts/{draft.token}/discard/").status_code == 404
    data = {**form_data(colleague, CF_SY=""), "form_token": str(draft.token), "save": "1"}
    assert client.post(NEW, data).status_code == 403
    assert EntryDraft.objects.get().data == draft.data


def test_old_decisions_offer_the_old_kinds_of_penalty(alice: Client, alice_clerk: User) -> None:
    data = form_data(alice_clerk, CF_JDRQ="2020-01-05", CF_YXQ="2021-01-05", CF_CFLB="吊销许可证件")
    page = alice.post(NEW, data).content.decode()
    assert 'value="暂扣或者吊销许可证"' in page
    assert 'value="通报批评"' not in page


def test_editing_tells_the_second_editor(alice: Client, alice_clerk: User) -> None:
    alice.post(NEW, form_data(alice_clerk))
    record = CreditRecord.objects.get()
    page = alice.get(f"/desk/records/{record.pk}/edit/").content.decode()
    seen = re.search(r'name="version_seen" value="([^"]+)"', page).group(1)
    data = {**form_data(alice_clerk, CF_NR="罚款贰仟元。"), "version_seen": seen}
    assert alice.post(f"/desk/records/{record.pk}/edit/", data).status_code == 302
    late = alice.post(f"/desk/records/{record.pk}/edit/", data | {"form_token": str(uuid.uuid4()), "CF_NR": "别的"})
    assert late.status_code == 409
    assert "已被他人修改" in late.content.decode()
    record.refresh_from_db()
    assert record.content["CF_NR"] == "罚款贰仟元。"
    history = alice.get(f"/desk/records/{record.pk}/").content.decode()
    assert "<del>罚款人民币2000元。</del>" in history
    assert alice_clerk.full_name in history


def test_only_the_saved_amount_is_told_in_yuan(alice: Client, alice_clerk: User) -> None:
    alice.post(NEW, form_data(alice_clerk))
    address = f"/desk/records/{CreditRecord.objects.get().pk}/edit/"
    page = alice.get(address).content.decode()
    assert "已保存的值：0.2万元（2,000元）。" in page
    seen = re.search(r'name="version_seen" value="([^"]+)"', page).group(1)
    refused = alice.post(address, {**form_data(alice_clerk, CF_NR_FK="2000", CF_SY=""), "version_seen": seen})
    assert refused.status_code == 422
    assert "2,000万元" not in refused.content.decode()


def test_revoking_asks_for_day_and_reason(alice: Client, alice_clerk: User) -> None:
    alice.post(NEW, form_data(alice_clerk))
    record = CreditRecord.objects.get()
    address = f"/desk/records/{record.pk}/revoke/"
    assert alice.post(address, {"form_token": str(uuid.uuid4())}).status_code == 422
    early = {"form_token": str(uuid.uuid4()), "on": "2020-01-01", "reason": "复议决定撤销"}
    assert alice.post(address, early).status_code == 422
    assert alice.post(address, early | {"on": "2026-02-01"}).status_code == 302
    record.refresh_from_db()
    assert (record.status, record.revoked_reason) == ("revoked", "复议决定撤销")


def test_the_work_list_filters_and_exports_the_department_only(alice: Client, alice_clerk: User) -> None:
    mine = factories.CreditRecordFactory(authority=alice_clerk.department)
    other = factories.CreditRecordFactory()
    page = alice.get("/desk/records/").content.decode()
    assert mine.subject.name in page
    assert other.subject.name not in page
    assert mine.subject.name in alice.get("/desk/records/", {"q": mine.subject.name[2:6]}).content.decode()
    assert mine.subject.name in alice.get("/desk/records/", {"q": mine.subject.code}).content.decode()
    assert "没有符合条件的记录" in alice.get("/desk/records/", {"q": "北国风光"}).content.decode()
    assert "没有符合条件的记录" in alice.get("/desk/records/", {"since": "2027-01-01"}).content.decode()
    csv = b"".join(alice.get("/desk/records/?export=csv").streaming_content).decode()
    assert mine.document_number in csv
    assert other.document_number not in csv


def test_the_number_of_queries_of_the_list_does_not_grow(
    alice: Client, alice_clerk: User, django_assert_max_num_queries: object
) -> None:
    for _ in range(20):
        factories.CreditRecordFactory(authority=alice_clerk.department)
    with django_assert_max_num_queries(16):
        alice.get("/desk/records/")


def test_strangers_must_sign_in(client: Client) -> None:
    for address in ("/desk/records/", NEW, "/desk/subjects/", "/desk/merges/", "/desk/catalogue/"):
        assert client.get(address).status_code == 302


def test_the_code_is_checked_while_the_form_is_filled_in(alice: Client, alice_clerk: User) -> None:
    firm = factories.SubjectFactory()

    def told(code: str) -> str:
        return alice.post("/desk/records/code-check/", {"field": "CF_XDR_SHXYM", "CF_XDR_SHXYM": code}).content.decode()

    assert firm.name in told(firm.code.lower())
    assert "尚无该主体的档案" in told(factories.valid_code(909))
    assert "校验位不正确" in told(firm.code[:-1] + ("0" if firm.code[-1] != "0" else "1"))
    assert told("").strip() == told("00000000000000000X").strip() == ""
    number = factories.valid_person_id(3)
    assert number not in told(number)
    assert alice.get("/desk/records/code-check/").status_code == 405

"""The window page by page: the form, the answer, the paper, authorisations, the public list."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from lookups import base_data
from lookups.models import Authorisation, Query, ServiceWindow
from lookups.rules.questions import Outcome
from lookups.tests.factories import (
    ApprovalFactory,
    OneselfFactory,
    PurposeFactory,
    ServiceWindowFactory,
    SupervisionFactory,
    asked,
    duty_visit,
    own_visit,
)
from records.sealed_places import number_of
from records.tests.factories import PersonFactory, SubjectFactory, valid_person_id

pytestmark = pytest.mark.django_db
WINDOW = "/window/"


@pytest.fixture
def window(client, wendy_window):
    client.force_login(wendy_window)
    PurposeFactory()
    ApprovalFactory()
    OneselfFactory()
    return client


def sent(**more) -> dict[str, object]:
    return {"purpose": "own", "authority": "own", "identity_seen": "on", "visitor": "示例来访人"} | more


def test_a_scanned_licence_leads_to_the_answer(window):
    firm = SubjectFactory()
    scanned = f"https://example.invalid/licence?uniscid={firm.code}&x=1"
    answer = window.post(WINDOW, sent(q=scanned), follow=True)
    row = Query.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("lookups:result", args=[row.number])
    assert firm.name in answer.content.decode()
    assert (row.outcome, row.visitor) == (Outcome.ANSWERED, "示例来访人")


def test_several_fitting_firms_are_offered_and_one_query_is_one_row(window):
    one, _ = SubjectFactory(name="哈尔滨同名一号示例公司"), SubjectFactory(name="哈尔滨同名二号示例公司")
    page = window.post(WINDOW, sent(q="同名"))
    assert "1 哈尔滨同名一号示例公司" in page.content.decode()
    assert not Query.objects.exists()
    window.post(WINDOW, sent(q="同名", pick=f"file:{one.pk}"))
    assert Query.objects.get().subject == one


@pytest.mark.parametrize("pick", ["file:²", "file:-1", "file:99999999999999999999", "elsewhere"])
def test_a_choice_that_is_no_file_is_passed_over(window, pick):
    firm = SubjectFactory()
    assert window.post(WINDOW, sent(q=firm.code, pick=pick)).status_code == 302
    assert Query.objects.get().subject == firm


def test_what_is_missing_is_told_at_its_field_and_the_typed_text_stays(window):
    page = window.post(WINDOW, {"q": "示例公司"})
    assert page.status_code == 422
    assert 'value="示例公司"' in page.content.decode()
    assert "请选择查询目的" in page.content.decode()


def test_a_personal_number_is_never_written_into_the_page(window):
    number = valid_person_id(77)
    refused = window.post(WINDOW, sent(q=number, purpose="oneself", identity_seen=""))
    assert refused.status_code == 422
    assert number not in refused.content.decode()
    nobody = window.post(WINDOW, sent(q=number, purpose="oneself"))
    assert number not in nobody.content.decode()
    assert "本次查询已登记" in nobody.content.decode()


def test_the_answer_is_for_who_asked_and_for_half_an_hour(window, wendy_window, carol_credit_office):
    firm = SubjectFactory(registered_on=date(2020, 5, 6))
    row = asked(firm, by=wendy_window, visit=own_visit(purpose=PurposeFactory()))
    pages = [reverse(name, args=[row.number]) for name in ("lookups:result", "lookups:print")]
    for page in pages:
        told = window.get(page).content.decode()
        assert firm.code in told
        assert "2020年5月6日" in told
    window.force_login(carol_credit_office)
    assert [window.get(page).status_code for page in pages] == [404, 404]
    with time_machine.travel(row.at + timedelta(minutes=30), tick=False):
        window.force_login(wendy_window)
        assert [window.get(page).status_code for page in pages] == [404, 404]


def test_the_same_form_sent_twice_is_one_query(window):
    firm = SubjectFactory()
    given = sent(q=firm.code, form_token="7b0f0d0e-3c41-4f9a-9d53-0a1a1a1a1a1a")
    assert window.post(WINDOW, given).url == window.post(WINDOW, given).url
    assert Query.objects.count() == 1


def test_a_paper_is_taken_in_looked_at_and_taken_back(window):
    person = PersonFactory()
    today = timezone.localdate()
    given = {
        "q": number_of(person),
        "purpose": "oneself",
        "holder": "示例受托人",
        "valid_from": today,
        "ends_on": today,
        "paper": SimpleUploadedFile("授权书.pdf", b"%PDF-1.4\n%%EOF\n"),
    }
    page = window.post(reverse("lookups:authorisation-new"), given, follow=True)
    row = Authorisation.objects.get()
    assert row.number in page.content.decode()
    assert person.name not in page.content.decode()
    file = reverse("lookups:authorisation-file", args=[row.pk])
    assert window.post(file, {"purpose": "核对授权范围"}).content.startswith(b"%PDF")
    assert Query.objects.filter(way="lookups.authorisation", subject=person).exists()
    window.post(reverse("lookups:authorisation-end", args=[row.pk]), {"reason": "授权人撤回"})
    row.refresh_from_db()
    assert row.ended_on == today
    assert row.number in window.get(reverse("lookups:authorisations"), {"q": row.number[-6:]}).content.decode()


def test_who_looked_is_told_at_the_window_by_unit(window, wendy_window, carol_credit_office):
    firm = SubjectFactory()
    asked(firm, by=carol_credit_office, visit=duty_visit(purpose=ApprovalFactory()))
    asked(firm, by=carol_credit_office, visit=duty_visit(purpose=SupervisionFactory(), case_number="秘〔2026〕9号"))
    window.post(WINDOW, sent(q=firm.code))
    mine = Query.objects.order_by("-pk").first()
    page = window.get(reverse("lookups:result", args=[mine.number])).content.decode()
    assert carol_credit_office.department.name in page
    assert carol_credit_office.full_name not in page
    assert "哈审〔2026〕1号" in page
    assert "秘〔2026〕9号" not in page


def test_statistics_count_what_was_asked(window, wendy_window):
    asked(SubjectFactory(), by=wendy_window)
    assert "窗口查询 1 次" in window.get(reverse("lookups:statistics")).content.decode()


def test_the_public_list_invents_no_address(client):
    base_data.load()
    assert base_data.load() == []
    assert ServiceWindow.objects.count() == 19
    page = client.get("/windows/").content.decode()
    assert "道里区政务服务大厅信用服务窗口" in page
    assert page.count("待核") >= 19 * 3
    ServiceWindowFactory(
        name="已核实窗口", address="示例路1号", confirmed_on=date(2026, 11, 1), telephone="0451-12345678"
    )
    assert "0451-12345678" in client.get("/windows/").content.decode()

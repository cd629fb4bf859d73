"""The pages of visits: the desk's, the form for a phone, what the company sees."""

from __future__ import annotations

import hashlib
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.models import Case
from casework.rules.attachments import LARGEST
from companies.tests.factories import ActiveFactory
from companies.tests.factories import sign_in as as_company
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, ReviewerFactory
from credit_platform.audit.models import AuditEntry
from supervision.inspections.tests.factories import TODAY, ShareRowFactory, bureau
from supervision.inspections.visits.models import VisitCase
from supervision.inspections.visits.queries.teams import offered
from supervision.inspections.visits.tests.factories import PHOTO, authority, case_in, department_items, take

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]+)"', page).group(1)


@pytest.mark.parametrize("state", ["assigned", "notified", "inspecting", "entered", "reviewed", "follow_up", "settled"])
def test_every_state_has_its_page_and_its_forms(client, state):
    case = case_in(state)
    client.force_login(ReviewerFactory(department=case.department))
    page = client.get(reverse("visit:case", args=[case.pk]))
    assert page.status_code == 200
    found = set(re.findall(rf'href="(/desk/visits/{case.pk}/[a-z_]+/)"', page.content.decode()))
    assert found
    for address in found:
        assert client.get(address).status_code == 200, address
    assert case.number in text_of(client.get(reverse("visit:cases")))
    client.force_login(ReviewerFactory())
    assert client.get(reverse("visit:case", args=[case.pk])).status_code == 404


def test_a_drawn_firm_is_begun_from_the_list_and_the_notice_tells_the_cap(client):
    ShareRowFactory()
    at = bureau()
    task = at.drawn()
    drawn = task.objects_drawn.order_by("stratum", "place").first()
    client.force_login(at.clerk)
    waiting = reverse("visit:waiting")
    assert drawn.subject.name in text_of(client.get(waiting))
    look = AuditEntry.objects.filter(verb="inspections.drawn").latest("pk")
    assert (look.actor_id, look.object_label) == (at.clerk.pk, task.number), "nobody has been told yet"
    here = client.post(reverse("visit:begin", args=[task.parts.get().pk, drawn.pk]))["Location"]
    case = Case.objects.get(pk=VisitCase.objects.get(object=drawn).pk)
    assert drawn.subject.name not in text_of(client.get(waiting))
    client.force_login(at.second)
    assert case.number in text_of(client.get(here))
    form = text_of(client.get(reverse("visit:step", args=[case.pk, "notify"])))
    assert "本次是本年度第1次" in form
    assert "可以在检查开始前申请回避" in form
    assert all(each.name in form for each in offered(case.own))


def test_whom_the_draw_has_picked_the_credit_office_reads_from_the_notice_on(client):
    office = CreditOfficeFactory()
    for state, status in (("assigned", 404), ("notified", 200)):
        client.force_login(office)
        assert client.get(reverse("visit:case", args=[case_in(state).pk])).status_code == status


def test_an_inspection_outside_the_draw_is_begun_by_form(client):
    department = authority()
    subject = case_in("assigned", department=department).subject
    client.force_login(ClerkFactory(department=department))
    items = [str(entry.item_id) for entry in department_items(department)]
    sent = {"code": subject.code, "exempt": "media", "ground": "媒体报道。", "items": items}
    address = reverse("visit:outside")
    assert client.post(address, sent | {"code": "91230102MA1B00017U"}).status_code == 422
    assert client.post(address, sent | {"items": []}).status_code == 422
    page = client.get(client.post(address, sent)["Location"])
    assert "媒体曝光" in text_of(page)


def test_the_form_of_a_phone_is_sent_once_with_photos_that_are_what_was_taken(client):
    case = case_in("inspecting")
    client.force_login(ClerkFactory(department=case.department))
    address = reverse("visit:form", args=[case.pk])
    page = client.get(address).content.decode()
    row = case.own.items.get()
    sent = {
        f"result_{row.pk}": "ordered",
        f"finding_{row.pk}": "过期食品三件。",
        "account": "到店检查。",
        "ended_on": TODAY.isoformat(),
        "form_token": hidden(page, "form_token"),
        "version_seen": hidden(page, "version_seen"),
    }

    def send(digest: str):
        photo = SimpleUploadedFile("a.png", PHOTO.data, "image/png")
        return client.post(address, sent | {"photos": photo, "digests": json.dumps({"a.png": digest})})

    assert client.post(address, sent | {f"finding_{row.pk}": ""}).status_code == 422
    assert send("0" * 64).status_code == 422
    first = send(hashlib.sha256(PHOTO.data).hexdigest())
    again = send(hashlib.sha256(PHOTO.data).hexdigest())
    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"]
    assert Case.objects.get(pk=case.pk).attachments.count() == 1
    assert AuditEntry.objects.filter(verb="inspections.visits.enter").count() == 1
    assert client.get(address).status_code == 302, "there is nothing to fill in any more"


def test_what_was_sent_back_is_mended_from_what_was_written(client):
    case = take(case_in("entered"), "return")
    client.force_login(ClerkFactory(department=case.department))
    page = text_of(client.get(reverse("visit:form", args=[case.pk])))
    assert all(words in page for words in ("到店检查。", "货架上有过期食品。", 'value="pending" selected'))


@pytest.mark.parametrize("digests", ["[" * 3000, "[1]", "null", '{"a.png": 1}'])
def test_what_is_no_digest_is_left_out(client, digests):
    case = case_in("inspecting")
    client.force_login(ClerkFactory(department=case.department))
    row, address = case.own.items.get(), reverse("visit:form", args=[case.pk])
    sent = {f"result_{row.pk}": "clean", "account": "到店检查。", "ended_on": TODAY.isoformat(), "digests": digests}
    page = client.get(address).content.decode()
    assert client.post(address, sent | {"version_seen": hidden(page, "version_seen")}).status_code == 302


def test_a_photo_that_is_too_large_is_refused_for_its_size(client):
    case = case_in("inspecting")
    client.force_login(ClerkFactory(department=case.department))
    row, address = case.own.items.get(), reverse("visit:form", args=[case.pk])
    data = PHOTO.data + bytes(LARGEST)
    digests = json.dumps({"a.png": hashlib.sha256(data).hexdigest()})
    sent = {f"result_{row.pk}": "clean", "account": "到店检查。", "ended_on": TODAY.isoformat(), "digests": digests}
    sent |= {"version_seen": hidden(client.get(address).content.decode(), "version_seen")}
    page = client.post(address, sent | {"photos": SimpleUploadedFile("a.png", data, "image/png")})
    assert (page.status_code, "文件超过10兆字节" in text_of(page)) == (422, True)


def test_the_company_reads_its_visits_and_asks_for_recusal(client):
    case = case_in("notified")
    as_company(client, ActiveFactory(subject=case.subject))
    assert case.department.name in text_of(client.get(reverse("visit:my-history")))
    address = reverse("visit:my-visit", args=[case.pk])
    someone = offered(case.own).first()
    sent = {"inspector": someone.pk, "ground": "interest", "account": "有债务纠纷。"}
    assert someone.card_number not in text_of(client.get(address))
    assert client.post(address, sent | {"account": ""}).status_code == 422
    assert client.post(address, sent).status_code == 302
    assert "有债务纠纷。" in text_of(client.get(address))
    as_company(client, ActiveFactory())
    assert client.get(address).status_code == 404


def test_the_company_reads_its_result_when_it_is_public_and_no_sooner(client):
    case = case_in("reviewed")
    as_company(client, ActiveFactory(subject=case.subject))
    address = reverse("visit:my-visit", args=[case.pk])
    assert "货架上有过期食品" not in text_of(client.get(address))
    take(case, "publish")
    assert "货架上有过期食品" in text_of(client.get(address))


def test_the_paper_of_the_result_says_what_was_found(client):
    case = case_in("reviewed")
    client.force_login(ReviewerFactory(department=case.department))
    page = text_of(client.get(reverse("visit:print", args=[case.pk, "decision"])))
    assert "检查结果告知书" in page
    assert "货架上有过期食品" in page
    assert case.own.first_inspector.name not in page


def test_the_figures_and_the_worker_have_their_pages(client):
    case = case_in("clean")
    client.force_login(ReviewerFactory(department=case.department))
    assert case.department.label in text_of(client.get(reverse("visit:figures")))
    script = client.get(reverse("visit:worker"))
    assert script["Content-Type"].startswith("text/javascript")
    assert "/static/js/visit.js" in script.content.decode()

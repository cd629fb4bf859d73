"""The pages of corrections: from the record to the order, the company's own, what others do not see."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.models import Case
from companies.tests.factories import ActiveFactory
from credit_platform.accounts.tests.factories import ClerkFactory, ReviewerFactory
from sanctions.corrections.tests.factories import DEMANDS, FACTS, case_in, finding

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def sign_in(client):
    def as_one(user):
        client.force_login(user)
        return client

    return as_one


def test_from_the_record_a_clerk_begins_a_case(sign_in):
    record = finding()
    client = sign_in(ClerkFactory(department=record.source_department))
    address = reverse("correction:new", args=[record.pk])
    assert address in text_of(client.get(reverse("records:record", args=[record.pk])))
    assert client.post(address, {"facts": "", "demands": DEMANDS}).status_code == 422
    answer = client.post(address, {"facts": FACTS, "demands": DEMANDS})
    assert answer.status_code == 302
    page = text_of(client.get(answer["Location"]))
    assert FACTS in page
    assert address not in text_of(client.get(reverse("records:record", args=[record.pk])))


def test_another_department_finds_neither_the_case_nor_the_way_to_one(sign_in):
    case = case_in("failing")
    client = sign_in(ReviewerFactory())
    assert client.get(reverse("correction:case", args=[case.pk])).status_code == 404
    assert client.get(reverse("correction:new", args=[case.own.found_id])).status_code in (403, 404)


@pytest.mark.parametrize(
    "state", ["drafted", "ordered", "served", "failing", "invited", "interviewed", "settled", "annulled"]
)
def test_every_state_has_its_page_and_its_forms(sign_in, state):
    case = case_in(state)
    client = sign_in(ReviewerFactory(department=case.department))
    page = client.get(reverse("correction:case", args=[case.pk]))
    assert page.status_code == 200
    for address in set(re.findall(rf'href="(/desk/corrections/{case.pk}/[a-z_]+/)"', page.content.decode())):
        assert client.get(address).status_code == 200, address


def test_the_talk_is_registered_by_form(sign_in):
    case = case_in("invited")
    client = sign_in(ReviewerFactory(department=case.department))
    sent = {
        "on": case.own.talk_on.isoformat(), "attended": "赵某某", "minutes": "问答。", "promise": "补齐。", "days": "5",
        "version_seen": str(case.version),
    }  # fmt: skip
    address = reverse("correction:step", args=[case.pk, "interview"])
    assert client.post(address, sent).status_code == 422, "the signed minutes are missing"
    signed = SimpleUploadedFile("笔录.pdf", b"%PDF-1.4\n%%EOF\n")
    assert client.post(address, sent | {"attachments": signed}).status_code == 302
    assert Case.objects.get(pk=case.pk).state == "interviewed"


def test_the_list_goes_out_as_a_file(sign_in):
    case = case_in("interviewed")
    client = sign_in(ReviewerFactory(department=case.department))
    body = b"".join(client.get(reverse("correction:cases") + "?export=csv").streaming_content).decode("utf-8-sig")
    assert "提示约谈" in body


def test_the_company_reads_its_order_and_reports(client, monkeypatch):
    from casework.tests.conftest import at
    from companies.tests.factories import sign_in as as_company

    case = case_in("served")
    at(case.hearing.until, monkeypatch)
    account = ActiveFactory(subject=case.subject)
    as_company(client, account)
    mine = client
    page = text_of(mine.get(reverse("correction:my-case", args=[case.pk])))
    assert "请在期限内整改并报告" in page
    assert "责令整改" in text_of(mine.get(reverse("companies:home")))
    address = reverse("correction:my-response", args=[case.pk])
    assert mine.post(address, {"statement": "", "final": "on"}).status_code == 422
    assert mine.post(address, {"statement": "已补齐。", "final": "on"}).status_code == 302
    assert "已补齐。" in text_of(mine.get(reverse("correction:my-case", args=[case.pk])))
    as_company(client, ActiveFactory())
    assert client.get(reverse("correction:my-case", args=[case.pk])).status_code == 404

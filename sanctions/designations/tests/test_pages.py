"""The pages of a listing: from the proposal to both papers, a person named, the company that answers."""

from __future__ import annotations

import pytest
from django.urls import reverse

from companies.tests.factories import ActiveFactory, sign_in
from credit_platform.accounts.tests.factories import ClerkFactory, ReviewerFactory
from records.tests.factories import SubjectFactory, valid_person_id
from sanctions.designations.models import DesignationCase
from sanctions.designations.tests.factories import case_in, proposed
from sanctions.lists.tests.factories import SeriousListFactory, WaitingListFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def get(client, name: str, *args, status: int = 200) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == status
    return answer.content.decode()


def test_a_case_is_proposed_on_a_list_in_force_only(client):
    row, waiting = SeriousListFactory(name="施行名单"), WaitingListFactory(name="等待名单")
    firm, clerk = SubjectFactory(), ClerkFactory()
    client.force_login(clerk)
    page = get(client, "designation:propose")
    assert "施行名单" in page
    assert "等待名单" not in page
    sent = {
        "credit_list": row.pk, "code": firm.code, "conduct_on": "2026-06-01", "facts": "经查属实。", "basis": "《示例办法》第五条", "months": "",
    }  # fmt: skip
    address = reverse("designation:propose")
    refused = client.post(address, sent | {"credit_list": waiting.pk})
    assert refused.status_code == 422
    unknown = client.post(address, sent | {"code": "91230102MA1B00017U"})
    assert unknown.status_code == 422
    assert "没有这个统一社会信用代码的主体" in unknown.content.decode()
    made = client.post(address, sent)
    assert made.status_code == 302
    assert DesignationCase.objects.get().case.subject == firm


def test_the_decision_is_shown_before_it_takes_effect_and_its_papers_are_printed(client):
    case = case_in("determined")
    client.force_login(ReviewerFactory(department=case.department))
    form = get(client, "designation:step", case.pk, "decide")
    assert "信用修复告知书内容" in form
    assert "不收取任何费用" in form
    decided = case_in("decided")
    client.force_login(ReviewerFactory(department=decided.department))
    assert "《信用修复告知书》" in get(client, "designation:print", decided.pk, "decision")
    assert "列入名单事先告知书" in get(client, "designation:print", decided.pk, "notice")
    paper = client.get(reverse("designation:repair-notice", args=[decided.pk]))
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    assert decided.own.repair_number in get(client, "designation:case", decided.pk)


def test_before_the_decision_there_is_no_notice_on_repair(client):
    case = case_in("determined")
    client.force_login(ReviewerFactory(department=case.department))
    get(client, "designation:repair-notice", case.pk, status=404)


def test_a_person_is_named_by_a_form_that_gives_no_number_back(client):
    case, number = proposed(), valid_person_id(7)
    client.force_login(case.drafted_by)
    sent = {
        "name": "王小明", "id_type": "身份证", "id_number": number, "post": "head", "since": "2024-01-01", "until": "", "part": "负有直接责任。",
    }  # fmt: skip
    address = reverse("designation:person", args=[case.pk])
    again = client.post(address, sent | {"since": "2026-10-01"})
    assert again.status_code == 422
    assert number not in again.content.decode()
    made = client.post(address, sent)
    assert made.status_code == 302
    own = DesignationCase.objects.get(firm=case.own)
    page = get(client, "designation:case", own.pk)
    assert "主要负责人" in page
    assert number not in page
    assert "王小明" in get(client, "designation:case", case.pk)


def test_the_company_reads_answers_and_takes_its_notice_on_repair_along(client):
    case = case_in("served")
    account = ActiveFactory(subject=case.subject)
    sign_in(client, account)
    page = get(client, "designation:my-case", case.pk)
    assert "可以陈述和申辩" in page
    sent = {"statement": "已经支付。", "final": "on"}
    assert client.post(reverse("designation:my-response", args=[case.pk]), sent).status_code == 302
    case.refresh_from_db()
    assert case.hearing.statement == "已经支付。"
    get(client, "designation:my-repair-notice", case.pk, status=404)


def test_others_cases_are_not_there(client):
    case = case_in("served")
    sign_in(client, ActiveFactory())
    get(client, "designation:my-case", case.pk, status=404)
    client.force_login(ClerkFactory())
    get(client, "designation:case", case.pk, status=404)

"""The pages: a visitor's, a company's, a member of staff's; the entrance that checks."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from companies.tests.factories import ActiveFactory, sign_in
from credit_platform.accounts.tests.factories import ClerkFactory, WindowClerkFactory
from credit_platform.web import counter
from credit_platform.web.counter import Slip
from reports import actions
from reports.models import Report, ShareOpening
from reports.tests.factories import company, issued, item

pytestmark = pytest.mark.usefixtures("hall")


def text(answer) -> str:
    return answer.content.decode()


def test_a_visitor_has_a_report_made_takes_it_and_checks_it(client):
    shown = item()
    page = text(client.get(reverse("reports:new"), {"code": shown.subject.code}))
    assert shown.subject.code in page
    assert "免费" in page
    answer = client.post(
        reverse("reports:new"), {"code": f" {shown.subject.code.lower()} ", "purpose": "tender"}, follow=True
    )
    report = Report.objects.get()
    assert report.number in text(answer)
    file = client.get(answer.request["PATH_INFO"] + "file/")
    assert file["Content-Type"] == "application/pdf"
    assert "no-store" in file["Cache-Control"]
    assert file.content == actions.file_of(report)
    upload = SimpleUploadedFile("报告.pdf", file.content)
    assert "真实，未被改动" in text(client.post("/reports/verify/", {"file": upload}))
    assert "未通过核对" in text(client.post("/reports/verify/", {"number": report.number, "code": "AAAAAAAA"}))


def test_the_address_in_the_qr_code_tells_at_once(client):
    made = issued()
    answer = client.get("/reports/verify/", {"number": made.report.number, "code": made.code})
    assert "真实，未被改动" in text(answer)
    assert made.report.subject.name in text(answer)
    assert answer["Cache-Control"].startswith("max-age=0") or "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"code": "91230102MA18NOBODY", "purpose": "tender"}, "没有查到这个代码的主体"),
        ({"code": "", "purpose": ""}, "统一社会信用代码"),
        ({"code": "x", "purpose": "nothing"}, "用途"),
    ],
)
def test_a_wrong_question_is_told_and_kept(client, given, told):
    answer = client.post(reverse("reports:new"), given)
    assert (answer.status_code, Report.objects.count()) == (422, 0)
    assert told in text(answer)


def test_the_tenth_report_in_ten_minutes_is_the_last_one(client):
    shown = item()
    given = {"code": shown.subject.code, "purpose": "tender"}
    answers = [client.post(reverse("reports:new"), given, REMOTE_ADDR="203.0.113.77") for _ in range(11)]
    assert [each.status_code for each in answers] == [302] * 10 + [429]


def test_a_company_shares_its_report_sees_who_took_it_and_ends_the_link(client):
    shown = item()
    sign_in(client, company(shown.subject))
    client.post(reverse("reports:my-new"), {"purpose": "trade"})
    report = Report.objects.get()
    assert client.get(reverse("reports:my-file", args=[report.number])).content.startswith(b"%PDF")
    answer = client.post(
        reverse("reports:my-share", args=[report.number]), {"receiver": "示例银行", "until": "2026-12-01"}, follow=True
    )
    address, code = (
        re.search(r"/reports/shared/[^<]+", text(answer))[0],
        re.search(r'<strong class="code">(\w{8})<', text(answer))[1],
    )
    page = reverse("reports:my-report", args=[report.number])
    assert code not in text(client.get(page)), "shown once"
    visitor = type(client)()
    assert visitor.get(address).status_code == 200
    wrong = visitor.post(address, {"code": "AAAAAAAA"})
    assert (wrong.status_code, ShareOpening.objects.count()) == (422, 0)
    assert visitor.post(address, {"code": code.lower()}).content == actions.file_of(report)
    assert "1 次" in text(client.get(page))
    client.post(reverse("reports:my-share-end", args=[report.number, report.shares.get().pk]))
    assert "已失效" in text(visitor.post(address, {"code": code}))
    assert "已停用" in text(client.get(page))


def test_a_company_sees_nothing_of_another(client):
    report = issued(item().subject).report
    sign_in(client, ActiveFactory())
    for name in ("my-report", "my-file", "my-share"):
        assert client.get(reverse(f"reports:{name}", args=[report.number])).status_code == 404


@pytest.mark.parametrize(("make", "channel"), [(ClerkFactory, "desk"), (WindowClerkFactory, "window")])
def test_staff_have_one_made_for_a_case_and_find_it_again(client, make, channel):
    shown, user = item(), make()
    client.force_login(user)
    given = {"code": shown.subject.code, "purpose": "approval", "matter": "资质核准", "case_number": "示办〔2026〕2号"}
    assert client.post(reverse("reports:desk-new"), given | {"case_number": ""}).status_code == 422
    answer = client.post(reverse("reports:desk-new"), given, follow=True)
    report = Report.objects.get()
    assert (report.channel, report.matter) == (channel, "资质核准")
    assert "示办〔2026〕2号" in text(answer)
    listed = text(client.get(reverse("reports:list"), {"code": shown.subject.code}))
    assert report.number in listed
    assert "没有符合条件的报告" in text(client.get(reverse("reports:list"), {"channel": "public"}))
    assert client.get(reverse("reports:list"), {"since": "昨天"}).status_code == 422
    assert client.get(reverse("reports:file", args=[report.number])).content.startswith(b"%PDF")


def test_the_schema_and_the_certificates_are_published(client):
    assert client.get(reverse("reports:certificates")).status_code == 404
    issued()
    assert json.loads(client.get(reverse("reports:schema")).content)["title"] == "公共信用信息报告"
    assert text(client.get(reverse("reports:certificates"))).startswith("-----BEGIN CERTIFICATE-----")


def test_the_window_goes_on_to_a_report_with_all_filled_in(client):
    shown = item()
    user = WindowClerkFactory()
    client.force_login(user)
    slip = Slip("CX261123000001", shown.subject_id, shown.subject.code, False, "self", frozenset())
    offer = next(each for each in counter.offers(counter.Kind.PRINT, slip, user) if each.label == "信用报告")
    form = client.get(offer.url).context["form"]
    given = {name: form[name].value() for name in ("code", "purpose", "matter", "case_number")}
    assert client.post(reverse("reports:desk-new"), given).status_code == 302
    assert Report.objects.get().case_number == "CX261123000001"
    person = Slip("CX261123000002", 1, "", True, "self", frozenset())
    assert "信用报告" not in [each.label for each in counter.offers(counter.Kind.PRINT, person, user)]

"""Reports of other regions: genuine, unknown, altered, continued, forged, without a seal; opened where they can do no harm, shown beside ours."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from credit_platform import vault
from credit_platform.accounts.tests.factories import AuditorFactory, ClerkFactory, SystemAdminFactory
from credit_platform.confined.refusals import FileRefused
from credit_platform.errors import Forbidden, Refused
from credit_platform.pdf import PRODUCER
from records.tests.factories import PersonFactory
from reports import actions as reports
from reports.models import ForeignReport, ReportIssuer, ReportLayout
from reports.papers import paper_of
from reports.papers.page import rendered
from reports.papers.seal import seal
from reports.queries.gathering import content_of
from reports.region.queries import ours_beside, side_by_side
from reports.region.rules import Seal
from reports.tests.factories import TODAY, issued, item, taken_in
from reports.tests.test_papers import PLACES
from reports.tests.test_rules import ISSUE

pytestmark = pytest.mark.usefixtures("hall")
THEIRS = replace(ISSUE, issuer="示例省公共信用信息中心")


@pytest.fixture
def their_seal(settings, tmp_path):
    """From now on papers bear the seal of another platform; its certificate."""
    settings.REPORT_SEAL_FILE = tmp_path / "theirs.pem"
    return seal().pem


def their_paper(subject, issue=THEIRS) -> bytes:
    content = content_of(subject, ReportLayout.objects.get(code="national-2022").layout, TODAY)
    return paper_of(content, issue, PLACES).file


def known(pem: str, **more) -> ReportIssuer:
    made = ReportIssuer(
        **{
            "code": "jl",
            "name": THEIRS.issuer,
            "region": "吉林省",
            "certificate": pem,
            "basis": "示例依据",
            "valid_from": TODAY,
        }
        | more
    )
    made.full_clean()
    made.save()
    return made


def words(row: ForeignReport) -> str:
    return " ".join(each["text"] for each in row.findings)


def test_a_seal_that_was_entered_is_known_and_another_is_not(their_seal, settings):
    shown = item()
    data = their_paper(shown.subject)
    row = taken_in(shown.subject, data)
    assert (row.seal, row.issuer) == (Seal.UNKNOWN, None)
    assert "没有在本平台登记" in words(row)
    issuer = known(their_seal)
    row = taken_in(shown.subject, data)
    assert (row.seal, row.issuer) == (Seal.KNOWN, issuer)
    assert row.twin["number"] == THEIRS.number
    assert vault.read(row.path) == data
    assert all(data not in each.read_bytes() for each in settings.MEDIA_ROOT.rglob("*") if each.is_file()), "in clear"


def test_the_day_before_and_after_its_days_an_issuer_recognises_nothing(their_seal, clock):
    shown = item()
    data = their_paper(shown.subject)
    known(their_seal, valid_until=TODAY)
    assert taken_in(shown.subject, data).seal == Seal.KNOWN
    clock(TODAY.replace(day=24))
    assert taken_in(shown.subject, data).seal == Seal.UNKNOWN


@pytest.mark.parametrize("place", [0.2, 0.5])
def test_a_changed_byte_is_told(their_seal, place):
    shown = item()
    known(their_seal)
    data = bytearray(their_paper(shown.subject))
    at = data.index(b"stream\n", int(len(data) * place)) + 20
    data[at] ^= 1
    row = taken_in(shown.subject, bytes(data))
    assert row.seal == Seal.ALTERED
    assert "被改动" in words(row)
    assert "只能作为提交人的说法" in words(row)


def test_what_stands_after_the_signed_bytes_is_told(their_seal):
    shown = item()
    known(their_seal)
    row = taken_in(shown.subject, their_paper(shown.subject) + b"\n% one more line\n%%EOF\n")
    assert row.seal == Seal.CONTINUED


def test_another_province_s_plain_pdf_is_stored_and_told_as_that():
    shown = item()
    content = content_of(shown.subject, ReportLayout.objects.get(code="national-2022").layout, TODAY)
    row = taken_in(shown.subject, rendered(content, THEIRS, PLACES))
    assert (row.seal, row.twin) == (Seal.NONE, None)
    assert "没有附数据文件" in words(row)


def test_one_that_claims_to_be_ours_is_told_as_forged(their_seal):
    shown = item()
    row = taken_in(shown.subject, their_paper(shown.subject, replace(ISSUE, issuer=PRODUCER)))
    assert row.findings[0]["tone"] == "serious"
    assert "伪造" in row.findings[0]["text"]


def test_ours_is_checked_elsewhere():
    shown = item()
    with pytest.raises(Refused, match="本平台出具"):
        taken_in(shown.subject, reports.file_of(issued(shown.subject).report))


def test_a_file_that_would_act_by_itself_is_told_and_does_nothing():
    shown = item()
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        pdf.save(out)
    assert "自动执行" in words(taken_in(shown.subject, out.getvalue()))


@pytest.mark.parametrize("data", [b"", b"no pdf", b"%PDF-1.7\n garbage", b"PK\x03\x04"])
def test_what_is_no_pdf_is_refused_and_nothing_is_left(data, settings):
    shown = item()
    with pytest.raises(FileRefused):
        taken_in(shown.subject, data)
    assert not ForeignReport.objects.exists()
    assert not [each for each in settings.MEDIA_ROOT.rglob("*") if each.is_file()]


def test_a_person_s_report_is_not_taken_in_and_who_only_administers_takes_none():
    with pytest.raises(Refused, match="法人"):
        taken_in(PersonFactory(), b"%PDF-1.7")
    with pytest.raises(Forbidden):
        taken_in(item().subject, b"%PDF-1.7", by=SystemAdminFactory())


def test_a_certificate_that_cannot_be_read_recognises_nothing():
    with pytest.raises(ValidationError, match="证书"):
        known("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")


def test_it_stands_beside_ours_chapter_by_chapter(client, their_seal):
    shown, clerk = item(), ClerkFactory()
    known(their_seal)
    client.force_login(clerk)
    file = SimpleUploadedFile("报告.pdf", their_paper(shown.subject))
    given = {"code": shown.subject.code, "matter": "工程招标", "case_number": "示招〔2026〕9号"}
    assert client.post(reverse("reports:foreign-new"), given).status_code == 422
    page = client.post(reverse("reports:foreign-new"), given | {"file": file}, follow=True).content.decode()
    row = ForeignReport.objects.get()
    assert "签章有效" in page
    assert page.count(shown.document_number) == 2
    lines = {each.title: (each.theirs, each.ours) for each in side_by_side(row, ours_beside(row, TODAY))}
    assert lines["行政管理信息"] == (1, 1)
    assert client.get(reverse("reports:foreign-file", args=[row.number])).content.startswith(b"%PDF")
    assert row.number in client.get(reverse("reports:foreign"), {"seal": "known"}).content.decode()
    assert row.number not in client.get(reverse("reports:foreign"), {"seal": "none"}).content.decode()
    client.force_login(ClerkFactory())
    assert client.get(reverse("reports:foreign-one", args=[row.number])).status_code == 404
    client.force_login(AuditorFactory())
    assert client.get(reverse("reports:foreign-one", args=[row.number])).status_code == 200

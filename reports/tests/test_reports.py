"""Who has a report made, what is in it, what is said of it later."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from companies.tests.factories import ActiveFactory
from credit_platform.accounts.tests.factories import (
    AuditorFactory,
    ClerkFactory,
    CreditOfficeFactory,
    WindowClerkFactory,
)
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from disclosure import actions as publication
from disclosure.public.verifiers import verified
from disclosure.tests.factories import EndedFactory, RepairedFactory, SuspendedFactory, WithdrawnFactory, severe_penalty
from lookups.retention.actions import dispose_due
from records.tests.factories import PersonFactory
from reports import actions
from reports.models import Report, ReportCertificate, ReportLayout, ShareOpening
from reports.papers.archive import twin_of
from reports.papers.seal import holds
from reports.queries.issued import reports_for, share_of
from reports.rules.states import State
from reports.tests.factories import SITE, asked, company, issued, item

pytestmark = pytest.mark.usefixtures("hall")


def kept(folder) -> list[Path]:
    return [each for each in Path(folder).rglob("*") if each.is_file()]


def told(report: Report) -> dict:
    return json.loads(twin_of(actions.file_of(report)))


def fields(report: Report) -> str:
    return json.dumps(told(report)["chapters"], ensure_ascii=False)


def test_everybody_gets_the_report_of_a_firm_and_it_is_on_record():
    shown = item()
    made = issued(shown.subject)
    report = made.report
    assert report.issued_at == timezone.now()
    assert report.valid_until == date(2027, 2, 23)
    assert report.keep_until == date(2031, 11, 23)
    assert shown.document_number in fields(report)
    assert report.items == 1
    data = told(report)
    assert data["subject"]["code"] == shown.subject.code
    assert {"word": "行政管理", "items": 1} in data["summary"]
    assert hashlib.sha256(actions.file_of(report)).hexdigest() == report.sha256
    assert holds(actions.file_of(report), ReportCertificate.objects.get().pem)
    entry = AuditEntry.objects.get(verb="reports.issue")
    assert entry.detail["sha256"] == report.sha256
    assert made.code not in str(AuditEntry.objects.values_list("detail", flat=True))
    assert made.code not in str(Report.objects.values().get(pk=report.pk)), "the code is printed and kept nowhere"


@pytest.mark.parametrize("factory", [EndedFactory, RepairedFactory, SuspendedFactory, WithdrawnFactory])
def test_what_the_public_does_not_see_is_not_in_it(factory):
    shown = item()
    hidden = factory(record=severe_penalty(subject=shown.subject))
    report = issued(shown.subject).report
    assert hidden.document_number not in fields(report)
    assert shown.document_number in fields(report)


def test_an_item_that_is_objected_to_bears_its_mark():
    shown = item(marks=["objection"])
    assert "异议处理中" in fields(issued(shown.subject).report)


@pytest.mark.parametrize("make", [ClerkFactory, WindowClerkFactory, CreditOfficeFactory])
def test_staff_tell_matter_and_case(make):
    user, subject = make(), item().subject
    report = issued(subject, by=user).report
    assert (report.department, report.asked_by, report.case_number) == (user.department, user, "示办〔2026〕1号")
    with pytest.raises(Refused) as refused:
        issued(subject, by=user, matter=" ", case_number="")
    assert [each.field for each in refused.value.findings] == ["matter", "case_number"]


def test_who_may_not(hall):
    subject = item().subject
    with pytest.raises(Forbidden):
        issued(subject, by=AuditorFactory())
    other = ActiveFactory()
    with pytest.raises(Forbidden, match="本单位"):
        issued(subject, by=other)
    with pytest.raises(Refused, match="没有可以出具报告的主体"):
        issued(PersonFactory())
    assert Report.objects.count() == 0


def test_a_company_sees_its_own_and_staff_those_of_their_department():
    subject = item().subject
    mine, clerk = issued(subject, by=company(subject)).report, ClerkFactory()
    theirs = issued(subject, by=clerk).report
    assert list(reports_for(clerk)) == [theirs]
    assert not reports_for(ClerkFactory()).exists()
    assert set(reports_for(CreditOfficeFactory())) == {mine, theirs}


def test_without_a_layout_in_force_or_with_a_purpose_out_of_use_there_is_none(settings):
    subject, given = item().subject, asked()
    given.purpose.is_active = False
    with pytest.raises(Refused, match="用途已停用"):
        actions.issue(subject, given, site=SITE)
    ReportLayout.objects.update(valid_until=date(2026, 11, 22))
    with pytest.raises(Refused, match="没有启用的报告版式"):
        issued(subject)
    assert kept(settings.MEDIA_ROOT) == []


def test_no_audit_no_report_and_no_file_left(monkeypatch, settings):
    subject = item().subject

    def fails(*_args, **_more):
        raise RuntimeError("the trail cannot be written")

    monkeypatch.setattr("reports.actions.issuing.audit.record", fails)
    with pytest.raises(RuntimeError):
        issued(subject)
    assert Report.objects.count() == 0
    assert kept(settings.MEDIA_ROOT) == []


class TestVerifying:
    def test_number_and_code(self):
        made = issued()
        for text in (
            f"{made.report.number} {made.code}",
            f"{made.report.number.lower()}  {made.code.lower()}\n",
            f"{SITE}?number={made.report.number}&code={made.code}",
        ):
            verdict = verified(text.encode())
            assert verdict.genuine
            assert ("状态", "有效") in verdict.pairs
            assert verdict.notes == []

    @pytest.mark.parametrize("code", ["AAAAAAAA", ""])
    def test_a_guess_tells_nothing_about_the_number(self, code):
        made = issued()
        known = verified(f"{made.report.number} {code}".encode())
        unknown = verified(f"20261123100000ZZZZZZZZ {code}".encode())
        assert not known.genuine
        assert (known.text, known.pairs) == (unknown.text, unknown.pairs)

    def test_the_file_itself(self):
        made = issued()
        verdict = verified(actions.file_of(made.report))
        assert verdict.genuine
        assert "完全相同" in verdict.text

    def test_a_changed_a_continued_and_a_foreign_file(self):
        made = issued()
        file = actions.file_of(made.report)
        middle = len(file) // 2
        assert "已被改动" in verified(file[:middle] + b"x" + file[middle + 1 :]).text
        assert "被追加了内容" in verified(file + b"\n%%EOF more").text
        foreign = file.replace(made.report.number.encode(), b"20250101000000ZZZZZZZZ")
        assert "不是本平台的" in verified(foreign).text
        assert verified(b"%PDF-1.7 nothing of ours") is None

    def test_the_twin_and_a_forged_twin(self):
        made = issued()
        data = twin_of(actions.file_of(made.report))
        assert verified(data).genuine
        assert verified(json.dumps(json.loads(data), ensure_ascii=False, indent=2).encode()).genuine, (
            "written in another way it is the same"
        )
        forged = json.loads(data)
        forged["summary"][0]["items"] = 0
        assert not verified(json.dumps(forged).encode()).genuine
        assert not verified(b'{"format":"credit-report/1","number":[1]}').genuine
        assert not verified(b'{"format":"credit-report/1"').genuine

    @pytest.mark.parametrize(
        ("day", "expired"), [(date(2027, 2, 22), False), (date(2027, 2, 23), False), (date(2027, 2, 24), True)]
    )
    def test_past_its_last_day_it_is_genuine_and_expired(self, clock, day, expired):
        made = issued()
        clock(day)
        verdict = verified(f"{made.report.number} {made.code}".encode())
        assert verdict.genuine
        assert any("已于2027年2月23日过有效期" in note for note in verdict.notes) is expired

    def test_contents_that_changed_are_told_without_saying_what(self):
        shown = item()
        made = issued(shown.subject)
        publication.repair(shown, by=CreditOfficeFactory(), reason="修复决定")
        verdict = verified(f"{made.report.number} {made.code}".encode())
        assert verdict.genuine
        assert any("公示信息有变化" in note for note in verdict.notes)
        assert shown.document_number not in str(verdict)
        assert shown.title not in str(verdict)


class TestSharing:
    def test_a_link_for_one_receiver_with_its_code(self):
        subject = item().subject
        account = company(subject)
        made = actions.share(
            issued(subject, by=account).report, receiver="示例银行", until=date(2026, 12, 1), by=account
        )
        assert share_of(made.token, "AAAAAAAA") is None
        assert share_of("no such token", made.code) is None
        assert actions.take(share_of(made.token, made.code)).startswith(b"%PDF")
        assert ShareOpening.objects.count() == 1
        assert made.token not in str(list(type(made.share).objects.values()))
        assert made.code not in str(list(AuditEntry.objects.values("detail", "after")))

    @pytest.mark.parametrize(
        ("day", "open_"), [(date(2026, 11, 30), True), (date(2026, 12, 1), True), (date(2026, 12, 2), False)]
    )
    def test_it_opens_until_its_last_day(self, clock, day, open_):
        subject = item().subject
        account = company(subject)
        made = actions.share(
            issued(subject, by=account).report, receiver="示例银行", until=date(2026, 12, 1), by=account
        )
        clock(day)
        if open_:
            assert actions.take(made.share)
        else:
            with pytest.raises(Refused, match="已失效"):
                actions.take(made.share)
            assert not ShareOpening.objects.exists()

    def test_it_ends_when_the_company_says_so_once(self):
        subject = item().subject
        account = company(subject)
        made = actions.share(
            issued(subject, by=account).report, receiver="示例银行", until=date(2026, 12, 1), by=account
        )
        actions.end_share(made.share, by=account)
        with pytest.raises(Refused):
            actions.take(made.share)
        with pytest.raises(Conflict):
            actions.end_share(made.share, by=account)

    @pytest.mark.parametrize(
        ("until", "field"),
        [
            (date(2026, 11, 22), "until"),
            (date(2026, 11, 23), ""),
            (date(2027, 2, 23), ""),
            (date(2027, 2, 24), "until"),
        ],
    )
    def test_its_last_day_lies_within_the_validity(self, until, field):
        subject = item().subject
        account = company(subject)
        report = issued(subject, by=account).report
        if not field:
            assert actions.share(report, receiver="示例银行", until=until, by=account).share.until == until
            return
        with pytest.raises(Refused) as refused:
            actions.share(report, receiver="", until=until, by=account)
        assert [each.field for each in refused.value.findings] == ["receiver", field]

    def test_only_ones_own_and_only_while_it_is_valid(self, clock):
        subject = item().subject
        account = company(subject)
        with pytest.raises(Refused, match="本账户"):
            actions.share(issued(subject).report, receiver="示例银行", until=date(2026, 12, 1), by=account)
        report = issued(subject, by=account).report
        clock(date(2027, 2, 24))
        with pytest.raises(Conflict, match="已过有效期"):
            actions.share(report, receiver="示例银行", until=date(2027, 2, 24), by=account)


@pytest.mark.parametrize(("day", "gone"), [(date(2031, 11, 22), 0), (date(2031, 11, 23), 0), (date(2031, 11, 24), 1)])
def test_the_file_goes_after_its_last_day_and_the_report_says_so(
    day, gone, django_capture_on_commit_callbacks, settings, clock
):
    made = issued()
    with django_capture_on_commit_callbacks(execute=True):
        assert dispose_due(day) == gone
        assert dispose_due(day) == 0
    report = Report.objects.get()
    assert (report.disposed_on, len(kept(settings.MEDIA_ROOT))) == ((day, 0) if gone else (None, 1))
    if gone:
        clock(day)
        assert report.state_on(day) is State.DISPOSED
        with pytest.raises(Refused, match="销毁"):
            actions.file_of(report)
        verdict = verified(f"{report.number} {made.code}".encode())
        assert verdict.genuine
        assert any("按保存期限销毁" in note for note in verdict.notes)

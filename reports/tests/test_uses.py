"""A department uses a report with the subject's consent: what is asked, who answers, who opens it, until when, and what the figures say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from casework.rules.attachments import AttachedFile
from companies.tests.factories import ActiveFactory, sign_in
from credit_platform.accounts.tests.factories import (
    AuditorFactory,
    ClerkFactory,
    CreditOfficeFactory,
    WindowClerkFactory,
)
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from lookups.models import Authorisation, Query
from lookups.tests.factories import AuthorisedFactory, OneselfFactory, asked, own_visit
from records.tests.factories import PersonFactory
from reports import actions as reports
from reports.models import Report, ReportUse, UseOpening
from reports.queries.issued import reports_for
from reports.queries.statistics import year_of
from reports.tests.factories import SITE, TODAY, agreed, company, issued, item, wanted
from reports.uses import actions
from reports.uses.actions import AtWindow

pytestmark = pytest.mark.usefixtures("hall")
PAPER = AttachedFile("同意书.pdf", b"%PDF-1.4\n% made up\n%%EOF\n")


def at_window(subject, clerk=None) -> AtWindow:
    """The subject's visitor, who has shown who he is."""
    clerk = clerk or WindowClerkFactory()
    visit = own_visit() if subject.code else own_visit(purpose=OneselfFactory())
    return AtWindow(clerk, asked(subject, by=clerk, visit=visit))


def test_with_the_company_s_consent_the_department_opens_the_report_and_each_time_is_on_record():
    clerk = ClerkFactory()
    use = agreed(wanted(by=clerk))
    assert use.report.receiver == clerk.department.name
    assert (use.report.channel, use.report.department) == ("consent", clerk.department)
    colleague = ClerkFactory(department=clerk.department)
    assert actions.take(use, by=colleague) == reports.file_of(use.report)
    assert [each.opened_by for each in UseOpening.objects.all()] == [colleague]
    assert AuditEntry.objects.filter(verb="reports.use_take").count() == 1
    for stranger in (ClerkFactory(), CreditOfficeFactory(), AuditorFactory()):
        with pytest.raises(Forbidden):
            actions.take(use, by=stranger)
    with pytest.raises(Forbidden, match="经主体同意"):
        reports.look(use.report, by=clerk)


def test_nothing_opens_without_consent_after_it_was_taken_back_or_the_day_after_the_last(clock):
    clerk = ClerkFactory()
    use = wanted(by=clerk)
    with pytest.raises(Refused, match="待主体同意"):
        actions.take(use, by=clerk)
    use = agreed(use)
    clock(use.until)
    assert actions.take(use, by=clerk)
    clock(use.until + timedelta(days=1))
    with pytest.raises(Refused, match="使用期限已过"):
        actions.take(use, by=clerk)
    clock(use.until)
    actions.revoke(use, reason="不再办理", by=company(use.subject))
    with pytest.raises(Refused, match="已撤回同意"):
        actions.take(use, by=clerk)
    assert UseOpening.objects.count() == 1


def test_only_the_very_subject_answers_and_once():
    use = wanted()
    with pytest.raises(Forbidden):
        actions.consent(use, by=ActiveFactory(), site=SITE)
    agreed(use)
    with pytest.raises(Conflict):
        actions.decline(use, by=company(use.subject))
    assert Report.objects.count() == 1


def test_a_report_that_cannot_be_made_leaves_no_consent(settings, tmp_path):
    settings.REPORT_SEAL_FILE = tmp_path / "bad.pem"
    (tmp_path / "bad.pem").write_text("no key", encoding="ascii")
    use = wanted()
    with pytest.raises(Refused, match="签章"):
        agreed(use)
    use.refresh_from_db()
    assert (use.state, use.report) == ("asked", None)


def test_the_same_case_asks_once_and_its_department_may_withdraw():
    clerk = ClerkFactory()
    use = wanted(by=clerk)
    with pytest.raises(Conflict, match="等待答复"):
        wanted(use.subject, by=clerk)
    with pytest.raises(Forbidden):
        actions.withdraw(use, by=ClerkFactory())
    assert actions.withdraw(use, by=clerk).state == "withdrawn"
    assert wanted(use.subject, by=clerk).pk != use.pk


@pytest.mark.parametrize("name", ["matter", "case_number", "reason"])
def test_nobody_s_number_stands_in_what_the_subject_will_read(name):
    with pytest.raises(Refused) as refused:
        wanted(**{name: "身份证号11010519491231002X"})
    assert [each.field for each in refused.value.findings] == [name]


def test_silence_is_no_consent(clock):
    use = wanted()
    clock(use.answer_by)
    assert actions.lapse() == 0
    clock(use.answer_by + timedelta(days=1))
    assert (actions.lapse(), actions.lapse()) == (1, 0)
    use.refresh_from_db()
    assert use.state == "lapsed"


def test_after_the_last_day_of_the_answer_or_of_the_use_nobody_consents_whether_the_sweep_ran_or_not(clock):
    AuthorisedFactory()
    late, short = wanted(), wanted(until=TODAY + timedelta(days=2))
    for use, last in ((late, late.answer_by), (short, short.until)):
        clock(last + timedelta(days=1))
        with pytest.raises(Refused, match="期限已过"):
            agreed(use)
        with pytest.raises(Refused, match="期限已过"):
            actions.consent_on_paper(use, [PAPER], by=at_window(use.subject), site=SITE)
        clock(last)
        assert agreed(use).state == "consented"
    assert not Authorisation.objects.exists(), "no paper stands for a consent that was none"


def test_a_person_consents_on_paper_and_the_look_is_registered_with_it():
    AuthorisedFactory()
    person = PersonFactory(name="示例某某人")
    use = actions.consent_on_paper(wanted(person), [PAPER], by=at_window(person), site=SITE)
    query = Query.objects.get(authority="authorised")
    assert (query.authorisation, use.report.query) == (use.authorisation, query)
    assert use.authorisation.holder == use.department.name
    assert query.results == 1
    assert actions.take(use, by=use.asked_by).startswith(b"%PDF")


def test_at_a_window_the_visitor_s_own_query_is_needed_and_another_clerk_than_who_asked():
    firm = item().subject
    AuthorisedFactory()
    use = wanted(firm)
    with pytest.raises(Forbidden, match="登记"):
        actions.consent_on_paper(use, [PAPER], by=at_window(item().subject), site=SITE)
    office = CreditOfficeFactory()
    own = wanted(firm, by=office, case_number="示办〔2026〕8号")
    with pytest.raises(Forbidden) as refused:
        actions.decline(own, by=at_window(firm, office))
    assert refused.value.code == "reports.use.two_people"
    assert actions.consent_on_paper(use, [PAPER], by=at_window(firm), site=SITE).state == "consented"
    assert actions.revoke(use, by=at_window(firm)).authorisation.ended_on is None  # read before it was ended
    use.refresh_from_db()
    assert use.authorisation.ended_on == TODAY


@pytest.mark.parametrize("wrong", [{"state": "consented"}, {"window_clerk": True}])
def test_the_table_itself_holds_the_report_and_the_second_person(wrong):
    use = wanted()
    given = {"window_clerk": use.asked_by} if "window_clerk" in wrong else wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportUse.objects.filter(pk=use.pk).update(**given)


def test_the_figures_of_a_year_lead_to_as_many():
    office = CreditOfficeFactory()
    issued()
    issued(by=ClerkFactory())
    agreed(wanted(by=office))
    found = year_of(2026, reports_for(office))
    assert (found.total.issued, found.total.consent, found.total.public) == (3, 1, 1)
    assert found.by_month[10].issued == 3
    for line in [*found.by_purpose, *found.by_department, *found.by_month]:
        rows = reports_for(office).filter(as_of__year=2026)
        if "department" in line.narrows:
            rows = rows.filter(department=line.narrows["department"])
        if "purpose" in line.narrows:
            rows = rows.filter(purpose=line.narrows["purpose"])
        if "since" in line.narrows:
            rows = rows.filter(as_of__range=(line.narrows["since"], line.narrows["until"]))
        assert rows.count() == line.issued


def test_from_the_desk_to_the_company_s_account_and_back(client):
    clerk, firm = ClerkFactory(), item().subject
    client.force_login(clerk)
    given = {
        "q": firm.code,
        "purpose": "tender",
        "matter": "工程招标",
        "case_number": "示招〔2026〕3号",
        "reason": "资格审查",
        "until": "2026-12-20",
    }
    assert client.post(reverse("reports:use-new"), given | {"purpose": "self"}).status_code == 422
    assert client.post(reverse("reports:use-new"), given | {"q": "查无此单位"}).status_code == 422
    page = client.post(reverse("reports:use-new"), given, follow=True).content.decode()
    use = ReportUse.objects.get()
    assert "待主体同意" in page
    assert client.get(reverse("reports:use-file", args=[use.number])).status_code == 422
    firm_client = type(client)()
    sign_in(firm_client, company(firm))
    assert use.matter in firm_client.get(reverse("companies:home")).content.decode()
    answer = reverse("reports:my-use-answer", args=[use.number, "consent"])
    assert firm_client.post(answer, {"read": "", "version_seen": "1"}).status_code == 422
    firm_client.post(answer, {"read": "on", "version_seen": "1"})
    assert client.get(reverse("reports:use-file", args=[use.number])).content.startswith(b"%PDF")
    mine = firm_client.get(reverse("reports:my-use", args=[use.number])).content.decode()
    assert "在下列时间打开过报告" in mine
    assert clerk.actor_name not in mine
    firm_client.post(reverse("reports:my-use-answer", args=[use.number, "revoke"]), {"version_seen": "2"})
    assert client.get(reverse("reports:use-file", args=[use.number])).status_code == 422
    assert "1 件" in client.get(reverse("reports:uses"), {"state": "revoked"}).content.decode()
    page = client.get(reverse("reports:statistics")).content.decode()
    assert "招标投标" in page


def test_at_the_window_from_the_visitor_s_query_to_the_scanned_paper(client):
    AuthorisedFactory()
    use, clerk = wanted(), WindowClerkFactory()
    by = at_window(use.subject, clerk)
    client.force_login(clerk)
    page = client.get(reverse("reports:uses-before", args=[by.visitor.number])).content.decode()
    address = reverse("reports:use-before", args=[by.visitor.number, use.number, "consent"])
    assert address in page
    assert client.post(address, {"version_seen": "1"}).status_code == 422
    scanned = SimpleUploadedFile("同意书.pdf", PAPER.data, content_type="application/pdf")
    assert client.post(address, {"version_seen": "1", "paper": scanned}).status_code == 302
    use.refresh_from_db()
    assert use.state == "consented"

"""The report on a natural person: for itself or with its paper, by purpose, bound to who receives it, open to no one else."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from credit_platform.accounts.tests.factories import AuditorFactory, ClerkFactory, WindowClerkFactory
from credit_platform.errors import Forbidden, Refused
from credit_platform.web import counter
from disclosure.public.verifiers import verified
from disclosure.tests.factories import PublishedFactory, severe_penalty
from lookups.actions import answered
from lookups.models import Query
from lookups.queries.visits import slip_of
from lookups.rules.questions import Authority
from lookups.tests.factories import AuthorisedFactory, OneselfFactory, asked, authorised, own_visit
from records.sealed_places import number_of
from records.tests.factories import PersonFactory, SubjectFactory
from reports import actions
from reports.models import Report, ReportPurpose
from reports.papers.archive import twin_of
from reports.rules.persons import Asking, against, receiver_of
from reports.tests.factories import SITE

pytestmark = pytest.mark.usefixtures("hall")
NAME = "示例某某人"


@pytest.fixture
def clerk():
    return WindowClerkFactory()


@pytest.fixture
def person():
    return PersonFactory(name=NAME)


def own(person, clerk) -> Query:
    """The person at the window, its identity seen."""
    return asked(person, by=clerk, visit=own_visit(purpose=OneselfFactory()))


def with_paper(person, clerk) -> Query:
    paper = authorised(person, by=clerk, holder="示例采购代理机构")
    visit = own_visit(purpose=AuthorisedFactory(), authority=Authority.AUTHORISED, authorisation=paper)
    return asked(person, by=clerk, visit=visit)


def made_of(query: Query, clerk) -> Report:
    return actions.issue_for_person(query, ReportPurpose.objects.get(code="self"), by=clerk, site=SITE).report


def told(report: Report) -> dict:
    return json.loads(twin_of(actions.file_of(report)))


def test_the_person_reads_its_whole_name_and_what_is_public_of_it(clerk, person):
    shown = PublishedFactory(record=severe_penalty(subject=person))
    query = own(person, clerk)
    report = made_of(query, clerk)
    query.refresh_from_db()
    assert (query.results, report.query, report.receiver) == (2, query, "本人")
    data = told(report)
    assert (data["subject"]["name"], data["receiver"]) == (NAME, "本人")
    assert shown.document_number in json.dumps(data, ensure_ascii=False)
    assert number_of(person) not in json.dumps(data)


def test_who_holds_its_paper_reads_the_name_masked_everywhere(clerk, person):
    PublishedFactory(record=severe_penalty(subject=person))
    report = made_of(with_paper(person, clerk), clerk)
    text = json.dumps(told(report), ensure_ascii=False)
    assert NAME not in text
    assert told(report)["subject"]["name"] == "示***"
    assert told(report)["receiver"] == "示例采购代理机构"
    assert NAME.encode() not in actions.file_of(report)


def test_its_register_row_stands_before_it_and_without_a_query_of_ones_own_there_is_none(clerk, person):
    query = own(person, clerk)
    for other in (WindowClerkFactory(), ClerkFactory()):
        with pytest.raises(Forbidden):
            made_of(query, other)
    assert not Report.objects.exists()
    answered(query, 1)
    made_of(query, clerk)
    assert Query.objects.get().outcome == "answered"


def test_half_an_hour_later_it_is_made_and_printed_no_more(clerk, person, time_machine):
    query = own(person, clerk)
    report = made_of(query, clerk)
    assert actions.look(report, by=clerk).startswith(b"%PDF")
    for other in (AuditorFactory(), WindowClerkFactory(department=clerk.department)):
        with pytest.raises(Forbidden):
            actions.look(report, by=other)
    time_machine.move_to("2026-11-23T10:30:00+08:00", tick=False)
    with pytest.raises(Forbidden):
        actions.look(report, by=clerk)
    with pytest.raises(Forbidden):
        made_of(query, clerk)


def test_a_firm_has_no_personal_report(clerk):
    with pytest.raises(Refused, match="不是自然人"):
        made_of(asked(SubjectFactory(), by=clerk), clerk)


@pytest.mark.parametrize(
    ("asking", "stands", "receiver"),
    [
        (Asking(True, True, ""), True, "本人"),
        (Asking(True, False, "示例银行"), True, "示例银行"),
        (Asking(True, False, ""), False, ""),
        (Asking(False, True, ""), False, "本人"),
    ],
)
def test_only_the_person_and_who_holds_its_paper(asking, stands, receiver):
    assert (not against(asking), receiver_of(asking)) == (stands, receiver)


def test_whoever_checks_it_is_told_no_name_and_not_whether_it_changed(clerk, person):
    made = actions.issue_for_person(own(person, clerk), ReportPurpose.objects.get(code="self"), by=clerk, site=SITE)
    PublishedFactory(record=severe_penalty(subject=person))
    answer = verified(f"{made.report.number} {made.code}".encode())
    text = str(answer)
    assert "示***" in text
    assert NAME not in text
    assert "有变化" not in text


def test_from_the_answer_at_the_window_to_the_file(client, clerk, person):
    client.force_login(clerk)
    query = own(person, clerk)
    offers = counter.offers(counter.Kind.PRINT, slip_of(query.number, clerk), clerk)
    address = next(each.url for each in offers if each.label == "个人信用报告")
    assert "接收方：本人" in client.get(address).content.decode()
    page = client.post(address, {"purpose": "self"}, follow=True).content.decode()
    report = Report.objects.get()
    assert NAME not in page
    assert client.get(reverse("reports:file", args=[report.number])).content.startswith(b"%PDF")
    assert NAME not in client.get(reverse("reports:list")).content.decode()
    client.force_login(AuditorFactory())
    page = client.get(reverse("reports:report", args=[report.number])).content.decode()
    assert "下载报告" not in page
    assert client.get(reverse("reports:file", args=[report.number])).status_code == 403

"""A company states and defends itself online: once, within its days, and what it wrote is never replaced."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from casework.models import Case, Hearing
from casework.queries.work import work
from commitments.breaches import actions as breaches
from commitments.tests.cases import PDF, TODAY, at, case_in, step
from companies.tests.factories import ActiveFactory, SuspendedFactory, sign_in
from credit_platform.accounts.tests.factories import ClerkFactory, ReviewerFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from records.tests.factories import SubjectFactory

pytestmark = pytest.mark.django_db
WORDS = "冷藏设备已于告知前到货，现附送货单。"


@pytest.fixture(autouse=True)
def base(today, db):
    call_command("load_base", verbosity=0)


@pytest.fixture
def case():
    return case_in("served")


def of(case, factory=ActiveFactory):
    return factory(subject=case.subject)


def speak(case, account=None, **more):
    return breaches.respond(case, by=account or of(case), **({"statement": WORDS} | more))


def page_of(case):
    return f"/my/commitments/cases/{case.pk}/"


def send(client, case, **more):
    return client.post(f"{page_of(case)}respond/", {"statement": WORDS, "final": "on"} | more)


def test_the_words_and_papers_stand_in_the_case_and_the_audit_names_the_company(case):
    account = of(case)
    said = speak(case, account, attachments=[PDF])
    assert (said.state, said.hearing.statement, said.hearing.statement_on, said.hearing.statement_by) == (
        "served",
        WORDS,
        TODAY,
        account,
    )
    assert [paper.role for paper in said.attachments.all()] == ["service", "statement"]
    entry = AuditEntry.objects.get(verb="commitments.breach.respond")
    assert (entry.actor_kind, entry.actor_id) == ("company", account.pk)


def test_the_finding_must_then_consider_it(case):
    said = speak(case)
    with pytest.raises(Refused) as refused:
        step(said, "determine", considered="")
    assert refused.value.findings[0].rule == "case.considered"
    assert step(said, "determine").state == "determined"


def test_the_last_day_is_in_time_and_the_day_after_is_not(case, monkeypatch):
    account = of(case)
    at(case.hearing.until + timedelta(days=1), monkeypatch)
    with pytest.raises(Conflict, match="期限已过"):
        speak(case, account)
    at(case.hearing.until, monkeypatch)
    assert speak(case, account).hearing.statement_on == case.hearing.until


@pytest.mark.parametrize("state", ["candidate", "notified", "heard", "determined", "decided", "dismissed", "annulled"])
def test_only_between_service_and_the_first_statement(state):
    case = case_in(state)
    before = Case.objects.values().get(pk=case.pk)
    with pytest.raises(Conflict):
        speak(case)
    assert Case.objects.values().get(pk=case.pk) == before


def test_nobody_speaks_for_another(case):
    with pytest.raises(Forbidden):
        speak(case, ActiveFactory())
    with pytest.raises(Forbidden):
        speak(case, of(case, SuspendedFactory))
    with pytest.raises(Forbidden):
        speak(case, ClerkFactory(department=case.department))


def test_an_account_of_a_merged_subject_speaks_for_the_one_that_is_kept(case):
    account = ActiveFactory(subject=SubjectFactory(merged_into=case.subject))
    assert speak(case, account).hearing.statement_by == account


def test_blank_words_are_refused_at_their_field_and_a_wrong_file_keeps_nothing(case):
    with pytest.raises(Refused) as refused:
        speak(case, statement="　\n")
    assert refused.value.findings[0].field == "statement"
    with pytest.raises(Refused):
        speak(case, attachments=[PDF, type(PDF)("a.pdf", b"no pdf")])
    assert Hearing.objects.get(pk=case.pk).statement == ""


def test_the_desk_adds_to_what_the_company_wrote_and_never_replaces_it(case):
    said = speak(case)
    with pytest.raises(Refused, match="不能登记放弃"):
        step(said, "hear", statement="", waived=True)
    more = step(said, "hear", statement="补交检测报告。")
    assert more.hearing.statement == f"{WORDS}\n\n补充陈述申辩（2026年11月23日登记）：\n补交检测报告。"


def test_the_reviewer_has_it_on_the_desk_at_once(case):
    reviewer = ReviewerFactory(department=case.department)

    def waiting():
        return [row.title for each in work(reviewer, TODAY) if "待认定" in each.title for row in each.rows]

    assert waiting() == []
    speak(case)
    assert len(waiting()) == 1


def test_from_the_notice_to_the_statement_in_the_browser(client, case):
    sign_in(client, of(case))
    assert f'href="{page_of(case)}respond/"' in client.get(page_of(case)).content.decode()
    paper = SimpleUploadedFile("送货单.pdf", PDF.data)
    answer = send(client, case, attachments=[paper])
    assert (answer.status_code, answer["Location"]) == (302, page_of(case))
    page = client.get(page_of(case)).content.decode()
    assert all(word in page for word in (WORDS, "送货单.pdf", "已陈述申辩，待认定"))
    assert "在线陈述申辩" not in page
    assert client.get(f"{page_of(case)}respond/")["Location"] == page_of(case)


def test_a_mistaken_form_keeps_what_was_typed(client, case):
    sign_in(client, of(case))
    answer = client.post(f"{page_of(case)}respond/", {"statement": WORDS})
    assert answer.status_code == 422
    assert WORDS in answer.content.decode()
    assert Hearing.objects.get(pk=case.pk).statement_on is None


def test_too_late_is_told_with_what_to_do(client, case, monkeypatch):
    at(case.hearing.until + timedelta(days=1), monkeypatch)
    sign_in(client, of(case))
    answer = send(client, case)
    assert answer.status_code == 409
    assert "书面交到办理单位" in answer.content.decode()


def test_a_case_of_another_subject_takes_no_statement(client, case):
    sign_in(client, ActiveFactory())
    assert send(client, case).status_code == 404


def test_the_desk_reads_who_sent_it(client, case):
    speak(case)
    client.force_login(ReviewerFactory(department=case.department))
    page = client.get(f"/desk/commitments/breaches/{case.pk}/").content.decode()
    assert all(word in page for word in (WORDS, "在线提交", "当事人在线陈述申辩"))

"""A new procedure on the kit: what it gets for a few lines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casework.models import Case
from casework.tests import factories, kit
from casework.tests.factories import TODAY, begun, case_in, take
from casework.tests.toy import procedure as toy
from casework.tests.toy.procedure import TOY
from companies.tests.factories import ActiveFactory, sign_in
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, ReviewerFactory
from credit_platform.audit.models import AuditEntry, AuditHistory
from credit_platform.errors import Conflict, Forbidden, Refused
from disclosure.models import Disclosure

pytestmark = [pytest.mark.usefixtures("desk"), pytest.mark.urls("casework.tests.toy.urls")]
CLOCKS = ("pause", "resume", "extend")

test_moves = kit.every_pair(TOY, case_in, take, ready={"decide": "heard"}, but=CLOCKS)
test_second_person = kit.two_people(TOY, case_in, take, ready={"decide": "heard", "dismiss": "begun"})
test_diagram = kit.diagram(TOY, toy.__doc__)
test_race = kit.one_of_two(case_in, take, verb="decide", ready="heard")
test_atomic = kit.nothing_half_done(
    case_in, take, verb="decide", ready="heard", breaks="casework.tests.toy.procedure.enter_outcome"
)


def test_the_outcome_is_a_record_and_public():
    case = case_in("done")
    assert (case.record.standard, case.record.document_number) == ("act-confirmation", case.document_number)
    assert Disclosure.objects.get(record=case.record).state == "published"
    assert (case.closed_on, case.due_on) == (TODAY, None)


def test_the_audit_tells_what_changed_and_never_what_was_said():
    case = case_in("heard")
    entry = AuditEntry.objects.get(verb="toy.hear")
    assert (entry.object_id, entry.unit_id) == (str(case.pk), case.department_id)
    assert entry.after["statement"] == "（5字）"
    assert "已经改正" not in str(entry.after)
    assert AuditHistory.objects.filter(table_name="casework_case").exists()


def test_a_day_before_the_last_step_and_a_day_to_come_are_refused(clock):
    case = case_in("told")
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(Refused) as refused:
            take(case, "serve", on=day)
        assert [finding.field for finding in refused.value.findings] == ["on"]
    assert take(case, "serve", on=TODAY).hearing.until == date(2026, 11, 30)


def test_all_mistakes_of_a_step_are_told_at_once():
    with pytest.raises(Refused) as refused:
        take(case_in("told"), "serve", how=" ", proof=[], on=TODAY + timedelta(days=1))
    assert {finding.field for finding in refused.value.findings} == {"how", "proof", "on"}


def test_the_last_day_is_the_subjects_own_and_the_day_after_opens_the_decision(clock):
    case = case_in("open")
    clock(case.due_on)
    with pytest.raises(Refused) as refused:
        take(case, "decide")
    assert refused.value.code == "case.hearing-open"
    assert take(case_in("open", subject=case.subject), "respond").hearing.statement
    clock(case.due_on + timedelta(days=1))
    with pytest.raises(Conflict):
        take(case, "respond")
    assert take(case, "decide", considered="").state == "done"


def test_numbers_have_no_gaps_and_begin_anew_each_year():
    department = ClerkFactory().department
    assert [begun(department).number for _ in range(2)] == ["示提〔2026〕1号", "示提〔2026〕2号"]
    assert begun(department, on=date(2025, 12, 31)).number == "示提〔2025〕1号"
    assert begun(department).number == "示提〔2026〕3号"


@pytest.mark.parametrize("verb", ["notify", "serve", "hear", "decide", "dismiss"])
def test_strangers_and_the_credit_office_take_no_step(verb):
    state = {"notify": "begun", "serve": "told", "hear": "open", "decide": "heard", "dismiss": "begun"}[verb]
    case = case_in(state)
    for stranger in (ClerkFactory(), ReviewerFactory(), CreditOfficeFactory()):
        with pytest.raises(Forbidden):
            take(case, verb, by=stranger)


def test_the_second_of_two_editors_is_told():
    case = case_in("begun")
    seen = str(case.version)
    take(case, "notify", version=seen)
    with pytest.raises(Conflict) as refused:
        take(case, "dismiss", version=seen)
    assert refused.value.code == "form.stale"


def test_pages_list_case_steps_prints_export(client):
    case = case_in("heard")
    client.force_login(ReviewerFactory(department=case.department))
    listing = client.get("/desk/toys/").content.decode()
    assert case.subject.name in listing
    page = client.get(f"/desk/toys/{case.pk}/").content.decode()
    assert all(word in page for word in ("听取意见", "已经改正。", "回证.pdf", "陈述申辩截止日", "提示"))
    assert "登记送达" not in page
    answer = client.post(
        f"/desk/toys/{case.pk}/decide/",
        {"document_number": "示提决〔2026〕9号", "reasons": "清楚。", "considered": "不予采纳。", "on": "2026-11-23",
         "version_seen": case.version},
    )  # fmt: skip
    assert answer.url == f"/desk/toys/{case.pk}/"
    assert Case.objects.get(pk=case.pk).state == "done"
    assert "示提决〔2026〕9号" in client.get(f"/desk/toys/{case.pk}/print/decision/").content.decode()
    assert client.get(f"/desk/toys/{case.pk}/print/notice/").status_code == 200
    exported = b"".join(client.get("/desk/toys/?scope=all&export=csv")).decode("utf-8-sig")
    assert case.number in exported
    assert client.get("/desk/toys/?scope=none").status_code == 400


def test_other_departments_find_nothing_and_attachments_are_registered(client):
    case = case_in("open")
    (attachment,) = case.attachments.all()
    for path in (f"/desk/toys/{case.pk}/", f"/desk/toys/{case.pk}/attachments/{attachment.pk}/"):
        client.force_login(ClerkFactory())
        assert client.get(path).status_code == 404
        client.force_login(ClerkFactory(department=case.department))
        assert client.get(path).status_code == 200
    look = AuditEntry.objects.get(verb="toy.attachment")
    assert look.basis == f"附件 {attachment.pk}"


def test_a_mistaken_step_keeps_what_was_typed(client):
    case = case_in("begun")
    client.force_login(case.drafted_by)
    answer = client.post(
        f"/desk/toys/{case.pk}/notify/",
        {"notice": "写了很多字", "days": "2", "on": "2026-11-23", "version_seen": case.version},
    )
    assert answer.status_code == 422
    assert "写了很多字" in answer.content.decode()


def test_the_subject_reads_it_from_service_on_and_answers_once(client):
    case = case_in("told")
    account = ActiveFactory(subject=case.subject)
    sign_in(client, account)
    assert client.get(f"/my/toys/{case.pk}/").status_code == 404
    case = take(case, "serve")
    assert "可以陈述和申辩" in client.get(f"/my/toys/{case.pk}/").content.decode()
    answer = client.post(f"/my/toys/{case.pk}/respond/", {"statement": "已改正。", "final": "on"})
    assert answer.url == f"/my/toys/{case.pk}/"
    assert "已陈述申辩，待认定" in client.get(answer.url).content.decode()
    assert client.get(f"/my/toys/{case.pk}/respond/").url == f"/my/toys/{case.pk}/"
    sign_in(client, ActiveFactory())
    assert client.get(f"/my/toys/{case.pk}/").status_code == 404


def test_the_desk_home_has_what_waits_for_whom(client):
    from casework.queries.work import work

    case = case_in("heard")
    reviewer, clerk = ReviewerFactory(department=case.department), ClerkFactory(department=case.department)

    def waiting(user):
        return [section.title for section in work(user, TODAY) if section.size]

    assert waiting(reviewer) == ["示例待提示"]
    assert waiting(clerk) == []
    begun(case.department)
    assert waiting(clerk) == ["示例待告知"]
    assert toy.PAGES.url("case", case.pk) == f"/desk/toys/{case.pk}/"
    assert factories.WAYS.keys() - {"heard"} == set(TOY.labels)

"""Voluntary declarations: every pair of state and verb, whose they are, dates that decide, reports that strike."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from companies.tests.factories import ActiveFactory, SuspendedFactory, sign_in
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from declarations import actions
from declarations.actions import ledger
from declarations.models import Attachment, Declaration, DeclarationReport
from declarations.queries import at_the_desk, silent_soon
from declarations.rules import MOVES, State
from declarations.tests.factories import GIVEN, in_state
from disclosure.models import Disclosure
from records.models import CreditRecord

pytestmark = pytest.mark.django_db
START = timezone.make_aware(datetime(2026, 11, 23, 9))


@pytest.fixture(autouse=True)
def clock(monkeypatch, settings, tmp_path):
    """`clock(days)` lets days go by from 2026-11-23."""
    settings.MEDIA_ROOT = tmp_path
    now = [START]
    monkeypatch.setattr("django.utils.timezone.now", lambda: now[0])

    def go(days):
        now[0] = START + timedelta(days=days)

    return go


@pytest.fixture
def reviewer(bob_reviewer):
    call_command("load_base", verbosity=0)
    return bob_reviewer


def do(verb, row, account, reviewer, clock):
    version = str(row.version)
    match verb:
        case "submit":
            return actions.submit(row, by=account)
        case "accept":
            return actions.accept(row, by=reviewer, version=version)
        case "return":
            return actions.return_(row, by=reviewer, version=version, note="请补充")
        case "confirm":
            clock(340)
            return actions.confirm(row, by=account)
        case "strike":
            return actions.strike(row, by=reviewer, version=version, reason="不属实")
    return actions.withdraw(row, by=account)


@pytest.mark.parametrize(("state", "verb"), list(product(State, sorted({verb for _, verb in MOVES}))))
def test_every_pair_of_state_and_verb_moves_or_changes_nothing(state, verb, reviewer, clock):
    account = ActiveFactory()
    row = in_state(state, reviewer, account)
    if (state, verb) in MOVES:
        assert do(verb, row, account, reviewer, clock).state == MOVES[state, verb]
        assert AuditEntry.objects.about(row).first().verb == f"declarations.{verb}"
        return
    with pytest.raises(Conflict):
        do(verb, row, account, reviewer, clock)
    assert (Declaration.objects.get(pk=row.pk).state, Declaration.objects.get(pk=row.pk).version) == (
        state,
        row.version,
    )


def public(row):
    return Disclosure.objects.visible_on(timezone.localdate()).filter(record__declaration=row)


def test_what_is_accepted_is_a_record_and_public_for_a_year_and_no_longer(reviewer, clock):
    row = in_state(State.SHOWN, reviewer)
    assert row.record.item.code == "ZZSB"
    assert row.confirmed_until.isoformat() == "2027-11-23"
    assert public(row).get().ends_on == row.confirmed_until
    clock(365)
    assert Declaration.objects.shown_on(timezone.localdate()).exists()
    assert public(row).exists()
    clock(366)
    assert not Declaration.objects.shown_on(timezone.localdate()).exists()
    assert not public(row).exists()


def test_confirming_in_the_last_thirty_days_shows_it_for_another_year(reviewer, clock):
    account = ActiveFactory()
    row = in_state(State.SHOWN, reviewer, account)
    clock(334)
    with pytest.raises(Conflict):
        actions.confirm(row, by=account)
    assert silent_soon(account, timezone.localdate()) == []
    clock(335)
    assert silent_soon(account, timezone.localdate()) == [row]
    actions.confirm(row, by=account)
    clock(500)
    assert public(row).exists()
    assert CreditRecord.objects.filter(item__code="ZZSB").count() == 1


def test_confirming_what_fell_silent_and_was_swept_shows_it_again(reviewer, clock):
    from disclosure.actions import end_due

    account = ActiveFactory()
    row = in_state(State.SHOWN, reviewer, account)
    clock(400)
    end_due(timezone.localdate())
    assert not public(row).exists()
    actions.confirm(row, by=account)
    assert public(row).count() == 1


def test_it_is_shown_no_longer_than_what_it_speaks_of_is_valid(reviewer, clock):
    until = START.date() + timedelta(days=90)
    account = ActiveFactory()
    row = in_state(State.SHOWN, reviewer, account, valid_until=until)
    assert row.confirmed_until == until
    assert public(row).get().ends_on == until
    clock(91)
    with pytest.raises(Refused):
        actions.confirm(row, by=account)


@pytest.mark.parametrize("ending", ["strike", "withdraw"])
def test_what_is_struck_or_withdrawn_is_gone_at_once(reviewer, clock, ending):
    account = ActiveFactory()
    row = in_state(State.SHOWN, reviewer, account)
    do(ending, row, account, reviewer, clock)
    assert not public(row).exists()
    assert CreditRecord.objects.get(declaration=row).status == "revoked"


def test_personal_data_stops_at_submission_with_words(reviewer):
    account = ActiveFactory()
    row = actions.save(GIVEN | {"body": "联系人身份证230102199003071237"}, by=account)
    with pytest.raises(Refused) as refused:
        actions.submit(row, by=account)
    assert {finding.field for finding in refused.value.findings} == {"body"}
    row.refresh_from_db()
    assert row.state == "draft"


@pytest.mark.parametrize("verb", ["submit", "confirm", "withdraw"])
def test_another_company_and_a_stopped_account_may_nothing(reviewer, clock, verb):
    state = State.SHOWN if verb == "confirm" else State.DRAFT
    row = in_state(state, reviewer)
    for stranger in (ActiveFactory(), SuspendedFactory(subject=row.subject)):
        with pytest.raises(Forbidden):
            do(verb, row, stranger, reviewer, clock)


def test_only_a_reviewer_of_its_department_or_the_credit_office_decides(
    reviewer, rita_other_reviewer, alice_clerk, carol_credit_office
):
    row = in_state(State.SUBMITTED, reviewer)
    for person in (rita_other_reviewer, alice_clerk):
        with pytest.raises(Forbidden):
            actions.accept(row, by=person, version=str(row.version))
    assert [at_the_desk(p).count() for p in (reviewer, carol_credit_office, rita_other_reviewer)] == [1, 1, 0]
    assert actions.accept(row, by=carol_credit_office, version=str(row.version)).state == "shown"


def test_who_saw_an_older_version_is_told(reviewer):
    row = in_state(State.SUBMITTED, reviewer)
    with pytest.raises(Conflict):
        actions.accept(row, by=reviewer, version=str(row.version - 1))


def test_when_the_ledger_refuses_nothing_is_shown(reviewer, monkeypatch):
    row = in_state(State.SUBMITTED, reviewer)

    def refused(*args, **kwargs):
        raise Refused("x", "不符合数据标准")

    monkeypatch.setattr(ledger, "enter", refused)
    with pytest.raises(Refused):
        actions.accept(row, by=reviewer, version=str(row.version))
    row.refresh_from_db()
    assert (row.state, row.record, row.reviewer) == ("submitted", None, None)


def test_a_report_keeps_its_contact_sealed_and_strikes_when_it_is_true(reviewer):
    row = in_state(State.SHOWN, reviewer)
    made = actions.report(row, reason="证书编号查不到", contact="13800000000")
    assert b"13800000000" not in bytes(DeclarationReport.objects.get().contact)
    assert "13800000000" not in str(list(AuditEntry.objects.values_list("after", "reason", "detail")))
    assert actions.contact_of(made, by=reviewer, purpose="核查") == "13800000000"
    assert AuditEntry.objects.filter(verb="declarations.contact", kind="look").count() == 1
    actions.answer(made, by=reviewer, untrue=True, text="经查证书已注销")
    row.refresh_from_db()
    assert row.state == "struck"
    with pytest.raises(Conflict):
        actions.answer(made, by=reviewer, untrue=False, text="再答")


def test_a_report_that_is_not_true_leaves_it_shown(reviewer, rita_other_reviewer):
    row = in_state(State.SHOWN, reviewer)
    made = actions.report(row, reason="不实", contact="")
    with pytest.raises(Forbidden):
        actions.answer(made, by=rita_other_reviewer, untrue=True, text="x")
    with pytest.raises(Refused):
        actions.answer(made, by=reviewer, untrue=False, text=" ")
    actions.answer(made, by=reviewer, untrue=False, text="证书有效")
    row.refresh_from_db()
    assert row.state == "shown"


def test_from_the_companys_page_to_the_public_and_back(client, reviewer):
    account = sign_in(client, ActiveFactory())
    answer = client.post("/my/declarations/new/", {k: v or "" for k, v in GIVEN.items()})
    row = Declaration.objects.get()
    assert answer.url == f"/my/declarations/{row.pk}/"
    assert client.post(answer.url, {"promise": "", "form_token": ""}).status_code == 422
    papers = [SimpleUploadedFile(f"证书{n}.pdf", b"%PDF-1.4 proof") for n in (1, 2, 3)]
    bad = SimpleUploadedFile("证书.exe", b"MZ")
    assert client.post(answer.url, {"promise": "on", "papers": [*papers, bad]}).status_code == 422
    for paper in papers:
        paper.seek(0)
    assert client.post(answer.url, {"promise": "on", "papers": papers}).status_code == 302
    assert Attachment.objects.count() == 3
    client.logout()
    client.force_login(reviewer)
    page = f"/desk/declarations/{row.pk}/"
    assert GIVEN["title"] in client.get(page).content.decode()
    row.refresh_from_db()
    assert client.post(f"{page}accept/", {"version_seen": row.version}).status_code == 302
    client.logout()
    subject = client.get(f"/subjects/{account.subject.code}/").content.decode()
    shown = public(row).get()
    assert "未经核实" in subject
    assert f"/declarations/{shown.public_id}/report/" in subject
    one = client.get(f"/disclosure/{shown.public_id}/").content.decode()
    assert all(word in one for word in ("未经核实", "由主体自主申报", f"/declarations/{shown.public_id}/report/"))
    assert not any(word in one + subject for word in ("作出并报送", f"{shown.document_number}决定", "提出异议</a>，"))
    where = f"/declarations/{shown.public_id}/report/"
    assert client.post(where, {"reason": ""}).status_code == 422
    sent = client.post(where, {"reason": "证书编号查不到", "contact": "13800000000"})
    assert "已收到" in client.get(sent.url).content.decode()
    sign_in(client, account)
    assert "证书编号查不到" not in client.get(f"/my/declarations/{row.pk}/").content.decode()
    client.force_login(reviewer)
    made = DeclarationReport.objects.get()
    assert "证书编号查不到" in client.get(page).content.decode()
    assert client.post(f"{page}reports/{made.pk}/", {"untrue": "yes", "text": "已核实"}).status_code == 302
    client.logout()
    assert client.get(where).status_code == 404
    assert GIVEN["title"] not in client.get(f"/subjects/{account.subject.code}/").content.decode()


def test_the_contact_is_shown_once_to_who_says_why(reviewer, client):
    row = in_state(State.SHOWN, reviewer)
    made = actions.report(row, reason="证书编号查不到", contact="13800000000")
    where = f"/desk/declarations/{row.pk}/reports/{made.pk}/contact/"
    client.force_login(reviewer)
    assert "13800000000" not in client.get(where).content.decode()
    assert client.post(where, {"purpose": ""}).status_code == 422
    assert not AuditEntry.objects.filter(verb="declarations.contact").exists()
    told = client.post(where, {"purpose": "核查不实反映"}).content.decode()
    assert "13800000000" in told
    assert AuditEntry.objects.get(verb="declarations.contact").purpose == "核查不实反映"
    assert "13800000000" not in client.get(f"/desk/declarations/{row.pk}/").content.decode()

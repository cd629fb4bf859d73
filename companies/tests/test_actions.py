"""The verbs of accounts: every pair of state and verb, who may, what is refused, and that a refusal leaves nothing behind."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from itertools import product

import pytest
from django.db import connection
from django.utils import timezone

from companies import actions
from companies.models import CompanyAccount
from companies.queries import canonical_subject
from companies.rules import MOVES, PAPERS, AccountState
from companies.sealed_places import opened_phone
from companies.tests.factories import BY_STATE, PASSWORD, ActiveFactory, AppliedFactory, SuspendedFactory
from credit_platform.audit.models import AuditEntry, AuditHistory
from credit_platform.errors import Conflict, Forbidden, Refused
from records.tests.factories import SubjectFactory

pytestmark = pytest.mark.django_db

DO = {
    "confirm": lambda row, by: actions.confirm(row, by=by, papers=list(PAPERS)),
    "refuse": lambda row, by: actions.refuse(row, by=by, reason="授权书未盖章"),
    "suspend": lambda row, by: actions.suspend(row, by=by, reason="经办人离职"),
    "resume": lambda row, by: actions.resume(row, by=by, reason="已更换授权"),
    "close": lambda row, by: actions.close(row, by=by, reason="主体申请"),
}
STAFF_PAIRS = list(product(AccountState, DO))


@pytest.mark.parametrize(("state", "verb"), STAFF_PAIRS)
def test_every_pair_of_state_and_verb_moves_or_changes_nothing(state, verb, wendy_window):
    row = BY_STATE[state]()
    if (state, verb) in MOVES:
        moved = DO[verb](row, wendy_window)
        assert moved.state == MOVES[state, verb]
        assert AuditEntry.objects.about(row).first().verb == f"companies.{verb}"
        return
    with pytest.raises(Conflict):
        DO[verb](row, wendy_window)
    row.refresh_from_db()
    assert (row.state, row.version) == (state, 1)


@pytest.mark.parametrize("verb", DO)
@pytest.mark.parametrize(
    ("person", "may"),
    [("wendy_window", True), ("alice_clerk", True), ("carol_credit_office", None), ("bob_reviewer", False)]
    + [(name, False) for name in ("simon_system_admin", "sarah_security_admin", "arthur_auditor", "dan_other_clerk")],
)
def test_who_may(verb, person, may, request):
    """The windows and the clerks of the registering authority; the credit office stops accounts and opens none."""
    may = verb not in ("confirm", "refuse") if may is None else may
    start = next(state for state, name in MOVES if name == verb)
    row, by = BY_STATE[start](), request.getfixturevalue(person)
    if may:
        DO[verb](row, by)
    else:
        with pytest.raises(Forbidden):
            DO[verb](row, by)
    row.refresh_from_db()
    assert (row.state != start) is may


def applied(subject, **changed):
    given = {"code": subject.code, "name": subject.name, "handler": "王某某", "phone": "13800000000"}
    given |= {"login": "harbin.firm", "password": PASSWORD} | changed
    return actions.apply(**given)


def test_an_application_keeps_the_phone_sealed_and_waits():
    row = applied(SubjectFactory())
    row.refresh_from_db()
    assert (row.state, row.phone_masked) == ("applied", "138****0000")
    assert b"13800000000" not in bytes(row.phone)
    assert opened_phone(row.phone, row.receipt) == "13800000000"
    entry = AuditEntry.objects.about(row).get()
    assert (entry.verb, entry.actor_kind) == ("companies.apply", "company")
    assert "13800000000" not in str(entry.after)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "91230102MA1B00017U"}, "code"),
        ({"code": ""}, "code"),
        ({"name": "别的公司"}, "name"),
        ({"phone": "12345"}, "phone"),
        ({"login": "1x"}, "login"),
        ({"login": "TAKEN-one"}, "login"),
        ({"handler": "13800000000"}, "handler"),
        ({"password": "short"}, "password"),
        ({"password": "harbin.firm-2026A"}, "password"),
    ],
)
def test_what_stands_against_an_application_is_told_at_its_field(changed, field):
    ActiveFactory(login="taken-ONE")
    with pytest.raises(Refused) as refused:
        applied(SubjectFactory(), **changed)
    assert field in {finding.field for finding in refused.value.findings}
    assert CompanyAccount.objects.count() == 1


def test_nobody_fills_the_lists_of_the_windows():
    subject = SubjectFactory()
    AppliedFactory.create_batch(5, subject=subject)
    with pytest.raises(Conflict):
        applied(subject)


@pytest.mark.parametrize("missing", PAPERS)
def test_an_account_is_opened_only_when_all_papers_were_seen(missing, wendy_window):
    row = AppliedFactory()
    with pytest.raises(Refused):
        actions.confirm(row, by=wendy_window, papers=[paper for paper in PAPERS if paper != missing])
    row.refresh_from_db()
    assert (row.state, row.confirmed_at) == ("applied", None)


def test_confirming_keeps_who_where_and_what_was_seen(wendy_window):
    row = actions.confirm(AppliedFactory(), by=wendy_window, papers=list(PAPERS))
    assert (row.confirmed_by, row.confirmed_at_department) == (wendy_window, wendy_window.department)
    assert row.evidence == "营业执照或者登记证书、经办人身份证件、授权委托书"


def test_an_application_lapses_the_day_after_the_thirtieth():
    on = date(2026, 11, 23)
    row = AppliedFactory(applied_at=timezone.make_aware(timezone.datetime(2026, 11, 23, 9)) - timedelta(days=30))
    assert row.lapses_on == on
    assert actions.lapse(on) == 0
    assert actions.lapse(on + timedelta(days=1)) == 1
    assert actions.lapse(on + timedelta(days=1)) == 0
    row.refresh_from_db()
    assert row.state == "lapsed"


def test_log_in_tells_a_stranger_nothing_and_its_owner_what_is_the_matter():
    AppliedFactory(login="waits")
    SuspendedFactory(login="stopped")
    told = set()
    for login in ("nobody", "waits", "stopped"):
        with pytest.raises(Refused) as refused:
            actions.log_in(login, "Wrong-Password-1")
        told.add((refused.value.code, refused.value.text))
    assert len(told) == 1
    with pytest.raises(Refused, match="尚未核验"):
        actions.log_in("waits", PASSWORD)
    with pytest.raises(Refused, match="已停用"):
        actions.log_in("STOPPED", PASSWORD)


def test_a_failed_log_in_names_only_an_account_that_there_is():
    known = ActiveFactory(login="known")
    for login in ("known", "My-Secret-Password1"):
        with pytest.raises(Refused):
            actions.log_in(login, "x")
    first, second = AuditEntry.objects.filter(verb="companies.login_failed").order_by("pk")
    assert first.object_id == str(known.pk)
    assert "My-Secret" not in f"{second.detail}{second.object_label}"


def test_a_changed_password_ends_other_sessions_and_the_last_five_stay_out():
    row = ActiveFactory()
    before = row.session_key
    row = actions.change_password(row, by=row, old=PASSWORD, new="Another-One-2027")
    assert row.session_key != before
    with pytest.raises(Refused, match="最近 5 次"):
        actions.change_password(row, by=row, old="Another-One-2027", new="Another-One-2027")
    with pytest.raises(Refused, match="原密码不正确"):
        actions.change_password(row, by=row, old=PASSWORD, new="Third-One-2028")
    with pytest.raises(Forbidden):
        actions.change_password(row, by=ActiveFactory(), old="Another-One-2027", new="Third-One-2028")


def test_a_reset_password_is_told_once_and_must_be_changed(wendy_window):
    row = ActiveFactory()
    secret = actions.reset_password(row, by=wendy_window, reason="经办人忘记密码")
    assert actions.log_in(row.login, secret).must_change_password
    assert secret not in str(list(AuditEntry.objects.values_list("after", "detail", "reason")))
    with pytest.raises(Conflict):
        actions.reset_password(AppliedFactory(), by=wendy_window, reason="经办人忘记密码")


def test_a_company_closes_its_own_account_only_and_with_its_password():
    row, other = ActiveFactory(), ActiveFactory()
    with pytest.raises(Forbidden):
        actions.close(other, by=row, password=PASSWORD)
    with pytest.raises(Refused, match="密码不正确"):
        actions.close(row, by=row, password="wrong")
    assert actions.close(row, by=row, password=PASSWORD).state == "closed"


def test_history_keeps_old_rows_without_password_and_phone(wendy_window):
    row = actions.confirm(AppliedFactory(), by=wendy_window, papers=list(PAPERS))
    old = AuditHistory.objects.filter(table_name="companies_companyaccount", row_pk=str(row.pk)).latest("pk").old
    assert old["state"] == "applied"
    assert not {"password", "phone", "session_key"} & set(old)


def test_the_account_follows_a_subject_that_was_merged():
    kept = SubjectFactory()
    row = ActiveFactory(subject__merged_into=kept)
    assert canonical_subject(row) == kept


@pytest.mark.django_db(transaction=True)
def test_two_windows_confirm_at_once_and_one_is_told():
    from credit_platform.accounts.tests.factories import WindowClerkFactory

    row, people, outcomes = AppliedFactory(), WindowClerkFactory.create_batch(2), []

    def go(by):
        try:
            outcomes.append(actions.confirm(row, by=by, papers=list(PAPERS)).state)
        except Conflict:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(by,)) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["active", "told"]

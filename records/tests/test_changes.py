"""Correcting and revoking: every pair of status and verb, the second editor, the key that is fixed, the followers that are told."""

from __future__ import annotations

import datetime
import threading

import pytest
from django.db import connection
from django.utils import timezone

from credit_platform.accounts.models import User
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from records.actions import edit, enter, revoke
from records.models import CreditRecord
from records.queries import versions
from records.rules import RECORD_MOVES, RecordExists, RecordStatus, next_record_status
from records.tests import factories
from records.tests.test_entry import Listening, follower, penalty, person_penalty  # noqa: F401

pytestmark = pytest.mark.django_db
VERBS = sorted({verb for _, verb in RECORD_MOVES})
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def catalogue(db: None) -> None:
    factories.PenaltyEntryFactory()


@pytest.fixture
def record(alice_clerk: User) -> CreditRecord:
    return enter("penalty-2018", penalty(alice_clerk.department), by=alice_clerk, department=alice_clerk.department)


def change(record: CreditRecord, by: User, version: str | None = None, **given: object) -> CreditRecord:
    row = penalty(record.source_department, **given)
    return edit(record, row, by=by, version=version or str(record.version))


@pytest.mark.parametrize("status", list(RecordStatus))
@pytest.mark.parametrize("verb", VERBS)
def test_every_pair_of_status_and_verb_is_allowed_or_refused(status: RecordStatus, verb: str) -> None:
    if (status, verb) in RECORD_MOVES:
        assert next_record_status(status, verb) == RECORD_MOVES[status, verb]
    else:
        with pytest.raises(Conflict):
            next_record_status(status, verb)


@pytest.mark.parametrize("factory", [factories.RevokedRecordFactory, factories.UndoneRecordFactory])
def test_only_a_standing_record_is_edited_or_revoked(factory: type, alice_clerk: User) -> None:
    row = factory(authority=alice_clerk.department)
    with pytest.raises(Conflict):
        change(row, alice_clerk)
    with pytest.raises(Conflict):
        revoke(row, by=alice_clerk, reason="复议", on=TODAY())


def test_an_edit_is_told_kept_and_explained(record: CreditRecord, alice_clerk: User, follower: Listening) -> None:  # noqa: F811
    changed = change(record, alice_clerk, CF_NR="罚款贰仟元。")
    assert (changed.version, changed.content["CF_NR"]) == (2, "罚款贰仟元。")
    assert follower.told == [("changed", [record.pk])]
    entry = AuditEntry.objects.get(verb="records.edit")
    assert (entry.before, entry.after) == ({"CF_NR": "罚款人民币2000元。"}, {"CF_NR": "罚款贰仟元。"})
    newest, first = versions(CreditRecord.objects.get())
    assert (newest.number, newest.who) == (2, alice_clerk.full_name)
    assert [(c.label, c.before, c.after) for c in newest.changes] == [
        ("处罚内容", "罚款人民币2000元。", "罚款贰仟元。")
    ]
    assert first.number == 1


def test_saving_the_same_again_changes_nothing(record: CreditRecord, alice_clerk: User, follower: Listening) -> None:  # noqa: F811
    assert change(record, alice_clerk).version == 1
    assert follower.told == []
    assert not AuditEntry.objects.filter(verb="records.edit").exists()


def test_the_second_of_two_editors_is_told(record: CreditRecord, alice_clerk: User) -> None:
    change(record, alice_clerk, version="1", CF_NR="甲")
    with pytest.raises(Conflict, match="已被他人修改"):
        change(record, alice_clerk, version="1", CF_NR="乙")
    record.refresh_from_db()
    assert record.content["CF_NR"] == "甲"


def test_a_bad_edit_is_refused_whole(record: CreditRecord, alice_clerk: User) -> None:
    with pytest.raises(Refused) as told:
        change(record, alice_clerk, CF_NR_FK="")
    assert "CF_NR_FK" in {finding.field for finding in told.value.findings}
    record.refresh_from_db()
    assert record.version == 1


def test_the_key_changes_only_while_nothing_holds_on_to_it(
    record: CreditRecord,
    alice_clerk: User,
    follower: Listening,  # noqa: F811
) -> None:
    assert change(record, alice_clerk, CF_WSH="示市监罚〔2026〕9号").document_number == "示市监罚〔2026〕9号"
    follower.held[record.pk] = "已公示。"
    record.refresh_from_db()
    with pytest.raises(Refused, match="已公示"):
        change(record, alice_clerk, CF_WSH="示市监罚〔2026〕10号")
    with pytest.raises(Refused, match="不能再修改"):
        change(record, alice_clerk, CF_WSH="示市监罚〔2026〕9号", CF_XDR_SHXYM=factories.valid_code(5))
    assert change(record, alice_clerk, CF_WSH="示市监罚〔2026〕9号", CF_NR="改内容。").version == 3


def test_an_edit_cannot_become_another_record(record: CreditRecord, alice_clerk: User) -> None:
    bureau = alice_clerk.department
    other = enter("penalty-2018", penalty(bureau, CF_WSH="2号"), by=alice_clerk, department=bureau)
    with pytest.raises(RecordExists) as told:
        change(record, alice_clerk, CF_WSH="2号")
    assert told.value.record_id == other.pk


def test_a_personal_number_left_blank_stays(alice_clerk: User) -> None:
    bureau, number = alice_clerk.department, factories.valid_person_id(31)
    row = person_penalty(bureau, number)
    record = enter("penalty-2018", row, by=alice_clerk, department=bureau)
    edited = edit(record, row | {"CF_XDR_ZJHM": "", "CF_NR": "罚款贰仟元。"}, by=alice_clerk, version="1")
    assert edited.content["CF_XDR_ZJHM"]["hash"] == record.content["CF_XDR_ZJHM"]["hash"]
    assert edited.subject_id == record.subject_id
    assert number not in str(AuditEntry.objects.get(verb="records.edit").after)


def test_revoking_is_told_with_its_reason(record: CreditRecord, alice_clerk: User, follower: Listening) -> None:  # noqa: F811
    day = datetime.date(2026, 3, 1)
    revoked = revoke(record, by=alice_clerk, reason="行政复议决定撤销", on=day)
    assert (revoked.status, revoked.revoked_on) == ("revoked", day)
    assert follower.told == [("revoked", [record.pk])]
    assert AuditEntry.objects.get(verb="records.revoke").reason == "行政复议决定撤销"


@pytest.mark.parametrize(
    ("reason", "on"),
    [(" ", datetime.date(2026, 3, 1)), ("复议", datetime.date(2025, 12, 31)), ("复议", datetime.date(2999, 1, 1))],
)
def test_revoking_needs_a_reason_and_a_possible_day(
    reason: str, on: datetime.date, record: CreditRecord, alice_clerk: User
) -> None:
    with pytest.raises(Refused):
        revoke(record, by=alice_clerk, reason=reason, on=on)


def test_a_follower_that_fails_takes_the_change_back(
    record: CreditRecord,
    alice_clerk: User,
    follower: Listening,  # noqa: F811
) -> None:
    follower.fails = True
    with pytest.raises(Refused):
        revoke(record, by=alice_clerk, reason="复议", on=TODAY())
    with pytest.raises(Refused):
        change(record, alice_clerk, CF_NR="甲")
    record.refresh_from_db()
    assert (record.status, record.version) == ("active", 1)


@pytest.mark.parametrize(
    "who",
    ["dan_other_clerk", "bob_reviewer", "wendy_window", "carol_credit_office", "simon_system_admin", "arthur_auditor"],
)
def test_only_clerks_of_the_source_department_change_a_record(
    who: str, record: CreditRecord, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    with pytest.raises(Forbidden):
        change(record, person, CF_NR="甲")
    with pytest.raises(Forbidden):
        revoke(record, by=person, reason="复议", on=TODAY())


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_once_one_wins_and_one_is_told(alice_clerk: User) -> None:
    factories.PenaltyEntryFactory()
    bureau = alice_clerk.department
    row = enter("penalty-2018", penalty(bureau), by=alice_clerk, department=bureau)
    outcomes: list[str] = []

    def work(text: str) -> None:
        try:
            change(row, alice_clerk, version="1", CF_NR=text)
            outcomes.append("saved")
        except Conflict:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[text]) for text in ("甲", "乙", "丙")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["saved", "told", "told"]
    row.refresh_from_db()
    assert row.version == 2

"""Associations: authorised by two, apart from public credit information, shown with the member's consent alone, appealed against."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from companies.tests.factories import ActiveFactory, sign_in
from credit_platform.accounts.tests.factories import ClerkFactory, ReviewerFactory
from credit_platform.errors import Conflict, Forbidden, Refused
from industry.associations import actions, rules
from industry.associations.models import Association, Member, MemberRecord
from industry.associations.rules import RECORD_MOVES, RecordState, State
from industry.associations.tests.factories import association_in, member_of, record_in
from records.models import CreditRecord
from tests.diagrams import moves_of

pytestmark = pytest.mark.django_db

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_readme_draws_both_tables():
    tables = (rules.MOVES, RECORD_MOVES)
    assert moves_of(README) == {
        (str(state), verb, str(end)) for table in tables for (state, verb), end in table.items()
    }


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("verb", ["authorise", "discard", "end"])
def test_every_pair_of_an_authorisation(state, verb):
    row = association_in(state)
    given = {"by": ReviewerFactory(department=row.department), "seen": str(row.version)}
    given |= {} if verb == "authorise" else {"reason": "示例原因。"}
    if (state, verb) in rules.MOVES:
        assert getattr(actions, verb)(row, **given).state == rules.MOVES[state, verb]
        return
    with pytest.raises(Conflict):
        getattr(actions, verb)(row, **given)


@pytest.mark.parametrize("state", list(RecordState))
@pytest.mark.parametrize("verb", ["consent", "hide", "appeal", "uphold", "withdraw"])
def test_every_pair_of_a_record(state, verb):
    row = record_in(state)
    given = {"by": row.firm if verb in ("consent", "hide", "appeal") else row.keeper}
    given |= {"appeal": {"text": "不属实。"}, "uphold": {"answer": "属实。"}, "withdraw": {"answer": "不属实。"}}.get(
        verb, {}
    )
    if (state, verb) in RECORD_MOVES:
        assert getattr(actions, verb)(row, **given).state == RECORD_MOVES[state, verb]
        return
    with pytest.raises(Conflict):
        getattr(actions, verb)(row, **given)
    assert MemberRecord.objects.get(pk=row.pk).state == state


def test_who_drafted_does_not_authorise():
    row = association_in(State.DRAFTED)
    both = ReviewerFactory(department=row.department)
    Association.objects.filter(pk=row.pk).update(drafted_by=both)
    with pytest.raises(Forbidden, match="拟定人不能授权"):
        actions.authorise(row, by=both, seen=str(row.version))
    with pytest.raises(IntegrityError), transaction.atomic():
        Association.objects.filter(pk=row.pk).update(authorised_by=both)


@pytest.mark.parametrize(
    "changed", [{"kind": "penalty"}, {"title": "行政处罚决定"}, {"text": "已列入严重违法失信名单。"}]
)
def test_what_is_the_states_to_record_is_refused(changed):
    association = association_in(State.AUTHORISED)
    member, before = member_of(association), CreditRecord.objects.count()
    given = {"kind": "censure", "title": "公开谴责", "text": "违反自律公约。", "on": timezone.localdate()} | changed
    with pytest.raises(Refused):
        actions.enter(member, by=association.account, **given)
    assert MemberRecord.objects.count() == 0
    given = {"kind": "censure", "title": "公开谴责", "text": "违反自律公约。", "on": timezone.localdate()}
    assert actions.enter(member, by=association.account, **given)
    assert CreditRecord.objects.count() == before, "what an association says never enters the ledger"


def test_nobody_keeps_for_another_and_nothing_without_an_authorisation_in_force():
    association = association_in(State.AUTHORISED)
    member = member_of(association)
    given = {"kind": "praise", "title": "表彰", "text": "年度优秀会员。", "on": timezone.localdate()}
    with pytest.raises(Forbidden):
        actions.enter(member, by=member.account, **given)
    Association.objects.filter(pk=association.pk).update(valid_until=timezone.localdate())
    assert actions.enter(member, by=association.account, **given)
    Association.objects.filter(pk=association.pk).update(valid_until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Conflict, match="有效期"):
        actions.enter(member, by=association.account, **given)


def test_the_public_reads_with_consent_and_only_while_the_association_is_authorised():
    row = record_in(RecordState.KEPT)
    on = timezone.localdate()
    assert not MemberRecord.objects.shown(on).exists()
    row = actions.consent(row, by=row.firm) and MemberRecord.objects.get(pk=row.pk)
    assert MemberRecord.objects.shown(on).get() == row
    assert not MemberRecord.objects.shown(on + timedelta(days=31)).exists()
    with pytest.raises(Forbidden):
        actions.hide(row, by=ActiveFactory())


def test_a_firm_is_a_member_once_and_what_left_is_recorded_no_more():
    association = association_in(State.AUTHORISED)
    member = member_of(association)
    with pytest.raises(Conflict, match="已经是会员"):
        member_of(association, member.account)
    actions.release(member, by=association.account)
    given = {"kind": "praise", "title": "表彰", "text": "优秀。", "on": timezone.localdate()}
    with pytest.raises(Conflict, match="已经退会"):
        actions.enter(member, by=association.account, **given)
    assert member_of(association, member.account)


def test_the_pages_from_the_authorisation_to_the_appeal(client):
    clerk, firm, member = ClerkFactory(), ActiveFactory(), ActiveFactory()
    client.force_login(clerk)
    today = timezone.localdate()
    given = {"subject": firm.subject.code, "scope": "会员诚信自律", "document": "示授〔2026〕2号"}
    given |= {"valid_from": today.isoformat(), "valid_until": (today + timedelta(days=300)).isoformat()}
    assert client.post(reverse("associations:new"), given | {"subject": "91230100MA00000000"}).status_code == 422
    here = client.post(reverse("associations:new"), given)["Location"]
    row = Association.objects.get()
    client.force_login(ReviewerFactory(department=clerk.department))
    assert "待授权" in client.get("/desk/").content.decode()
    act = reverse("associations:act", args=[row.pk, "authorise"])
    assert client.post(act, {"version_seen": "1"}).status_code == 302
    assert "已授权" in client.get(here).content.decode()
    sign_in(client, firm)
    new = {"subject": member.subject.code, "since": "2026-01-05"}
    assert client.post(reverse("associations:my-member-new"), new).status_code == 302
    record = {"member": Member.objects.get().pk, "kind": "training", "title": "诚信培训", "text": "全员参加。"}
    record |= {"on": today.isoformat()}
    wrong = client.post(reverse("associations:my-record-new"), record | {"kind": "penalty"})
    assert wrong.status_code == 422
    assert client.post(reverse("associations:my-record-new"), record).status_code == 302
    made = MemberRecord.objects.get()
    public = reverse("associations:public", args=[row.pk])
    assert "诚信培训" not in client.get(public).content.decode()
    sign_in(client, member)
    assert "诚信培训" in client.get(reverse("associations:my-memberships")).content.decode()
    say = reverse("associations:my-membership-act", args=[made.pk, "consent"])
    assert client.post(say, {"word": "1"}).status_code == 302
    page = client.get(public).content.decode()
    assert "诚信培训" in page
    assert rules.MARK in page
    appeal = reverse("associations:my-membership-act", args=[made.pk, "appeal"])
    assert client.post(appeal, {"text": "参加人数有误。"}).status_code == 302
    assert "诚信培训" not in client.get(public).content.decode()
    sign_in(client, firm)
    assert "参加人数有误" in client.get(reverse("associations:my-association")).content.decode()
    back = reverse("associations:my-record-answer", args=[made.pk, "withdraw"])
    assert client.post(back, {"answer": "已更正。"}).status_code == 302
    assert MemberRecord.objects.get().state == "withdrawn"

"""Merges of duplicate subjects: two people, a preview that tells the truth, and a reversal that gives back exactly what went over."""

from __future__ import annotations

import datetime
import random
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from credit_platform.accounts.models import User
from credit_platform.accounts.tests.factories import CreditOfficeFactory
from credit_platform.errors import Conflict, Forbidden, Refused
from records.actions import MergeDocument, decide_merge, decline_merge, enter, propose_merge, reverse_merge
from records.models import CodeExemption, CreditRecord, MergeCase, Subject, SubjectIdentifier, SubjectName
from records.queries import search_subjects
from records.queries.merges import preview
from records.rules import MERGE_MOVES, MergeState, next_merge_state
from records.tests import factories
from records.tests.test_entry import Listening, follower, penalty  # noqa: F401

pytestmark = pytest.mark.django_db
DOCUMENT = MergeDocument("（哈市监）登记更正〔2026〕3号", "哈尔滨市市场监督管理局", datetime.date(2026, 10, 8))
VERBS = sorted({verb for _, verb in MERGE_MOVES})


@pytest.mark.parametrize("state", list(MergeState))
@pytest.mark.parametrize("verb", VERBS)
def test_every_pair_of_state_and_verb_is_allowed_or_refused(state: MergeState, verb: str) -> None:
    if (state, verb) in MERGE_MOVES:
        assert next_merge_state(state, verb) == MERGE_MOVES[state, verb]
    else:
        with pytest.raises(Conflict):
            next_merge_state(state, verb)


def whole_state() -> tuple[list[tuple[object, ...]], ...]:
    """Everything that a merge touches."""
    return (
        list(CreditRecord.objects.order_by("pk").values_list("pk", "subject_id", "status", "version")),
        list(SubjectName.objects.order_by("pk").values_list("pk", "subject_id", "is_current")),
        list(SubjectIdentifier.objects.order_by("pk").values_list("pk", "subject_id")),
        list(Subject.objects.order_by("pk").values_list("pk", "head_id", "merged_into_id", "name", "code")),
    )


def two_files(seed: int) -> tuple[Subject, Subject]:
    """Two files of one firm with names, numbers, branches and records at random, some of them in both."""
    chance = random.Random(seed)
    keep, drop = factories.SubjectFactory(), factories.MistypedSubjectFactory()
    for _ in range(chance.randrange(4)):
        factories.CreditRecordFactory(subject=chance.choice([keep, drop]))
    for _ in range(chance.randrange(3)):
        twin = factories.CreditRecordFactory(subject=keep)
        factories.RevokedRecordFactory(
            subject=drop, item=twin.item, authority=twin.authority, document_number=twin.document_number
        )
    for number in range(chance.randrange(4)):
        factories.SubjectIdentifierFactory(subject=drop)
        if number % 2:
            factories.SubjectIdentifierFactory(subject=keep, value=drop.identifiers.last().value)
    for number in range(chance.randrange(3)):
        factories.SubjectNameFactory(subject=drop, name=f"老字号{number}")
        if number:
            factories.SubjectNameFactory(subject=keep, name=f"老字号{number}")
    for _ in range(chance.randrange(3)):
        factories.SubjectFactory(head=chance.choice([keep, drop]))
    return keep, drop


@pytest.mark.parametrize("seed", range(12))
def test_a_merge_that_is_taken_back_leaves_everything_as_it_was(
    seed: int, alice_clerk: User, carol_credit_office: User
) -> None:
    keep, drop = two_files(seed)
    before = whole_state()
    case = propose_merge(keep, drop, by=alice_clerk, reason="重复建档")
    decide_merge(case, by=carol_credit_office, note="核实无误")
    assert not drop.names.exclude(name__in=keep.names.values("name")).exists()
    assert not CreditRecord.objects.filter(subject=drop, status="active").exists()
    reverse_merge(case, by=carol_credit_office, note="系两家企业")
    assert whole_state() == before


def test_after_a_merge_everything_leads_to_the_kept_file(
    alice_clerk: User,
    carol_credit_office: User,
    follower: Listening,  # noqa: F811
) -> None:
    record = factories.CreditRecordFactory(subject=factories.MistypedSubjectFactory(name="并入者商贸"))
    keep, drop = factories.SubjectFactory(name="保留者商贸"), record.subject
    case = propose_merge(keep, drop, by=alice_clerk, reason="重复建档")
    decide_merge(case, by=carol_credit_office, note="核实")
    record.refresh_from_db()
    assert record.subject == keep
    assert [hit.subject for hit in search_subjects(drop.code).hits] == [keep]
    (hit,) = search_subjects("并入者").hits
    assert (hit.subject, hit.by_former_name) == (keep, True)
    assert follower.told == [("moved", [record.pk])]


def test_what_comes_later_under_the_dropped_code_goes_back_with_it(
    alice_clerk: User, carol_credit_office: User
) -> None:
    factories.PenaltyEntryFactory()
    keep, drop = factories.SubjectFactory(), factories.SubjectFactory()
    second = CreditOfficeFactory(department=carol_credit_office.department)
    case = propose_merge(keep, drop, by=second, reason="换码前后重复建档", document=DOCUMENT)
    decide_merge(case, by=carol_credit_office, note="核实")
    row = penalty(alice_clerk.department, CF_XDR_SHXYM=drop.code)
    late = enter("penalty-2018", row, by=alice_clerk, department=alice_clerk.department)
    assert late.subject == keep
    reverse_merge(case, by=carol_credit_office, note="系两家企业")
    late.refresh_from_db()
    assert late.subject == drop


def test_the_same_standing_record_twice_stops_the_merge_and_the_preview_says_so(
    alice_clerk: User, carol_credit_office: User
) -> None:
    twin = factories.CreditRecordFactory()
    double = factories.CreditRecordFactory(
        subject=factories.MistypedSubjectFactory(), authority=twin.authority, document_number=twin.document_number
    )
    other = factories.CreditRecordFactory(subject=double.subject)
    case = propose_merge(twin.subject, double.subject, by=alice_clerk, reason="重复建档")
    plan = preview(case)
    assert (plan.conflicts, list(plan.moving)) == ([double], [other])
    with pytest.raises(Refused, match="1 条记录"):
        decide_merge(case, by=carol_credit_office, note="核实")
    double.status, double.revoked_on = "revoked", timezone.localdate()
    double.save()
    decide_merge(case, by=carol_credit_office, note="核实")
    double.refresh_from_db()
    assert double.subject == case.drop


def test_who_proposed_does_not_decide(carol_credit_office: User) -> None:
    case = propose_merge(
        factories.SubjectFactory(), factories.MistypedSubjectFactory(), by=carol_credit_office, reason="重复建档"
    )
    for act in (decide_merge, decline_merge):
        with pytest.raises(Forbidden, match="提出人"):
            act(case, by=carol_credit_office, note="核实")
    second = CreditOfficeFactory(department=carol_credit_office.department)
    assert decide_merge(case, by=second, note="核实").state == "merged"


@pytest.mark.parametrize("who", ["alice_clerk", "bob_reviewer", "wendy_window", "simon_system_admin", "arthur_auditor"])
def test_only_the_credit_office_decides(who: str, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(who)
    case, merged = factories.MergeCaseFactory(), factories.MergedCaseFactory()
    for act, row in ((decide_merge, case), (decline_merge, case), (reverse_merge, merged)):
        with pytest.raises(Forbidden):
            act(row, by=person, note="核实")


def test_impossible_merges_are_refused(alice_clerk: User) -> None:
    firm, person = factories.SubjectFactory(), factories.PersonFactory()
    with pytest.raises(Refused, match="自身"):
        propose_merge(firm, firm, by=alice_clerk, reason="重复建档")
    with pytest.raises(Refused, match="自然人"):
        propose_merge(firm, person, by=alice_clerk, reason="重复建档")
    with pytest.raises(Refused, match="理由"):
        propose_merge(firm, factories.SubjectFactory(), by=alice_clerk, reason=" ")
    with pytest.raises(Conflict, match="已被合并"):
        propose_merge(firm, factories.SubjectFactory(merged_into=firm), by=alice_clerk, reason="重复建档")


def test_one_open_case_about_a_subject(alice_clerk: User) -> None:
    drop = factories.MistypedSubjectFactory()
    propose_merge(factories.SubjectFactory(), drop, by=alice_clerk, reason="重复建档")
    with pytest.raises(Conflict, match="待复核"):
        propose_merge(factories.SubjectFactory(), drop, by=alice_clerk, reason="重复建档")


def test_chains_are_taken_back_from_their_end(alice_clerk: User, carol_credit_office: User) -> None:
    a, b, c = (factories.MistypedSubjectFactory() for _ in range(3))
    first = decide_merge(propose_merge(b, a, by=alice_clerk, reason="一"), by=carol_credit_office, note="核实")
    second = decide_merge(propose_merge(c, b, by=alice_clerk, reason="二"), by=carol_credit_office, note="核实")
    assert [hit.subject for hit in search_subjects(a.code).hits] == [c]
    with pytest.raises(Conflict, match="其后又被合并"):
        reverse_merge(first, by=carol_credit_office, note="误")
    reverse_merge(second, by=carol_credit_office, note="误")
    reverse_merge(first, by=carol_credit_office, note="误")
    assert not Subject.objects.filter(merged_into__isnull=False).exists()


def test_the_pages_lead_from_proposal_to_decision_and_back(
    client: Client, alice_clerk: User, carol_credit_office: User
) -> None:
    keep = factories.SubjectFactory()
    record = factories.CreditRecordFactory(
        subject=factories.MistypedSubjectFactory(), decided_on=datetime.date(2026, 10, 9)
    )
    client.force_login(alice_clerk)
    sent = {"form_token": str(uuid.uuid4()), "other": record.subject.code, "reason": "重复建档"}
    assert client.post(f"/desk/subjects/{keep.pk}/merge/", sent).status_code == 302
    case = MergeCase.objects.get()
    assert f"/desk/merges/{case.pk}/" in client.get("/desk/merges/").content.decode()
    page = client.get(f"/desk/merges/{case.pk}/").content.decode()
    assert record.document_number in page
    assert "同意合并" not in page
    client.force_login(carol_credit_office)
    decision = {"form_token": str(uuid.uuid4()), "note": "核实无误", "verb": "decide"}
    assert client.post(f"/desk/merges/{case.pk}/", decision | {"verb": "other"}).status_code == 400
    assert client.post(f"/desk/merges/{case.pk}/", decision).status_code == 302
    assert "还原合并" in client.get(f"/desk/merges/{case.pk}/").content.decode()
    assert client.get(f"/desk/subjects/{record.subject_id}/").url == f"/desk/subjects/{keep.pk}/"


def test_the_list_has_tabs_filters_and_an_export(client: Client, alice_clerk: User, carol_credit_office: User) -> None:
    keep, drop = factories.SubjectFactory(name="哈尔滨甲商贸有限公司"), factories.MistypedSubjectFactory()
    waiting = propose_merge(keep, drop, by=alice_clerk, reason="重复建档")
    closed = propose_merge(
        factories.SubjectFactory(), factories.MistypedSubjectFactory(), by=alice_clerk, reason="重复建档"
    )
    decline_merge(closed, by=carol_credit_office, note="不是同一主体")
    client.force_login(carol_credit_office)

    def shown(**asked: str) -> list[MergeCase]:
        return list(client.get("/desk/merges/", asked).context["listing"].page.items)

    assert shown() == [waiting]
    assert shown(scope="done") == [closed]
    assert shown(scope="all", sort="oldest") == [waiting, closed]
    assert shown(scope="all", q="甲商贸") == [waiting]
    assert shown(scope="all", q=closed.drop.code or "") == [closed]
    assert shown(scope="all", proposer="没有这个人") == []
    assert client.get("/desk/merges/", {"scope": "made up"}).status_code == 400
    sheet = b"".join(client.get("/desk/merges/", {"scope": "done", "export": "csv"})).decode("utf-8-sig")
    assert len(sheet.splitlines()) == 2
    assert "不是同一主体" in sheet


def test_who_proposes_is_led_to_the_case(client: Client, alice_clerk: User) -> None:
    keep, drop = factories.SubjectFactory(), factories.MistypedSubjectFactory()
    client.force_login(alice_clerk)
    sent = {"other": drop.code, "reason": "重复建档", "form_token": str(uuid.uuid4())}
    answer = client.post(f"/desk/subjects/{keep.pk}/merge/", sent)
    assert answer["Location"] == f"/desk/merges/{MergeCase.objects.get().pk}/"


def test_two_valid_codes_are_two_subjects_unless_a_document_says_otherwise(
    alice_clerk: User, bob_reviewer: User, carol_credit_office: User
) -> None:
    keep, drop = factories.SubjectFactory(), factories.SubjectFactory()
    for person, document in (
        (alice_clerk, None),
        (alice_clerk, DOCUMENT),
        (bob_reviewer, DOCUMENT),
        (carol_credit_office, None),
    ):
        with pytest.raises(Refused, match="都有效且不同"):
            propose_merge(keep, drop, by=person, reason="重复建档", document=document)
    assert not MergeCase.objects.exists()
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    for wrong in (MergeDocument("一号", "机关", tomorrow), MergeDocument(" ", "机关", DOCUMENT.on)):
        with pytest.raises(Refused, match="文书"):
            propose_merge(keep, drop, by=carol_credit_office, reason="重复建档", document=wrong)
    case = propose_merge(keep, drop, by=carol_credit_office, reason="登记机关换码", document=DOCUMENT)
    with pytest.raises(Forbidden, match="提出人"):
        decide_merge(case, by=carol_credit_office, note="核实")
    second = CreditOfficeFactory(department=carol_credit_office.department)
    assert decide_merge(case, by=second, note="与登记机关文书核对").state == "merged"


def test_a_code_that_became_valid_after_the_proposal_stops_the_decision(
    alice_clerk: User, carol_credit_office: User
) -> None:
    keep, drop = factories.SubjectFactory(), factories.SubjectFactory(code=None)
    case = propose_merge(keep, drop, by=alice_clerk, reason="重复建档")
    Subject.objects.filter(pk=drop.pk).update(code=factories.valid_code(63000001))
    with pytest.raises(Refused, match="都有效且不同"):
        decide_merge(case, by=carol_credit_office, note="核实")
    drop.refresh_from_db()
    assert (drop.merged_into_id, decline_merge(case, by=carol_credit_office, note="两家企业").state) == (
        None,
        "declined",
    )


@pytest.mark.parametrize("same_kind", [True, False])
def test_two_persons_with_numbers_of_one_kind_are_two(same_kind: bool, alice_clerk: User) -> None:
    keep, drop = factories.PersonFactory(), factories.PersonFactory()
    if not same_kind:
        Subject.objects.filter(pk=drop.pk).update(id_type="护照")
        assert propose_merge(keep, drop, by=alice_clerk, reason="同一人").state == "proposed"
        return
    with pytest.raises(Refused, match="都有效且不同"):
        propose_merge(keep, drop, by=alice_clerk, reason="同一人")


def test_a_registered_exception_counts_as_valid(alice_clerk: User) -> None:
    keep, drop = factories.SubjectFactory(), factories.MistypedSubjectFactory()
    CodeExemption.objects.create(code=drop.code, evidence="登记机关复函", added_by="系统管理员")
    with pytest.raises(Refused, match="都有效且不同"):
        propose_merge(keep, drop, by=alice_clerk, reason="重复建档")


def test_the_form_asks_the_credit_office_for_the_document_and_the_review_shows_it(
    client: Client, alice_clerk: User, carol_credit_office: User
) -> None:
    keep, drop = factories.SubjectFactory(), factories.SubjectFactory()
    address = f"/desk/subjects/{keep.pk}/merge/"

    def send(**more: str) -> object:
        return client.post(address, {"form_token": str(uuid.uuid4()), "other": drop.code, "reason": "换码", **more})

    client.force_login(alice_clerk)
    assert "证明文书号" not in client.get(address).content.decode()
    refused = send(document_number="一号", document_issuer="机关", document_on="2026-10-08")
    assert (refused.status_code, MergeCase.objects.count()) == (422, 0)
    assert "送市信用办" in refused.content.decode()
    client.force_login(carol_credit_office)
    assert "证明文书号" in client.get(address).content.decode()
    assert "请填写出具机关" in send(document_number="一号").content.decode()
    whole = {"document_number": DOCUMENT.number, "document_issuer": DOCUMENT.issuer, "document_on": "2026-10-08"}
    assert send(**whole).status_code == 302
    client.force_login(CreditOfficeFactory(department=carol_credit_office.department))
    page = client.get(f"/desk/merges/{MergeCase.objects.get().pk}/").content.decode()
    assert DOCUMENT.number in page
    assert "都有效且不同" in page
    assert "同意合并" in page


def test_the_page_of_a_merge_counts_what_was_taken_back_and_does_not_list_it(client: Client, alice_clerk: User) -> None:
    case = factories.MergeCaseFactory()
    gone = factories.UndoneRecordFactory(subject=case.drop)
    client.force_login(alice_clerk)
    page = client.get(f"/desk/merges/{case.pk}/").content.decode()
    assert gone.document_number not in page
    assert "另有 1 条已撤回导入的记录" in page

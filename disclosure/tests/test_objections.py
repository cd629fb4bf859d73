"""A department files a decision in another authority's name: both are told, the authority may object, a second person decides."""

from __future__ import annotations

import itertools

import pytest
from django.db import IntegrityError, transaction

from credit_platform.accounts.models import User
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, ReviewerFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from disclosure.actions import objections, publishing, review
from disclosure.models import AuthorityObjection, Disclosure
from disclosure.queries.objections import filed_in_our_name, objection_work
from disclosure.rules.objections import OBJECTION_LABELS, OBJECTION_MOVES, Objection, next_objection
from disclosure.tests.factories import TODAY
from records.actions.entry import enter
from records.imports.batches.push import push_rows
from records.models import CreditRecord, ImportFinding
from records.tests import factories as ledger
from records.tests.imports.samples import as_csv, bring, penalty

pytestmark = pytest.mark.django_db
VERBS = ("uphold", "reject", "retract")


@pytest.fixture(autouse=True)
def _private_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    ledger.PenaltyEntryFactory()


def closing(number, authority):
    return penalty(number, authority, CF_CFLB="责令停产停业", CF_NR="责令停产停业三个月。", CF_NR_FK=None)


@pytest.fixture
def sender(market_bureau) -> User:
    return ClerkFactory(department=market_bureau)


@pytest.fixture
def authority_clerk(housing_bureau) -> User:
    return ClerkFactory(department=housing_bureau)


@pytest.fixture
def office() -> User:
    return CreditOfficeFactory()


@pytest.fixture
def item(sender, market_bureau, housing_bureau) -> Disclosure:
    """The market bureau filed a decision of the housing bureau."""
    record = enter("penalty-2018", closing(1, housing_bureau), by=sender, department=market_bureau)
    return Disclosure.objects.get(record=record)


@pytest.fixture
def raised(item, authority_clerk) -> AuthorityObjection:
    return objections.object_to(item, by=authority_clerk, reason="本机关未作出该决定。")


def close(made, verb, by):
    given = {} if verb == "retract" else {"decision": "已与双方核实。"}
    return getattr(objections, verb)(made, by=by, **given)


@pytest.mark.parametrize(("state", "verb"), list(itertools.product(Objection, VERBS)))
def test_every_state_and_verb(state, verb, raised, authority_clerk, office):
    by = authority_clerk if verb == "retract" else office
    if state is not Objection.RAISED:
        close(
            raised,
            {v: k for (_, k), v in OBJECTION_MOVES.items()}[state],
            authority_clerk if state == "retracted" else office,
        )
    if (state, verb) in OBJECTION_MOVES:
        assert close(raised, verb, by).state == OBJECTION_MOVES[state, verb]
        assert not Disclosure.objects.get().objected
    else:
        with pytest.raises(Conflict) as refused:
            close(raised, verb, by)
        assert OBJECTION_LABELS[state] in refused.value.text


def test_a_state_has_no_other_verb():
    with pytest.raises(Conflict):
        next_objection("raised", "publish")


@pytest.mark.parametrize("way", ["form", "file", "push"])
def test_whoever_sends_is_told_the_authority_differs(way, sender, market_bureau, housing_bureau):
    row = closing(1, housing_bureau)
    if way == "form":
        enter("penalty-2018", row, by=sender, department=market_bureau)
    elif way == "file":
        bring(as_csv([row]), "a.csv", market_bureau, sender)
        assert ImportFinding.objects.filter(rule="authority.not-sender", level="warning").count() == 1
    else:
        done = push_rows("penalty-2018", [row], by=sender, department=market_bureau)
        assert "authority.not-sender" in [each["rule"] for each in done.rows[0].findings]
    record = CreditRecord.objects.get()
    assert "authority.not-sender" in [each["rule"] for each in record.warnings]
    own = enter("penalty-2018", closing(2, market_bureau), by=sender, department=market_bureau)
    assert "authority.not-sender" not in [each["rule"] for each in own.warnings]


def test_the_authority_sees_it_and_nobody_else_does(item, authority_clerk, sender, office):
    assert list(filed_in_our_name(authority_clerk)) == [item]
    assert list(filed_in_our_name(sender)) == []
    assert list(filed_in_our_name(office)) == [item]
    sections = {each.title: str(each.count) for each in objection_work(authority_clerk, item.arrived_on)}
    assert sections["他单位以本机关名义报送"] == "1"


def test_publication_is_held_until_it_is_decided(raised, item, sender, market_bureau, office):
    review.submit(item, by=sender)
    reviewer = ReviewerFactory(department=market_bureau)
    with pytest.raises(Refused) as held:
        review.approve_and_publish(Disclosure.objects.get(pk=item.pk), by=reviewer)
    assert held.value.code == "disclosure.objected"
    objections.reject(raised, by=office, decision="受委托报送，手续齐全。")
    assert review.approve_and_publish(Disclosure.objects.get(pk=item.pk), by=reviewer).state == "published"


def test_what_is_public_stays_until_the_decision_and_goes_with_it(item, sender, market_bureau, authority_clerk, office):
    review.submit(item, by=sender)
    review.approve_and_publish(Disclosure.objects.get(pk=item.pk), by=ReviewerFactory(department=market_bureau))
    made = objections.object_to(item, by=authority_clerk, reason="应由本机关报送。")
    assert Disclosure.objects.get(pk=item.pk).state == "published"
    objections.uphold(made, by=office, decision="经核实成立。", public_note="该信息由决定机关另行公示。")
    row = Disclosure.objects.get(pk=item.pk)
    assert (row.state, row.public_note) == ("withdrawn", "该信息由决定机关另行公示。")


def test_after_it_is_upheld_the_authority_files_the_same_decision_itself(
    raised, authority_clerk, housing_bureau, office
):
    with pytest.raises(Conflict):
        enter("penalty-2018", closing(1, housing_bureau), by=authority_clerk, department=housing_bureau)
    bring(as_csv([closing(1, housing_bureau)]), "a.csv", housing_bureau, authority_clerk)
    assert "提出异议" in ImportFinding.objects.get(rule="record.other-department").mend
    objections.uphold(raised, by=office, decision="经核实成立。")
    batch = bring(as_csv([closing(1, housing_bureau)]), "a.csv", housing_bureau, authority_clerk)
    assert (batch.accepted, batch.rejected) == (1, 0)
    own = CreditRecord.objects.get(status="active")
    assert own.source_department == housing_bureau
    assert CreditRecord.objects.get(status="revoked").source_department != housing_bureau
    assert own.disclosure.state == "draft"


def test_the_same_department_cannot_slip_it_in_again(raised, sender, market_bureau, housing_bureau, office):
    objections.uphold(raised, by=office, decision="经核实成立。")
    again = enter("penalty-2018", closing(1, housing_bureau), by=sender, department=market_bureau)
    assert again.disclosure.objected
    waiting = AuthorityObjection.objects.waiting().get()
    assert (waiting.disclosure, waiting.raised_by) == (again.disclosure, None)


def test_who_may(item, sender, authority_clerk, office, raised):
    for act in (
        lambda: objections.object_to(item, by=sender, reason="x"),
        lambda: objections.object_to(item, by=office, reason="x"),
        lambda: objections.reject(raised, by=authority_clerk, decision="x"),
        lambda: objections.uphold(raised, by=sender, decision="x"),
        lambda: objections.retract(raised, by=sender),
    ):
        with pytest.raises(Forbidden):
            act()
    with pytest.raises(Conflict):
        objections.object_to(item, by=authority_clerk, reason="再提")
    assert CreditRecord.objects.get().status == "active"


def test_reasons_are_asked_for_and_nothing_is_half_done(item, authority_clerk, office):
    with pytest.raises(Refused):
        objections.object_to(item, by=authority_clerk, reason=" ")
    made = objections.object_to(item, by=authority_clerk, reason="应由本机关报送。")
    with pytest.raises(Refused):
        objections.uphold(made, by=office, decision=" ")
    with pytest.raises(Refused):
        objections.uphold(made, by=office, decision="成立", public_note="电话13945123456")
    made.refresh_from_db()
    assert (made.state, CreditRecord.objects.get().status) == ("raised", "active")
    assert AuditEntry.objects.filter(verb__startswith="disclosure.objection.").count() == 0


def test_one_person_never_does_both(raised, office):
    AuthorityObjection.objects.filter(pk=raised.pk).update(raised_by=office)
    with pytest.raises(Forbidden):
        objections.reject(raised, by=office, decision="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        AuthorityObjection.objects.filter(pk=raised.pk).update(state="rejected", decided_by=office)


def test_the_sweep_passes_over_what_is_held(raised, item):
    Disclosure.objects.filter(pk=item.pk).update(state="approved", publish_from=TODAY)
    assert publishing.publish_approved(TODAY) == 0

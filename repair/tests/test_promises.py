"""What was promised for a repair, online or on paper, can be broken: the repair is undone, the letter goes the way of a breach, new
applications wait."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.models import Case
from commitments.letters.actions.signing import draft
from commitments.models import BreachCase, CommitmentLetter
from commitments.rules.kinds import BreachKind
from commitments.tests.cases import step as take_breach
from companies.tests.factories import ActiveFactory, sign_in
from credit_platform.errors import Conflict, Refused
from disclosure.models import Disclosure
from disclosure.tests.factories import PublishedFactory
from repair import actions
from repair.actions import Application, Letter
from repair.models import RepairBlock, RepairCase
from repair.queries.letters import letter_for
from repair.rules.procedure import Ground
from repair.tests.factories import PDF, PERFORMED, TODAY, applied, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters")]
TO_GRANT = ("accept", "verify", "review", "grant")


def online() -> Case:
    """An application of a company that signed its letter here."""
    item = PublishedFactory()
    account = ActiveFactory(subject=item.subject, confirmed_at=timezone.now() - timedelta(days=7))
    found = letter_for(item.subject, TODAY)
    seen = draft(found.entry, found.template, item.subject, {}, TODAY).sha256
    said = Application(performed_on=PERFORMED)
    return actions.apply(item, said, proof=[PDF], letter=Letter(seen=seen, site="http://testserver/"), by=account)


def on_paper() -> Case:
    """An application of a visitor at the window, with a letter on paper."""
    return applied()


@pytest.fixture(params=[online, on_paper], ids=lambda each: each.__name__)
def granted(request) -> Case:
    """A granted repair, promised in one of the two ways."""
    case = request.param()
    for verb in TO_GRANT:
        case = take(case, verb)
    return case


def own_of(case: Case) -> RepairCase:
    return RepairCase.objects.get(pk=case.pk)


def test_a_letter_on_paper_stands_in_the_ledger_once_the_application_is_accepted():
    case = on_paper()
    assert own_of(case).promise is None
    take(case, "accept")
    letter = own_of(case).promise
    assert (letter.made_on, letter.subject, letter.commitment_type) == (TODAY, case.subject, "repair")
    assert letter.record.disclosure.state == "published"
    assert CommitmentLetter.objects.count() == 1


def test_a_broken_promise_undoes_the_repair_and_goes_the_way_of_a_breach(granted):
    letter = own_of(granted).promise
    case = take(granted, "notify", ground=Ground.BROKEN)
    for verb in ("serve", "hear", "undo"):
        case = take(case, verb)
    item = Disclosure.objects.get(pk=case.own.disclosure_id)
    assert item.state == "published", "until its first last day"
    breach = BreachCase.objects.get(letter=letter)
    assert (breach.kind, breach.case.state) == (BreachKind.UNFULFILLED, "candidate")
    block = RepairBlock.objects.get(case=own_of(case))
    assert (block.since, block.until) == (TODAY, date(2027, 11, 23))
    with pytest.raises(Refused) as refused:
        applied(item)
    assert refused.value.code == "repair.blocked"
    assert take_breach(breach.case, "notify", intended=[]).state == "notified", "heard like any other"


def test_a_repair_is_promised_in_one_way():
    paper, signed = take(on_paper(), "accept"), online()
    letter = own_of(paper).paper_letter
    with pytest.raises(IntegrityError), transaction.atomic():
        RepairCase.objects.filter(pk=signed.pk).update(paper_letter=letter)


def test_the_company_answers_online_before_its_repair_is_undone(granted, client):
    case = granted
    account = case.subject.accounts.first() or ActiveFactory(subject=case.subject)
    sign_in(client, account)
    mine = reverse("repair:my-case", args=[case.pk])
    assert client.get(mine).status_code == 404, "nothing was served"
    case = take(take(case, "notify"), "serve")
    told = client.get(mine).content.decode()
    assert "缴款凭证系伪造" in told
    assert "在线陈述申辩" in told
    assert mine in client.get(reverse("companies:home")).content.decode()
    answer = client.post(reverse("repair:my-response", args=[case.pk]), {"statement": "请向银行核实。", "final": "on"})
    assert answer.headers["Location"] == mine
    case.refresh_from_db()
    assert (case.state, case.hearing.statement) == ("served", "请向银行核实。")
    with pytest.raises(Conflict):
        take(case, "respond", by=account)
    assert take(case, "undo", considered="银行回函证实凭证系伪造。").state == "undone"
    assert "修复已撤销" in client.get(mine).content.decode()

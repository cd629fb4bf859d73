"""Agencies: registered by two, read only what a subject opened, refused at the very next call, struck after a hearing."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.tests import kit
from companies.tests.factories import ActiveFactory, sign_in
from credit_platform.accounts.tests.factories import ApiClientFactory, CreditOfficeFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from deliveries.models import Delivery
from deliveries.tests.factories import repaired
from disclosure.tests.factories import PublishedFactory, severe_penalty
from industry.agencies import actions, rules
from industry.agencies.models import Agency
from industry.agencies.queries import calls_about, laggards, who_was_answered
from industry.agencies.rules import STRIKE, State
from industry.agencies.tests.factories import GIVEN, agency_in, case_in, connected, granted, office, struck_case, take
from lookups.actions.online import take_back
from lookups.models import Query
from lookups.queries.telling import looked_at
from tests.diagrams import moves_of

pytestmark = pytest.mark.django_db

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
READY = {"determine": "heard", "dismiss": "proposed", "decide": "determined"}

test_strike_moves = kit.every_pair(STRIKE, case_in, take, ready={"determine": "heard"})
test_strike_second_person = kit.two_people(STRIKE, case_in, take, ready=READY, person=CreditOfficeFactory)


def test_the_readme_draws_both_tables():
    told = moves_of(README)
    agency = {(str(state), verb, str(end)) for (state, verb), end in rules.MOVES.items()}
    strike = {(str(state), verb, str(end)) for (state, verb), end in STRIKE.moves.items()}
    assert told == agency | strike


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("verb", ["verify", "return", "register", "leave"])
def test_every_pair_of_state_and_verb(state, verb):
    row = agency_in(state)
    given = {"by": office(row), "seen": str(row.version)} | ({"reason": "请补充。"} if verb == "return" else {})
    step = {"verify": actions.verify, "return": actions.return_, "register": actions.register}.get(verb)

    def run():
        return actions.leave(row, by=row.account) if step is None else step(row, **given)

    if (state, verb) in rules.MOVES:
        assert run().state == rules.MOVES[state, verb]
        return
    with pytest.raises(Conflict):
        run()


def test_who_verified_does_not_register():
    row = agency_in(State.VERIFIED)
    with pytest.raises(Forbidden, match="不能登记"):
        actions.register(row, by=row.verified_by, seen=str(row.version))
    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.filter(pk=row.pk).update(registered_by=row.verified_by)


def test_a_rating_agency_names_its_filing_and_everybody_promises():
    with pytest.raises(Refused) as refused:
        actions.apply(GIVEN | {"kinds": ["rating"]}, department=office_unit(), promise=False, by=ActiveFactory())
    assert {each.field for each in refused.value.findings} == {"filings", "promise"}


def office_unit():
    return CreditOfficeFactory().department


def test_a_year_without_a_word_falls_silent_by_date_and_comes_back_with_one():
    row = agency_in(State.REGISTERED)
    last = row.confirmed_until
    assert row.is_current(last)
    assert not row.is_current(last + timedelta(days=1))
    with pytest.raises(Conflict, match="暂不需要"):
        actions.confirm(row, by=row.account)
    with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(days=400)):
        row = actions.confirm(row, by=row.account)
        assert row.is_current(timezone.localdate())
    with pytest.raises(Forbidden):
        actions.confirm(row, by=ActiveFactory())


def test_an_authorisation_that_was_taken_back_between_two_calls():
    agency, account = connected(), ActiveFactory()
    grant = granted(agency, account)
    code = account.subject.code
    query, sheet = actions.call(code, matter="贷款评估", by=agency.client)
    assert (query.authorisation, query.visitor) == (grant.authorisation, agency.subject.name)
    assert sheet.subject == account.subject
    take_back(grant.authorisation, by=account)
    with pytest.raises(Refused, match="没有授权"):
        actions.call(code, matter="贷款评估", by=agency.client)
    last, first = calls_about(grant)
    assert (first.outcome, last.outcome) == ("answered", "refused")
    assert "撤回" in last.refused
    assert AuditEntry.objects.filter(verb="agencies.call").count() == 2
    told = looked_at(account.subject, timezone.localdate())
    assert [each.unit for each in told] == [agency.subject.name]


def test_nobody_is_read_without_an_authorisation_of_its_own():
    agency = connected()
    granted(agency)
    stranger = ActiveFactory()
    with pytest.raises(Refused, match="没有授权"):
        actions.call(stranger.subject.code, matter="贷款评估", by=agency.client)
    other = connected()
    grant = granted(agency, stranger)
    with pytest.raises(Refused, match="没有授权"):
        actions.call(stranger.subject.code, matter="贷款评估", by=other.client)
    with pytest.raises(Forbidden):
        take_back(grant.authorisation, by=ActiveFactory())


def test_an_authorisation_holds_on_its_last_day_and_not_on_the_day_after():
    agency, account = connected(), ActiveFactory()
    granted(agency, account, days=3)
    with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(days=3)):
        assert actions.call(account.subject.code, matter="贷款评估", by=agency.client)
    with (
        patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(days=4)),
        pytest.raises(Refused),
    ):
        actions.call(account.subject.code, matter="贷款评估", by=agency.client)
    with pytest.raises(Refused, match="不超过一年"):
        granted(agency, ActiveFactory(), days=367)


def test_refused_calls_count_against_the_quota_too():
    agency, account = connected(quota=2), ActiveFactory()
    granted(agency, account)
    with pytest.raises(Refused, match="没有授权"):
        actions.call(ActiveFactory().subject.code, matter="贷款评估", by=agency.client)
    actions.call(account.subject.code, matter="贷款评估", by=agency.client)
    with pytest.raises(Refused, match="已达上限2次"):
        actions.call(account.subject.code, matter="贷款评估", by=agency.client)
    assert Query.objects.filter(actor_kind="client", actor_id=agency.client_id).count() == 3


def test_a_key_that_is_no_agencys_reads_nothing():
    with pytest.raises(Forbidden, match="不属于"):
        actions.call("91230100MA00000000", matter="评估", by=ApiClientFactory(scopes=["agency.read"]))
    with pytest.raises(Forbidden):
        actions.call("91230100MA00000000", matter="评估", by=ApiClientFactory(scopes=["records.read"]))
    agency = connected()
    wrong = ApiClientFactory(scopes=["records.read"])
    with pytest.raises(Refused, match=r"agency\.read"):
        actions.connect(agency, client=wrong, quota=5, by=office(agency), seen=str(agency.version))


def test_an_agency_that_was_struck_or_left_reads_nothing():
    account = ActiveFactory()
    agency = connected()
    granted(agency, account)
    take(struck_case(agency, "determined"), "decide")
    agency.refresh_from_db()
    assert agency.state == State.STRUCK
    with pytest.raises(Refused, match="登记不在有效期内"):
        actions.call(account.subject.code, matter="贷款评估", by=agency.client)
    with pytest.raises(Refused, match="没有登记"):
        granted(agency)


def test_a_dismissed_strike_leaves_the_agency_as_it_was_and_one_is_open_at_most():
    agency = agency_in(State.REGISTERED)
    case = struck_case(agency)
    with pytest.raises(Conflict, match="正在办理"):
        struck_case(agency)
    take(case, "dismiss")
    agency.refresh_from_db()
    assert agency.state == State.REGISTERED
    assert struck_case(agency)


def test_what_is_repaired_is_delivered_to_who_was_told_and_laggards_are_named():
    agency, account = connected(), ActiveFactory()
    granted(agency, account)
    item = PublishedFactory(record=severe_penalty(subject=account.subject))
    actions.call(account.subject.code, matter="贷款评估", by=agency.client)
    repaired(item)
    delivery = Delivery.objects.get(disclosure=item, recipient__client=agency.client)
    assert list(laggards(delivery.due_on)) == []
    (late,) = laggards(delivery.due_on + timedelta(days=1))
    assert (late, late.late) == (agency, 1)


def test_only_who_was_answered_has_a_copy():
    agency, account = connected(), ActiveFactory()
    granted(agency)
    with pytest.raises(Refused):
        actions.call(account.subject.code, matter="贷款评估", by=agency.client)

    class One:
        disclosure_id, subject_id = 1, account.subject_id

    assert list(who_was_answered([One()], date(2020, 1, 1))) == []


def test_the_interface_answers_and_refuses_in_its_one_form(client):
    agency, account = connected(), ActiveFactory()
    grant = granted(agency, account)
    ask = {"code": account.subject.code, "matter": "贷款评估"}
    address, key = reverse("agencies:api-lookups"), {"X-Api-Key": agency.key}
    assert client.post(address, json.dumps(ask), content_type="application/json").status_code == 401
    answer = client.post(address, json.dumps(ask), content_type="application/json", headers=key)
    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["name"] == account.subject.name
    assert {each["scope"] for each in answer.json()["groups"]} == {"public", "authorised"}
    take_back(grant.authorisation, by=account)
    refused = client.post(address, json.dumps(ask), content_type="application/json", headers=key)
    assert (refused.status_code, refused.json()["code"]) == (422, "agencies.call")


def test_the_pages_of_a_subject_and_of_an_agency(client):
    unit = CreditOfficeFactory().department
    firm, account = ActiveFactory(), ActiveFactory()
    sign_in(client, firm)
    mine = reverse("agencies:my-agency")
    assert client.post(mine, GIVEN).status_code == 422
    assert client.post(mine, GIVEN | {"promise": "on"}).status_code == 302
    row = Agency.objects.get()
    assert row.department == unit
    for verb in ("verify", "register"):
        client.force_login(CreditOfficeFactory(department=unit))
        row.refresh_from_db()
        assert (
            client.post(reverse("agencies:act", args=[row.pk, verb]), {"version_seen": row.version}).status_code == 302
        )
    row = connected(Agency.objects.get())
    assert row.subject.name in client.get("/agencies/").content.decode()
    granted(row)  # the purpose of the list is there
    sign_in(client, account)
    until = (timezone.localdate() + timedelta(days=30)).isoformat()
    new = reverse("agencies:my-grant-new", args=[row.pk])
    assert client.post(new, {"reason": "评估", "ends_on": until}).status_code == 422
    here = client.post(new, {"reason": "评估", "ends_on": until, "agreed": "on"})["Location"]
    actions.call(account.subject.code, matter="贷款评估", by=row.client)
    assert "贷款评估" in client.get(here).content.decode()
    assert client.post(f"{here}end/", {"word": "1"}).status_code == 302
    with pytest.raises(Refused):
        actions.call(account.subject.code, matter="再次评估", by=row.client)
    page = client.get(here).content.decode()
    assert "再次评估" in page
    assert "未予查询" in page
    sign_in(client, ActiveFactory())
    assert client.get(here).status_code == 404

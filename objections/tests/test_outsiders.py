"""Without an account: lodged by anybody, counted from the day on which somebody saw the papers, followed by number and code."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from casework.actions.opening import tracking_code
from casework.models import Case, Message
from casework.rules.disputes import About
from companies.rules import PAPERS, PENDING_AT_MOST
from credit_platform.accounts.tests.factories import CreditOfficeFactory, WindowClerkFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from disclosure.models import Disclosure
from disclosure.tests.factories import PublishedFactory, WithdrawnFactory
from objections import actions
from objections.models import Objection
from objections.queries.statistics import year_of
from objections.rules.claims import Capacity, Outsider
from objections.rules.procedure import LAPSE_AFTER, OBJECTION, State
from objections.tests.factories import OTHER, PDF, TODAY, brought_to, case_in, disputed, filed, lodged, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def shown(case: Case) -> Disclosure:
    return Disclosure.objects.get(pk=case.own.disclosure_id)


def test_what_anybody_lodges_marks_nothing_and_runs_from_the_day_on_which_it_is_confirmed(clock):
    case = lodged()
    assert (shown(case).marks, case.own.is_open, case.due_on) == ([], False, date(2026, 11, 24))
    clock(date(2026, 11, 27))
    case = take(case, "confirm")
    own = Objection.objects.get(pk=case.pk)
    assert (shown(case).marks, own.is_open, own.filed_on) == (["objection"], True, date(2026, 11, 27))
    assert case.due_on == date(2026, 12, 2)
    assert own.confirmed_by is not None


def test_without_papers_no_day_runs_for_the_office():
    assert lodged(papers=[]).due_on is None


@pytest.mark.parametrize("missing", PAPERS)
def test_every_paper_must_have_been_seen(missing):
    with pytest.raises(Refused) as refused:
        take(lodged(), "confirm", papers=[paper for paper in PAPERS if paper != missing])
    assert PAPERS[missing] in refused.value.findings[0].text


@pytest.mark.parametrize(
    ("who", "field"),
    [(Outsider("", "13800000000", Capacity.HEAD), "name"), (Outsider("赵某某", "0451-1234", Capacity.HEAD), "phone")],
)
def test_who_it_is_must_be_said(who, field):
    with pytest.raises(Refused) as refused:
        lodged(who=who)
    assert field in {finding.field for finding in refused.value.findings}


def test_only_what_is_public_and_never_by_an_account_of_staff():
    with pytest.raises(Refused):
        lodged(WithdrawnFactory(), field="x")
    with pytest.raises(Forbidden):
        take(lodged(), "confirm", by=CreditOfficeFactory.build(roles=[]))


@pytest.mark.parametrize(("days", "closed"), [(LAPSE_AFTER, 0), (LAPSE_AFTER + 1, 1)])
def test_who_does_not_come_is_closed_after_the_last_day(clock, days, closed):
    case = lodged()
    clock(TODAY + timedelta(days=days))
    assert actions.lapse() == closed
    assert actions.lapse() == 0
    case.refresh_from_db()
    assert case.state == ("lapsed" if closed else "lodged")
    assert case.own.objector.comes_until == TODAY + timedelta(days=LAPSE_AFTER)


def test_who_is_not_known_keeps_nobody_from_objecting_to_the_same_facts():
    item = PublishedFactory()
    stranger = lodged(item)
    known = filed(item)
    assert known.state == "filed"
    with pytest.raises(Conflict, match=known.number):
        take(stranger, "confirm")
    with pytest.raises(Conflict, match=known.number):
        lodged(item)


def test_a_second_one_with_new_evidence_is_taken_whichever_way_it_comes():
    item = PublishedFactory()
    first = filed(item)
    assert filed(item, evidence=[OTHER]) == first
    assert first.attachments.count() == 2
    assert filed(item, evidence=[OTHER, PDF.__class__("新.pdf", b"%PDF-1.4 third")], by=WindowClerkFactory()) == first
    with pytest.raises(Conflict, match=first.number):
        filed(item, evidence=[OTHER], by=WindowClerkFactory())
    for verb in ("accept", "forward", "answer", "decide"):
        first = take(first, verb)
    with pytest.raises(Conflict, match=first.number):
        lodged(item, evidence=[OTHER])
    second = lodged(item, evidence=[PDF.__class__("再新.pdf", b"%PDF-1.4 fourth")])
    assert take(second, "confirm").state == "filed"


def test_too_many_that_wait_are_sent_to_a_window():
    item = PublishedFactory()
    for n in range(PENDING_AT_MOST):
        lodged(item, claimed=f"应当是{n}。")
    with pytest.raises(Conflict) as told:
        lodged(item, claimed="还有一处。")
    assert told.value.code == "objection.pending"


def test_what_was_never_confirmed_is_not_counted():
    item = PublishedFactory()
    lodged(item)
    filed(item, claimed="另一处。")
    assert year_of(TODAY.year, Case.objects.of(OBJECTION)).total.filed == 1


def test_steps_are_told_to_the_number_that_was_given_and_the_number_stands_nowhere(settings):
    settings.CASEWORK_CHANNELS = ["casework.actions.notices.Console"]
    case = take(lodged(), "confirm")
    assert Message.objects.filter(notice__case=case).count() == 1
    assert "13800000000" not in str(list(AuditEntry.objects.values()))
    assert case.own.objector.phone_masked == "138****0000"


def test_the_phone_is_shown_once_with_a_purpose_and_the_look_is_registered(client):
    case = lodged()
    client.force_login(CreditOfficeFactory())
    address = reverse("objection:contact", args=[case.pk])
    assert "13800000000" not in client.get(address).content.decode()
    told = client.post(address, {"purpose": "通知补正"}).content.decode()
    assert "13800000000" in told
    assert AuditEntry.objects.filter(verb="objections.contact").count() == 1


def form(item: Disclosure, **more) -> dict[str, object]:
    return {
        "about": About.CONTENT.value,
        "field": min(item.shown),
        "claimed": "决定书写的是另一内容。",
        "grounds": "与原件不一致。",
        "evidence": SimpleUploadedFile("缴款凭证.pdf", PDF.data),
        "papers": SimpleUploadedFile("授权委托书.pdf", OTHER.data),
        "name": "赵某某",
        "capacity": "agent",
        "phone": "13800000000",
    } | more


def test_by_the_pages_from_the_disputed_value_to_the_appeal(client, clock):
    item = PublishedFactory()
    guide = client.get(f"/objections/?item={item.public_id}&field={min(item.shown)}").content.decode()
    address = f"/objections/new/item/{item.public_id}/?field={min(item.shown)}"
    assert address in guide
    assert client.get(address).context["form"].initial["field"] == min(item.shown)
    wrong = client.post(address, form(item, phone="1"))
    assert (wrong.status_code, Case.objects.count()) == (422, 0)
    answer = client.post(address, form(item), follow=True)
    case, code = Case.objects.get(), answer.context["code"]
    assert case.number in answer.content.decode()
    assert client.get("/objections/lodged/").status_code == 302
    assert client.get("/objections/followed/").status_code == 302
    assert client.post("/objections/follow/", {"number": case.number, "code": "AAAAAAAA"}).status_code == 422
    page = client.post("/objections/follow/", {"number": case.number, "code": code}, follow=True).content.decode()
    assert "待确认身份" in page
    case = take(case, "confirm")
    brought_to("asked", case)
    assert "决定书原件" in client.get("/objections/followed/").content.decode()
    paper = SimpleUploadedFile("原件.pdf", b"%PDF-1.4 original")
    assert client.post("/objections/followed/supply/", {"evidence": paper}).status_code == 302
    case.refresh_from_db()
    assert case.state == "filed"
    case = brought_to("decided", case)
    assert client.post("/objections/followed/appeal/", {"reasons": "仍与原件不一致。"}).status_code == 302
    case.refresh_from_db()
    assert case.state == "appealed"
    assert client.get("/objections/followed/appeal/").status_code == 404


@pytest.mark.parametrize("state", State)
def test_the_tracker_tells_every_stage_in_words_with_what_can_be_done(client, state):
    case = case_in(state)
    client.post("/objections/follow/", {"number": case.number, "code": tracking_code(case)})
    page = client.get("/objections/followed/")
    told = page.content.decode()
    assert case.get_state_display() in told
    assert [step["label"] for step in page.context["stepper"] if step["current"]] == [case.get_state_display()]
    offered = {verb for verb, _ in page.context["verbs"]}
    moves = {verb for begin, verb in OBJECTION.moves if begin == state}
    assert offered == (moves & {"supply", "add", "retract", "appeal"}) - ({"add"} if state == State.ASKED else set())
    assert page.context["case"].number in told


def test_the_window_confirms_by_the_number_of_the_receipt(client):
    case = lodged()
    client.force_login(WindowClerkFactory())
    assert "没有找到" in client.get(reverse("objection:find"), {"number": "异议〔2026〕999999号"}).content.decode()
    answer = client.get(reverse("objection:find"), {"number": case.number}, follow=True)
    assert "138****0000" in answer.content.decode()
    seen = answer.context["form"]["version_seen"].value()
    address = reverse("objection:confirm", args=[case.pk])
    given = {"version_seen": seen, "on": "2026-11-23"}
    assert client.post(address, given | {"papers": ["licence"]}).status_code == 422
    assert client.post(address, given | {"papers": list(PAPERS)}).status_code == 302
    case.refresh_from_db()
    assert (case.state, shown(case).marks) == ("filed", ["objection"])
    assert client.get(address).status_code == 404


def test_a_page_that_is_not_public_has_no_form_for_strangers(client):
    item = WithdrawnFactory()
    assert client.get(f"/objections/new/item/{item.public_id}/").status_code == 404
    assert client.get("/objections/new/entry/1/").status_code == 404
    assert disputed(item).public is False


def test_who_was_signed_in_when_it_was_lodged_does_not_confirm_it_and_who_confirmed_does_not_answer():
    staff, other = WindowClerkFactory(), CreditOfficeFactory()
    case = lodged(staff=staff)
    with pytest.raises(Forbidden) as refused:
        take(case, "confirm", by=staff)
    assert refused.value.code == "objection.oneself"
    case = take(case, "confirm", by=other)
    for column in ("lodged_by", "answered_to_by", "settled_by"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Objection.objects.filter(pk=case.pk).update(**{column: other})

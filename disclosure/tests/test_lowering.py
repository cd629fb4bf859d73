"""What makes an item lighter or keeps it from the public is never one person's act, and never contradicts the kinds of penalty."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, ReviewerFactory
from credit_platform.errors import Conflict, Forbidden, Refused
from disclosure import actions
from disclosure.actions.following import follower
from disclosure.models import Disclosure, FineThreshold, Lowering, PeriodRule, RuleSet
from disclosure.queries.book import book
from disclosure.queries.public import public_disclosures
from disclosure.queries.worklists import work
from disclosure.rules.claims import claim_of
from disclosure.rules.classify import beyond_simple
from disclosure.rules.facts import Facts
from disclosure.rules.periods import evaluate
from disclosure.rules.states import State
from disclosure.tests import factories
from disclosure.tests.factories import TODAY, DisclosureFactory, SubmittedFactory, held
from records.models import CreditRecord

pytestmark = pytest.mark.django_db

CLOSING = ("吊销许可证件", "责令关闭", "责令停产停业", "限制从业", "限制开展生产经营活动", "罚款；吊销许可证件")


@pytest.fixture(autouse=True)
def _on_that_day(today):
    return today


def reviewer_of(row, **more):
    return ReviewerFactory(department=row.source_department, **more)


def penalty(kinds="罚款", **content):
    record = factories.fine()
    record.content |= {"CF_CFLB": kinds, **content}
    if "罚款" not in kinds:
        record.content.pop("CF_NR_FK", None)
    record.entered_by = ClerkFactory(department=record.source_department)
    record.save()
    return record


def entered(kinds="罚款", **content):
    """As an import, a push or the form brings it."""
    record = penalty(kinds, **content)
    follower.entered([record.pk], by=record.entered_by)
    return Disclosure.objects.get(record=record)


def again(row):
    return Disclosure.objects.get(pk=row.pk)


def changed(row, by, **fields):
    record = CreditRecord.objects.get(pk=row.record_id)
    record.content |= fields
    record.version += 1
    record.save()
    follower.changed([record.pk], by=by)
    return again(row)


@pytest.mark.parametrize("kinds", CLOSING)
@pytest.mark.parametrize("stated", ["轻微", "一般"])
def test_a_class_below_what_the_law_ties_to_the_kind_has_no_effect_in_a_file(kinds, stated):
    row = entered(kinds, HRB_YZCD=stated)
    assert (row.state, row.severity) == (State.DRAFT, "严重")
    said = row.lowerings.get()
    assert (said.state, said.what, said.said_by) == ("barred", "class", row.drafted_by)
    with pytest.raises(Refused) as refused:
        actions.submit(row, by=row.drafted_by, on=TODAY)
    assert [each.rule for each in refused.value.findings] == ["severity.barred"]
    assert "令第36号" in refused.value.findings[0].article


@pytest.mark.parametrize("kinds", CLOSING)
@pytest.mark.parametrize("stated", ["轻微", "一般"])
def test_and_is_refused_on_the_page(kinds, stated):
    row = entered(kinds)
    with pytest.raises(Refused) as refused:
        actions.state_severity(row, by=row.drafted_by, severity=stated, basis="裁量基准第1条", on=TODAY)
    assert "severity.barred" in [each.rule for each in refused.value.findings]
    assert (again(row).state, again(row).severity, row.lowerings.count()) == (State.DRAFT, "严重", 0)


def test_the_class_of_the_law_may_be_stated():
    row = entered("责令停产停业", HRB_YZCD="轻微")
    actions.state_severity(row, by=row.drafted_by, severity="严重", basis="令第36号", on=TODAY)
    actions.submit(row, by=row.drafted_by, on=TODAY)
    assert (again(row).state, again(row).awaits_confirmation) == (State.SUBMITTED, False)
    assert row.lowerings.get().state == "void"


def test_a_huge_fine_is_serious_by_its_threshold():
    FineThreshold.objects.create(severity="严重", amount_wan=100, valid_from=date(2026, 4, 1), basis="示例")
    row = entered(CF_NR_FK="500", HRB_YZCD="轻微")
    assert (row.state, row.severity, row.lowerings.get().state) == (State.DRAFT, "严重", "barred")
    below = entered(CF_NR_FK="99.999999", HRB_YZCD="轻微")
    assert (below.state, below.awaits_confirmation) == (State.SUBMITTED, True)


def test_a_ministrys_own_class_comes_first():
    PeriodRule.objects.create(
        rule_set=RuleSet.objects.get(code="R3"),
        kind="penalty",
        severity="一般",
        label="一般失信（消防）",
        penalty_kinds=["责令停产停业"],
        domains=["消防"],
        min_months=3,
        max_months=12,
        priority=25,
        basis="示例：主管部门的领域标准",
    )
    row = entered("责令停产停业", HRB_LY="消防", HRB_YZCD="一般")
    assert (row.state, row.severity, row.lowerings.count()) == (State.DRAFT, "一般", 0)
    assert entered("责令停产停业", HRB_LY="食品", HRB_YZCD="一般").severity == "严重"


@pytest.mark.parametrize(
    ("kinds", "fine", "kind", "beyond"),
    [
        ("罚款", "0.3", "legal", False),
        ("罚款", "0.300001", "legal", True),
        ("警告；罚款", "0.3", "sole_trader", False),
        ("罚款", "500", "legal", True),
        ("吊销许可证件", None, "legal", True),
        ("没收违法所得", None, "legal", True),
        ("警告；责令停产停业", None, "legal", True),
    ],
)
def test_where_the_simple_procedure_ends(kinds, fine, kind, beyond):
    """行政处罚法 art. 51: 200 yuan for a person, 3,000 for an organisation, or a warning."""
    content = {"HRB_CFCX": "简易程序"} | ({"CF_NR_FK": fine} if fine else {})
    record = penalty(kinds, **content)
    record.subject.kind = kind
    record.subject.save(update_fields=["kind"])
    follower.entered([record.pk], by=record.entered_by)
    row = Disclosure.objects.get(record=record)
    assert row.state == (State.DRAFT if beyond else State.SUBMITTED)
    assert row.lowerings.get().state == ("barred" if beyond else "waiting")


@pytest.mark.parametrize(("decided", "fine", "beyond"), [
    (date(2021, 7, 14), "0.1", False), (date(2021, 7, 14), "0.2", True), (date(2021, 7, 15), "0.2", False),
])  # fmt: skip
def test_the_limits_are_those_of_the_day_of_decision(decided, fine, beyond):
    facts = Facts(kind="penalty", subject_kind="legal", decided_on=decided, kinds=("罚款",), fine_wan=Decimal(fine))
    assert (beyond_simple(facts, book().limits) is not None) == beyond


def test_a_class_that_cannot_hold_is_not_saved_by_the_simple_procedure():
    row = entered(CF_NR_FK="500", HRB_YZCD="轻微", HRB_CFCX="简易程序")
    assert (row.state, row.lowerings.get().state) == (State.DRAFT, "barred")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ({"HRB_YZCD": "轻微"}, "class"),
        ({"HRB_CFCX": "简易程序"}, "procedure"),
        ({"not_public": "2015版当前状态为其他"}, "exemption"),
    ],
)
def test_what_a_file_says_alone_awaits_review(content, what):
    row = entered(**content)
    assert (row.state, row.awaits_confirmation, row.submitted_by) == (State.SUBMITTED, True, row.drafted_by)
    assert row in Disclosure.objects.due(row.due_on), "its deadline runs"
    said = row.lowerings.get()
    assert (said.what, said.state, said.department) == (what, "waiting", row.source_department)


def test_confiscation_stated_as_minor_awaits_review():
    row = entered("没收违法所得", HRB_YZCD="轻微")
    assert (row.state, row.awaits_confirmation) == (State.SUBMITTED, True)
    assert "按处罚类别“没收违法所得”属“一般失信”" in row.lowerings.get().text


def test_other_kinds_await_review_by_what_their_rows_say():
    record = factories.permit()
    record.content |= {"XK_ZT": "2"}
    record.save()
    follower.entered([record.pk], by=ClerkFactory(department=record.source_department))
    row = Disclosure.objects.get(record=record)
    assert (row.state, row.lowerings.get().what) == (State.SUBMITTED, "exemption")


@pytest.mark.parametrize(("visibility", "held_back"), [("社会公开", False), ("政务共享", True), ("不予公开", True)])
def test_so_do_acts_by_their_own_visibility(visibility, held_back):
    facts = Facts(kind="act-inspection", subject_kind="legal", decided_on=TODAY, visibility=visibility)
    period = evaluate(facts, book(), on=TODAY, published_on=TODAY)
    assert (claim_of(facts, period, on=TODAY) is not None) == held_back


def test_what_a_rule_says_needs_nobody():
    assert entered("警告").state == State.EXEMPT
    assert Lowering.objects.count() == 0
    facts = Facts(kind="penalty", subject_kind="person", decided_on=TODAY, kinds=("罚款",), stated="轻微")
    period = evaluate(facts, book(), on=TODAY, published_on=TODAY)
    assert claim_of(facts, period, on=TODAY) is None, "penalties of persons are not public whatever is said of them"


def test_nothing_is_kept_back_that_would_not_be_shown_any_more():
    record = factories.fine(decided_on=date(2020, 5, 6), valid_until=date(2021, 5, 6))
    record.content |= {"HRB_CFCX": "简易程序", "CF_NR_FK": "0.1"}
    record.save()
    follower.entered([record.pk], by=SYSTEM)
    row = Disclosure.objects.get(record=record)
    assert (row.state, row.lowerings.count()) == (State.EXEMPT, 0)


def test_who_said_it_does_not_confirm_it():
    row = DisclosureFactory(record=factories.fine())
    one, other = reviewer_of(row), reviewer_of(row)
    actions.state_severity(row, by=one, severity="轻微", basis="裁量基准第1条", on=TODAY)
    with pytest.raises(Forbidden, match="本人"):
        actions.confirm(row, by=one, on=TODAY)
    assert again(row).state == State.SUBMITTED
    actions.confirm(row, by=other, text="已核对", on=TODAY)
    said = row.lowerings.get()
    assert (again(row).state, said.state, said.decided_by, said.note) == (State.EXEMPT, "confirmed", other, "已核对")
    with pytest.raises(Conflict):
        actions.confirm(row, by=other, on=TODAY)


@pytest.mark.parametrize("column", ["drafted_by", "submitted_by", "changed_by", "severity_said_by"])
def test_nor_who_drafted_submitted_changed_or_stated(column):
    row = held(SubmittedFactory())
    both = reviewer_of(row, roles=["clerk", "reviewer"])
    Disclosure.objects.filter(pk=row.pk).update(**{column: both})
    with pytest.raises(Forbidden):
        actions.confirm(row, by=both, on=TODAY)


def test_the_database_holds_it_too():
    row = held(SubmittedFactory())
    said = row.lowerings.get()
    with pytest.raises((IntegrityError, ValidationError)), transaction.atomic():
        Lowering.objects.filter(pk=said.pk).update(
            state="confirmed", decided_by=said.said_by, decided_at=row.created_at
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        held(row, text="又一次")


def test_who_stated_a_class_does_not_approve_it():
    """A fine that nothing grades: who says 一般 is not the one who lets it be published so."""
    row = DisclosureFactory(record=factories.fine())
    one = reviewer_of(row)
    actions.state_severity(row, by=one, severity="一般", basis="裁量基准第3条", on=TODAY)
    actions.submit(row, by=row.drafted_by, on=TODAY)
    with pytest.raises(Forbidden):
        actions.approve(row, by=one, on=TODAY)
    actions.approve_and_publish(row, by=reviewer_of(row), on=TODAY)
    assert again(row) in public_disclosures(TODAY)


def test_the_credit_office_may_confirm_and_a_stranger_may_not():
    row = held(SubmittedFactory())
    with pytest.raises(Forbidden):
        actions.confirm(row, by=ReviewerFactory(), on=TODAY)
    with pytest.raises(Forbidden):
        actions.confirm(row, by=ClerkFactory(department=row.source_department), on=TODAY)
    actions.confirm(row, by=CreditOfficeFactory(), on=TODAY)
    assert (again(row).state, again(row).ended_why) == (State.EXEMPT, "依法不公示：涉及商业秘密")


def test_what_waits_is_not_approved_meanwhile():
    row = held(SubmittedFactory())
    with pytest.raises(Refused, match="待他人确认"):
        actions.approve(row, by=reviewer_of(row), on=TODAY)
    (outcome,) = actions.approve_many([row.pk], by=reviewer_of(row), on=TODAY)
    assert not outcome.ok


def test_what_is_denied_goes_back_and_its_class_is_taken_out():
    row = DisclosureFactory(record=factories.fine())
    actions.state_severity(row, by=row.drafted_by, severity="轻微", basis="裁量基准第1条", on=TODAY)
    actions.deny(row, by=reviewer_of(row), reason="数额较大")
    after = again(row)
    assert (after.state, after.severity, after.severity_stated_by, after.review_note) == (
        State.RETURNED,
        "",
        "",
        "数额较大",
    )
    assert row.lowerings.get().state == "denied"
    with pytest.raises(Refused) as refused:
        actions.submit(after, by=row.drafted_by, on=TODAY)
    assert refused.value.findings[0].rule == "severity.missing"


def test_who_said_it_may_take_it_back():
    row = SubmittedFactory()
    one = reviewer_of(row)
    actions.exempt(row, by=one, reason="涉及商业秘密")
    assert (again(row).state, again(row).awaits_confirmation) == (State.SUBMITTED, True)
    actions.deny(again(row), by=one, reason="提错了")
    assert (again(row).state, row.lowerings.get().state) == (State.RETURNED, "void")


def test_confirmed_and_then_edited_is_open_again():
    """Stated first, the fine or the kinds changed afterwards."""
    row = entered(HRB_YZCD="轻微")
    actions.confirm(row, by=reviewer_of(row), on=TODAY)
    assert again(row).state == State.EXEMPT
    after = changed(row, row.drafted_by, CF_NR_FK="500")
    assert (after.state, after.awaits_confirmation) == (State.SUBMITTED, True)
    actions.confirm(after, by=reviewer_of(row), on=TODAY)
    after = changed(row, row.drafted_by, CF_CFLB="罚款；吊销许可证件")
    assert (after.state, after.awaits_confirmation) == (State.DRAFT, False)
    assert [each.state for each in row.lowerings.order_by("pk")] == ["void", "void", "barred"]


def test_stated_on_the_page_and_then_edited():
    row = DisclosureFactory(record=factories.fine())
    actions.state_severity(row, by=row.drafted_by, severity="轻微", basis="裁量基准第1条", on=TODAY)
    actions.confirm(row, by=reviewer_of(row), on=TODAY)
    after = changed(row, row.drafted_by, CF_CFLB="责令停产停业")
    assert (after.state, row.lowerings.order_by("-pk").first().state) == (State.DRAFT, "barred")


def test_an_edit_to_a_milder_kind_is_one_persons_act():
    row = entered("责令停产停业")
    actions.submit(row, by=row.drafted_by, on=TODAY)
    after = changed(row, row.drafted_by, CF_CFLB="警告")
    assert (after.state, after.awaits_confirmation, row.lowerings.get().said_by) == (
        State.SUBMITTED,
        True,
        row.drafted_by,
    )


def test_a_correction_does_not_take_from_the_public_what_was_shown():
    row = factories.PublishedFactory()
    after = changed(row, row.drafted_by, CF_CFLB="警告")
    with pytest.raises(Refused, match="更正后不得公示"):
        actions.correct(after, by=reviewer_of(row), reason="类别有误", on=TODAY)
    after = changed(row, row.drafted_by, CF_CFLB="责令停产停业", HRB_YZCD="一般")
    with pytest.raises(Refused) as refused:
        actions.correct(after, by=reviewer_of(row), reason="类别有误", on=TODAY)
    assert [each.rule for each in refused.value.findings] == ["severity.barred"]
    assert again(row).ends_on == row.ends_on


def test_a_batch_may_still_be_undone_while_nobody_handed_it_on():
    waiting, handed = entered(HRB_YZCD="轻微"), SubmittedFactory()
    assert set(follower.may_undo([waiting.record_id, handed.record_id])) == {handed.record_id}
    follower.undone([waiting.record_id], by=waiting.drafted_by)
    assert not Lowering.objects.exists()
    follower.entered([waiting.record_id], by=waiting.drafted_by)
    row = Disclosure.objects.get(record=waiting.record)
    assert (row.state, row.lowerings.get().state) == (State.SUBMITTED, "waiting")


def test_a_withdrawn_item_waits_no_longer():
    row = held(SubmittedFactory())
    actions.withdraw(row, by=reviewer_of(row), reason="复议撤销", public_note="决定已撤销")
    assert (again(row).awaits_confirmation, row.lowerings.get().state) == (False, "void")


def test_many_are_confirmed_and_each_is_told():
    one = held(SubmittedFactory())
    reviewer = reviewer_of(one)
    own = held(SubmittedFactory(record=factories.severe_penalty(authority=one.source_department)), said_by=reviewer)
    found = {each.disclosure.pk: each.ok for each in actions.confirm_many([one.pk, own.pk], by=reviewer, on=TODAY)}
    assert found == {one.pk: True, own.pk: False}


def listed(client, user, query=""):
    client.force_login(user)
    return client.get(reverse("disclosure:lowerings") + query)


def test_the_list_of_the_office_and_of_a_department(client):
    row, other = held(SubmittedFactory()), held(SubmittedFactory())
    office = listed(client, CreditOfficeFactory())
    assert {each.disclosure_id for each in office.context["listing"].page.items} == {row.pk, other.pk}
    assert [each["n"] for each in office.context["departments"]] == [1, 1]
    one = listed(client, CreditOfficeFactory(), f"?department={row.source_department_id}")
    assert [each.disclosure_id for each in one.context["listing"].page.items] == [row.pk]
    own = listed(client, reviewer_of(row))
    assert [each.disclosure_id for each in own.context["listing"].page.items] == [row.pk]
    assert "department" not in own.context["listing"].filterset.form.fields
    none = listed(client, ReviewerFactory())
    assert "这里没有事项" in none.content.decode()


def test_the_list_filters_and_exports(client):
    row = held(SubmittedFactory())
    user = CreditOfficeFactory()
    for query, found in (
        ("?what=exemption", 1),
        ("?what=class", 0),
        ("?said_to=2020-01-01", 0),
        (f"?q={row.document_number}", 1),
    ):
        assert len(listed(client, user, query).context["listing"].page.items) == found, query
    body = b"".join(listed(client, user, "?export=csv").streaming_content).decode()
    assert row.document_number in body
    assert "依法不公示：涉及商业秘密" in body


def test_ticked_ones_are_confirmed_from_the_list(client):
    row = held(SubmittedFactory())
    client.force_login(reviewer_of(row))
    said = row.lowerings.get()
    response = client.post(reverse("disclosure:lowerings-confirm"), {"id": [said.pk]})
    assert (response.status_code, again(row).state) == (200, State.EXEMPT)
    assert client.post(reverse("disclosure:lowerings-confirm"), {"id": [said.pk]}).status_code == 422
    client.force_login(ClerkFactory(department=row.source_department))
    assert client.post(reverse("disclosure:lowerings-confirm"), {"id": [said.pk]}).status_code == 403


def test_the_work_list_and_the_page_tell_it(client):
    row = held(SubmittedFactory())
    titles = {section.title: section for section in work(CreditOfficeFactory(), TODAY)}
    assert str(titles["较轻认定、不公示待确认"].count) == "1"
    user = reviewer_of(row)
    client.force_login(user)
    page = client.get(reverse("disclosure:item", args=[row.pk]))
    assert {act.slug for act in page.context["acts"]} >= {"confirm", "deny"}
    assert "review" not in {act.slug for act in page.context["acts"]}
    assert "涉及商业秘密" in page.content.decode()
    form = client.get(reverse("disclosure:act", args=[row.pk, "confirm"]))
    assert "涉及商业秘密" in form.content.decode()
    assert "待他人确认" in client.get(reverse("disclosure:review", args=[row.pk])).content.decode()

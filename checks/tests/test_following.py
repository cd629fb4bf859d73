"""The state follows the real verbs in their own transaction: an entry that begins and is taken back, an objection, a breach and its annulment."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from checks.actions.register import keep_register
from checks.actions.states import recomputed
from checks.models import CheckMatter, CheckNotice, SubjectState
from checks.queries import freshness
from checks.queries.register import last_version, register
from checks.tests.factories import TODAY, asked
from commitments.tests import cases
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import CreditOfficeFactory
from disclosure.actions.published import resume, suspend
from disclosure.models import Disclosure
from objections.tests import factories as objections
from records.actions.changes import revoke
from records.tests.factories import SubjectFactory
from sanctions.bans.tests import factories as bans
from sanctions.lists.tests.conftest import grounds, listing  # noqa: F401 - fixtures
from sanctions.lists.tests.factories import SeriousListFactory, enter, face, said
from sanctions.measures.tests.factories import FieldFactory, WeighedEntryFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("listing")]


@pytest.fixture(autouse=True)
def measured(listing):  # noqa: F811
    FieldFactory()
    WeighedEntryFactory(measure__code="M10")
    keep_register(on=TODAY, by=SYSTEM)


def state_of(subject):
    row = SubjectState.objects.filter(pk=subject.pk).first()
    anew = recomputed([subject.pk], TODAY, register(last_version())).get(subject.pk)
    found = row and {"facts": row.facts, "verdicts": row.verdicts, "changes_on": row.changes_on}
    assert found == anew
    return row


def test_an_entry_and_its_revocation():
    subject = SubjectFactory()
    entry = enter(SeriousListFactory(code="SY-1"), subject)
    assert state_of(subject).verdicts == {"*": 1, "procurement": 2}
    assert asked(subject).payload["verdict"] == "caution"
    revoke(entry.record, by=SYSTEM, reason="决定已撤销。", on=TODAY)
    assert state_of(subject) is None
    assert asked(subject).payload["verdict"] == "none"


def test_what_is_suspended_is_marked_as_under_objection():
    entry = enter(SeriousListFactory(code="SY-1"), SubjectFactory())
    office = CreditOfficeFactory()
    suspend(face(entry), by=office, reason="异议处理期间中止公示。")
    assert state_of(entry.subject).facts["entries"][0]["objected"] is True
    assert asked(entry.subject).payload["hits"][0]["under_objection"] is True
    resume(face(entry), by=CreditOfficeFactory(), reason="异议不成立。")
    assert "objected" not in state_of(entry.subject).facts["entries"][0]


def test_an_objection_of_the_subject_marks_its_entry_until_it_is_closed():
    entry = enter(SeriousListFactory(code="SY-1"), SubjectFactory())
    case = objections.filed(face(entry))
    assert state_of(entry.subject).facts["entries"][0]["objected"] is True
    objections.take(case, "refuse")
    assert "objected" not in state_of(entry.subject).facts["entries"][0]


def test_an_objection_marks_a_breach_in_the_answer_too():
    cases.catalogue()
    case = cases.case_in("decided")
    shown = Disclosure.objects.get(record=case.record)
    objection = objections.filed(shown)
    assert asked(case.subject).payload["breaches"][0]["under_objection"] is True
    objections.take(objection, "retract")
    assert asked(case.subject).payload["breaches"][0]["under_objection"] is False
    state_of(case.subject)


def test_a_ban_forbids_once_it_is_confirmed_and_until_it_is_lifted():
    case = bans.registered()
    assert state_of(case.subject) is None
    bans.take(case, "confirm")
    (ban,) = state_of(case.subject).facts["bans"]
    assert ban["matters"] == ["procurement"]
    told = asked(case.subject).payload
    assert (told["verdict"], told["bans"][0]["document"]) == ("forbid", case.own.document_number)
    bans.take(case, "lift")
    assert state_of(case.subject) is None


def test_a_list_that_did_not_come_in_time_says_so(settings):
    entry = enter(SeriousListFactory(code="SY-1"), SubjectFactory())
    freshness._cached.forget()
    told = asked(entry.subject).payload["read_from"]["lists"]
    assert (told["count"] > 0, told["late"]) == (True, [])
    late = freshness.Supply("SY-1", "示例", None, 31)
    freshness.register_supplies(supply := lambda: [late])
    try:
        freshness._cached.forget()
        told = asked(entry.subject).payload
    finally:
        freshness._providers.remove(supply)
        freshness._cached.forget()
    assert [each["list"] for each in told["read_from"]["lists"]["late"]] == ["SY-1"]
    assert told["verdict"] == "caution", "the last good state serves"


def test_a_breach_bars_and_its_annulment_frees(monkeypatch):
    cases.catalogue()
    case = cases.case_in("decided")
    row = CheckMatter.objects.get(code="HC-SPJY")
    row.commitment_matter = case.own.letter.matter.code
    row.save()
    (breach,) = state_of(case.subject).facts["breaches"]
    assert breach["until"] == case.own.barred_until.isoformat()
    told = asked(case.subject, matter="HC-SPJY").payload
    assert (told["verdict"], told["commitment"]["available"]) == ("note", False)
    assert told["breaches"][0]["number"] == case.number
    cases.step(case, "annul")
    assert state_of(case.subject) is None
    assert asked(case.subject, matter="HC-SPJY").payload["commitment"]["available"] is True


def test_a_thousand_who_asked_the_same_cost_what_one_costs():
    few, many = SubjectFactory(), SubjectFactory()
    for subject, times in ((few, 1), (many, 6)):
        for number in range(times):
            asked(subject, case_number=f"办{number}")
    row, statements = SeriousListFactory(code="SY-9"), []
    for number, subject in enumerate((few, many), 1):
        with CaptureQueriesContext(connection) as made:
            enter(row, subject, said(number))
        statements.append(len(made))
    assert CheckNotice.objects.filter(of_check__subject=many).count() == 6
    assert statements[0] == statements[1]

"""A query is one row of the register and one entry of the audit, written before anything is shown; what cannot be written is not answered."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from credit_platform.accounts.tests.factories import ClerkFactory, WindowClerkFactory
from credit_platform.audit import actions as audit
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from lookups.actions import answered, ask, end_authorisation
from lookups.models import AskedNumber, Query
from lookups.queries.targets import target_of
from lookups.rules.questions import Authority, Outcome
from lookups.tests.factories import (
    ApprovalFactory,
    AuthorisedFactory,
    OneselfFactory,
    SupervisionFactory,
    asked,
    authorised,
    duty_visit,
    own_visit,
)
from records.actions.looks import find_person, look_profile
from records.tests.factories import PersonFactory, SubjectFactory, valid_person_id

SOMEBODY = valid_person_id(501)
OFF = "CREATE FUNCTION store_is_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'off'; END $$"


@pytest.mark.django_db
class TestWhatIsWritten:
    def test_who_for_what_whose_and_which(self):
        clerk, firm = WindowClerkFactory(), SubjectFactory()
        row = asked(firm, by=clerk, visit=duty_visit(matter="食品经营许可", visitor="来访人"))
        row.refresh_from_db()
        assert (row.actor_id, row.department_id) == (clerk.pk, clerk.department_id)
        assert (row.purpose.code, row.matter, row.case_number) == ("approval", "食品经营许可", "哈审〔2026〕1号")
        assert (row.subject_id, row.subject_ref, row.authority) == (firm.pk, firm.code, "duty")
        assert row.fields == "登记信息、公示信息、政务共享信息"
        entry = AuditEntry.objects.get(pk=row.entry)
        assert (entry.verb, entry.kind, entry.object_id) == ("lookups.window", "look", firm.code)
        assert entry.detail["case_number"] == "哈审〔2026〕1号"

    def test_the_number_of_results_is_written_once(self):
        row = asked(SubjectFactory())
        assert row.outcome is None
        answered(row, 4)
        answered(row, 9)
        row.refresh_from_db()
        assert (row.outcome, row.results) == (Outcome.ANSWERED, 4)

    def test_nothing_else_of_a_row_is_ever_changed(self):
        row = asked(SubjectFactory())
        with pytest.raises(DatabaseError), transaction.atomic():
            Query.objects.filter(pk=row.pk).update(why="另一个理由")
        with pytest.raises(DatabaseError), transaction.atomic():
            Query.objects.filter(pk=row.pk).delete()

    def test_one_who_is_not_found_has_a_row_too(self):
        row = asked(text="查无此单位的名称", visit=duty_visit())
        assert (row.outcome, row.results, row.subject_id) == (Outcome.EMPTY, 0, None)

    def test_a_person_is_found_by_the_whole_number_which_is_kept_sealed(self):
        row = asked(text=SOMEBODY, visit=own_visit(purpose=OneselfFactory()))
        kept = AskedNumber.objects.get()
        assert row.number_asked == kept
        assert SOMEBODY.encode() not in bytes(kept.cipher)
        assert SOMEBODY not in f"{row.subject_ref}{kept.masked}"
        asked(text=SOMEBODY, visit=own_visit(purpose=OneselfFactory()))
        assert AskedNumber.objects.count() == 1

    def test_the_day_from_which_it_is_told_comes_from_the_purpose(self):
        today = timezone.localdate()
        row = asked(SubjectFactory(), visit=duty_visit(purpose=SupervisionFactory()))
        assert row.told_from == today + timedelta(days=90)
        told = Query.objects.filter(pk=row.pk)
        assert not told.released(today + timedelta(days=89)).exists()
        assert told.released(today + timedelta(days=90)).exists()


@pytest.mark.django_db
class TestWhoIsRefused:
    def test_a_refusal_is_a_row_that_says_so(self):
        with pytest.raises(Refused) as refused:
            asked(SubjectFactory(), visit=own_visit(identity_seen=False))
        assert refused.value.findings[0].field == "identity_seen"
        row = Query.objects.get()
        assert row.outcome == Outcome.REFUSED
        assert "身份" in row.refused
        assert AuditEntry.objects.get(pk=row.entry).detail["refused"] == row.refused

    @pytest.mark.parametrize("purpose", [OneselfFactory, ApprovalFactory, AuthorisedFactory])
    def test_no_duty_opens_a_person_without_its_word(self, purpose):
        with pytest.raises(Refused, match="本人"):
            asked(text=SOMEBODY, visit=duty_visit(purpose=purpose()))

    def test_a_paper_opens_what_it_names_and_nothing_else(self):
        person, clerk = PersonFactory(), WindowClerkFactory()
        paper = authorised(person)
        visit = own_visit(purpose=AuthorisedFactory(), authority=Authority.AUTHORISED, authorisation=paper)
        assert asked(person, by=clerk, visit=visit).authorisation == paper
        for wrong, words in [
            ({"purpose": OneselfFactory()}, "目的"),
            ({"authorisation": authorised(SubjectFactory())}, "不是被查询主体"),
            ({"authorisation": None}, "没有这份授权书"),
        ]:
            given = {"purpose": AuthorisedFactory(), "authority": Authority.AUTHORISED, "authorisation": paper}
            with pytest.raises(Refused, match=words):
                asked(person, by=clerk, visit=own_visit(**given | wrong))
        end_authorisation(paper, reason="授权人撤回", by=clerk)
        paper.refresh_from_db()
        with pytest.raises(Refused, match="撤回"):
            asked(person, by=clerk, visit=own_visit(**given | {"authorisation": paper}))

    def test_others_than_windows_do_not_ask_here(self):
        with pytest.raises(Forbidden):
            asked(SubjectFactory(), by=ClerkFactory())
        assert not Query.objects.exists()


@pytest.mark.django_db
class TestWhereNothingCanBeWritten:
    """The store of the audit is off, or that of the register: no query is answered, and none is half written."""

    @pytest.mark.parametrize("table", ["audit_entry", "lookups_query"])
    def test_nothing_is_shown(self, table):
        firm, clerk, visit = SubjectFactory(), WindowClerkFactory(), own_visit()
        with connection.cursor() as cursor:
            cursor.execute(OFF)
            cursor.execute(f"CREATE TRIGGER off BEFORE INSERT ON {table} EXECUTE FUNCTION store_is_off()")
        with pytest.raises(Conflict, match="没有登记成功"):
            ask(target_of(firm.code), visit, by=clerk)
        assert not Query.objects.exists()
        assert not AuditEntry.objects.filter(verb="lookups.window").exists()

    def test_a_look_that_began_elsewhere_is_not_shown_either(self, carol_credit_office, monkeypatch):
        def off(entry, particulars):
            raise DatabaseError("off")

        monkeypatch.setattr("credit_platform.audit.looks._keepers", [off])
        with pytest.raises(DatabaseError), transaction.atomic():
            look_profile(SubjectFactory(), by=carol_credit_office, purpose="核实")
        assert not AuditEntry.objects.filter(verb="subject.profile").exists()


@pytest.mark.django_db
class TestLooksThatBeganElsewhere:
    def test_a_file_read_at_the_desk_is_a_row(self, alice_clerk):
        firm = SubjectFactory()
        look_profile(firm, by=alice_clerk, purpose="办理许可", results=3)
        row = Query.objects.get()
        assert (row.way, row.subject_id, row.why, row.results) == ("subject.profile", firm.pk, "办理许可", 3)

    def test_a_person_sought_at_the_desk_is_found_in_the_register_by_its_number(self, alice_clerk):
        find_person(SOMEBODY, by=alice_clerk, purpose="办理许可")
        row = Query.objects.get()
        assert (row.outcome, row.number_asked.masked) == (Outcome.EMPTY, row.subject_ref)

    def test_what_is_about_no_subject_is_kept_all_the_same(self, alice_clerk):
        audit.look("subject.match", by=alice_clerk, subject_ref="名单 甲.xlsx", purpose="核对", results=0)
        assert Query.objects.get().subject_id is None


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def at_once(self, times, act):
        gate, found = threading.Barrier(times), []

        def run(n):
            try:
                gate.wait()
                found.append(act(n))
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run, args=[n]) for n in range(times)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return found

    def test_fifty_queries_are_fifty_rows(self):
        clerk, firm, visit = WindowClerkFactory(), SubjectFactory(), own_visit()
        found = self.at_once(50, lambda n: asked(firm, by=clerk, visit=visit).number)
        assert len(set(found)) == Query.objects.count() == 50
        assert set(Query.objects.values_list("entry", flat=True)) == set(
            AuditEntry.objects.filter(verb="lookups.window").values_list("pk", flat=True)
        )

    def test_one_form_sent_ten_times_is_one_query(self):
        clerk, firm, visit = WindowClerkFactory(), SubjectFactory(), own_visit(token=uuid.uuid4())
        found = self.at_once(10, lambda n: asked(firm, by=clerk, visit=visit).number)
        assert len(found) == 10
        assert len(set(found)) == Query.objects.count() == 1

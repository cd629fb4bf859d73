import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from casework.models import Case, Urging
from commitments.models import CommitmentLetter
from credit_platform.audit.models import Checkpoint, Rereading
from credit_platform.demo import city
from credit_platform.demo.tests.standing import standing
from disclosure.models import Disclosure
from objections.models import Correction, Objection
from records.models import CreditRecord, Subject
from sanctions.joint.models import JointItem
from sanctions.joint.rules import LIFTING, TASK
from sanctions.measures.models import MeasureEntry
from sanctions.national.rules import EVENT


@pytest.fixture(scope="module")
def standing_city(django_db_setup, django_db_blocker, tmp_path_factory, worker_id):
    with standing(django_db_blocker, tmp_path_factory, worker_id):
        yield


@pytest.fixture
def small_city(standing_city, db):
    """The small city."""


def test_the_city_shows_every_state_that_a_page_must_show(small_city):
    states = set(Disclosure.objects.values_list("state", flat=True))
    assert {"draft", "submitted", "returned", "approved", "published", "suspended", "withdrawn", "exempt"} <= states
    assert Disclosure.objects.filter(arrival_late=True).exists()
    assert Disclosure.objects.filter(needs_correction=True).exists()
    assert Subject.objects.filter(kind="person").exists()
    assert not city.is_empty()


def test_the_city_has_letters_of_every_type_way_and_state(small_city):
    for name, missing in (("commitment_type", set()), ("channel", {"online"}), ("fulfilment", set())):
        wanted = {key for key, _ in CommitmentLetter._meta.get_field(name).choices} - missing
        assert wanted <= set(CommitmentLetter.objects.values_list(name, flat=True)), name
    assert CommitmentLetter.objects.filter(shortfall_due_on__isnull=False).exists()
    assert CommitmentLetter.objects.filter(entry__isnull=False).values("department").distinct().count() > 5


def test_the_city_has_objections_in_the_states_of_their_pages(small_city):
    states = set(Case.objects.of("objection").values_list("state", flat=True))
    assert states == {"lodged", "filed", "asked", "forwarded", "answered", "decided"}
    assert set(Objection.objects.exclude(outcome="").values_list("outcome", flat=True)) == {
        "upheld",
        "unclear",
        "corrected",
    }
    assert Correction.objects.filter(code="CF_NR").count() == 1
    assert Disclosure.objects.filter(marks__contains=["contested"]).count() == 1


def test_the_city_shows_how_it_is_watched_over(small_city):
    assert {day is None for day in Urging.objects.values_list("answered_on", flat=True)} == {True, False}
    assert Checkpoint.objects.exists()
    assert Rereading.objects.filter(finished_at__isnull=False).exists()


def test_the_city_shows_events_of_the_national_system_in_every_state_and_a_list_of_measures(small_city):
    assert set(Case.objects.of(EVENT).values_list("state", flat=True)) == set(EVENT.labels)
    assert MeasureEntry.objects.in_force(timezone.localdate()).duties().filter(departments__isnull=False).exists()


def test_the_city_shows_joint_action_on_its_way(small_city):
    assert {"sent", "accepted", "reported", "completed", "refused"} <= set(
        Case.objects.of(TASK).values_list("state", flat=True)
    )
    assert {"asked", "lifted"} == set(Case.objects.of(LIFTING).values_list("state", flat=True))
    ended = JointItem.objects.filter(entry__ended_on__isnull=False)
    assert not ended.to_do().exists()
    assert not ended.taken().filter(measure__term="entry").exists(), "what goes with an entry is lifted with it"


def test_a_city_that_is_there_is_left_alone(small_city):
    before = Disclosure.objects.count()
    call_command("load_demo")
    assert Disclosure.objects.count() == before


def test_most_reports_of_the_year_came_in_time(small_city):
    reported = Disclosure.objects.filter(kind__in=("permit", "penalty"))
    assert reported.dates("arrived_on", "month").count() > 6
    assert reported.filter(arrival_late=True).count() * 4 < reported.count()


def test_no_plain_personal_number_is_kept_anywhere(small_city):
    sealed = [record.content["XK_XDR_ZJHM"] for record in CreditRecord.objects.filter(content__has_key="XK_XDR_ZJHM")]
    assert sealed
    assert all(set(value) == {"sealed", "hash", "masked"} for value in sealed)
    with connection.cursor() as cursor:
        for table in ("records_creditrecord", "disclosure_disclosure", "audit_entry", "records_subject"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            everything = json.dumps([row[0] for row in cursor.fetchall()], ensure_ascii=False)
            for value in sealed:
                start, end = value["masked"].split("*", 1)[0], value["masked"].rsplit("*", 1)[1]
                assert not _has_number(everything, start, end)


def _has_number(text: str, start: str, end: str) -> bool:
    at = text.find(start)
    while at >= 0:
        middle = text[at + len(start) : at + 14]
        if middle.isdigit() and text[at + 14 : at + 18] == end:
            return True
        at = text.find(start, at + 1)
    return False

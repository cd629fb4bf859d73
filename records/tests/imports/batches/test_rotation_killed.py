"""A pass of reencrypt killed with SIGKILL, two at once, and two programs whose current keys differ: nothing is lost or doubled."""

from __future__ import annotations

import base64
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection

from credit_platform import resealing, sealing, vault
from credit_platform.accounts.tests import factories as people
from records.imports.batches import batches
from records.models import CreditRecord, ImportBatch, Subject
from records.sealed_places import number_of
from records.tests import factories
from records.tests.imports.samples import as_csv, bring, person_penalty

pytestmark = pytest.mark.django_db(transaction=True)
ONE, TWO = (base64.urlsafe_b64encode(letter * 32).decode() for letter in (b"a", b"b"))
PERSONS = 60
PROGRAM = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "credit_platform.settings_for_tests"
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.MEDIA_ROOT = sys.argv[2]
settings.FIELD_KEYS = [(int(part[0]), part[2:]) for part in sys.argv[3].split(",")]
import django
django.setup()
"""
PASS = (
    PROGRAM
    + """
from credit_platform import resealing
from credit_platform.management.commands import reencrypt
kept = reencrypt.Command._pass
def slowly(self, place, most, troubles):
    whole = place.again
    class Slow:
        label, start, left = place.label, place.start, place.left
        def again(self, last, most):
            time.sleep(float(sys.argv[4]))
            return whole(last, most)
    return kept(self, Slow(), most, troubles)
reencrypt.Command._pass = slowly
from django.core.management import call_command
call_command("reencrypt", batch=5)
"""
)
IMPORT = (
    PROGRAM
    + """
from records.imports.batches import engine
print("ready", flush=True)
sys.stdin.readline()
engine.run(int(sys.argv[4]))
"""
)


def program(text: str, keys: str, *more: str, **options: object) -> subprocess.Popen[str]:
    name = str(connection.settings_dict["NAME"])
    command = [sys.executable, "-c", text, name, str(settings.MEDIA_ROOT), keys, *more]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, text=True, **options)


@pytest.fixture
def ledger(settings):
    """Sixty persons with a record each, under the first key; afterwards the second is current."""
    settings.FIELD_KEYS = [(1, ONE)]
    bureau = people.DepartmentFactory(code="scjgj")
    factories.PenaltyEntryFactory()
    rows = [person_penalty(number, bureau, CF_WSH=f"示罚〔2026〕{number}号") for number in range(PERSONS)]
    bring(as_csv(rows), "a.csv", bureau, people.ClerkFactory(department=bureau))
    settings.FIELD_KEYS = [(2, TWO), (1, ONE)]
    return bureau


def left() -> int:
    return sum(place.left() for place in resealing.places())


def all_opens() -> bool:
    numbers = {subject.pk: number_of(subject) for subject in Subject.objects.filter(kind="person")}
    records = {r.subject_id: sealing.open_sealed(r.content["CF_XDR_ZJHM"]) for r in CreditRecord.objects.all()}
    return (
        numbers == records
        and len(numbers) == PERSONS
        and all(vault.read(b.file_path) for b in ImportBatch.objects.all())
    )


def test_a_killed_pass_is_begun_again(ledger, settings):
    whole = left()
    worker = program(PASS, f"2:{TWO},1:{ONE}", "0.1", stdout=subprocess.DEVNULL)
    try:
        _wait_for(lambda: left() < whole - 20, worker)
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(10)
    assert 0 < left() < whole
    assert all_opens()
    assert program(PASS, f"2:{TWO},1:{ONE}", "0", stdout=subprocess.DEVNULL).wait(60) == 0
    assert left() == 0
    settings.FIELD_KEYS = [(2, TWO)]
    assert all_opens()


def test_two_passes_at_once_share_the_work(ledger, settings):
    both = [program(PASS, f"2:{TWO},1:{ONE}", "0.02", stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    answers = [each.communicate(timeout=60) for each in both]
    assert [each.returncode for each in both] == [0, 0], answers
    assert left() == 0
    settings.FIELD_KEYS = [(2, TWO)]
    assert all_opens()


def test_programs_whose_current_keys_differ_make_one_person_of_one_number(ledger):
    clerk = people.ClerkFactory(department=ledger)
    options = batches.Options(standard="penalty-2018", department=ledger)
    made = [
        batches.receive(
            [as_csv([person_penalty(n, ledger, CF_WSH=f"示罚〔2026〕{n}号{word}") for n in range(500, 700)])],
            "b.csv",
            options,
            by=clerk,
        )
        for word in ("甲", "乙")
    ]
    rings = (f"2:{TWO},1:{ONE}", f"1:{ONE},2:{TWO}")
    both = [
        program(IMPORT, keys, str(batch.pk), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for keys, batch in zip(rings, made, strict=True)
    ]
    for each in both:
        assert each.stdout.readline() == "ready\n"
    for each in both:
        each.stdin.write("\n")
        each.stdin.flush()
    assert [each.wait(60) for each in both] == [0, 0]
    assert set(ImportBatch.objects.filter(pk__in=[b.pk for b in made]).values_list("state", "accepted")) == {
        ("done", 200)
    }
    assert Subject.objects.filter(kind="person").count() == PERSONS + 200


def _wait_for(condition: Callable[[], bool], worker: subprocess.Popen[str]) -> None:
    for _ in range(600):
        if condition():
            return
        assert worker.poll() is None, "the pass ended by itself"
        time.sleep(0.05)
    raise AssertionError("waited in vain")

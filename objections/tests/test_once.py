"""Twenty clicks are one objection; a process killed inside the effect leaves nothing, and the next one does all of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.conf import settings as project
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from casework.models import Attachment, Case, Notice
from companies.tests.factories import sign_in
from credit_platform.accounts.tests.factories import CreditOfficeFactory
from credit_platform.audit.models import AuditEntry
from disclosure.models import Disclosure, DisclosureChange
from disclosure.tests.factories import PublishedFactory
from objections import base_data
from objections.models import Correction
from objections.rules.outcomes import Outcome, Verified
from objections.tests.factories import PDF, TODAY, company, filed, take

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.empties]
CLICKS = 20
WORKER = """
import os, sys, time
from datetime import datetime, timezone as zone
os.environ["DJANGO_SETTINGS_MODULE"] = "credit_platform.settings_for_tests"
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from django.utils import timezone
timezone.now = lambda: datetime(2026, 11, 23, 2, tzinfo=zone.utc)
from pathlib import Path
from casework.models import Case
from credit_platform.accounts.models import User
from objections.actions import answering
carry_out = answering.carry_out
def slowly(*given, **more):
    carry_out(*given, **more)
    Path(sys.argv[4]).touch()
    time.sleep(60)
answering.carry_out = slowly
case, user = Case.objects.get(pk=sys.argv[2]), User.objects.get(pk=sys.argv[3])
answering.decide(case, outcome="corrected", answer="已更正。", by=user)
"""


@pytest.fixture(autouse=True)
def desk(clock, settings, tmp_path):
    clock(TODAY)
    settings.MEDIA_ROOT = tmp_path
    base_data.load()


def test_twenty_clicks_are_one_objection():
    item = PublishedFactory()
    account = company(item)
    first = sign_in_client(account)
    address = reverse("objection:my-new", args=["item", item.public_id])
    token = str(first.get(address).context["form"]["form_token"].value())
    clients = [first, *(sign_in_client(account, first) for _ in range(CLICKS - 1))]
    gate, ends = Barrier(CLICKS), []

    def click(client: Client) -> None:
        said = {
            "about": "content",
            "field": min(item.shown),
            "claimed": "应当是另一内容。",
            "grounds": "与原件不一致。",
        }
        paper = SimpleUploadedFile("缴款凭证.pdf", PDF.data)
        gate.wait()
        try:
            answer = client.post(address, said | {"form_token": token, "evidence": paper})
            ends.append((answer.status_code, answer.headers.get("Location")))
        finally:
            connections.close_all()

    threads = [Thread(target=click, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    case = Case.objects.get()
    assert set(ends) == {(302, reverse("objection:my-objection", args=[case.pk]))}
    assert Attachment.objects.count() == 1
    assert DisclosureChange.objects.filter(disclosure=item, event="changed").count() == 1


def sign_in_client(account, like: Client | None = None) -> Client:
    """A window of the company; further ones are the same session."""
    client = Client()
    if like is None:
        sign_in(client, account)
    else:
        client.cookies = like.cookies
    return client


def test_a_process_killed_inside_the_effect_leaves_nothing_and_the_next_does_all(tmp_path):
    case = filed(PublishedFactory())
    for verb in ("accept", "forward"):
        case = take(case, verb)
    case = take(case, "answer", finding=Verified.WRONG, text="录入有误。")
    item = Disclosure.objects.select_related("record").get(pk=case.own.disclosure_id)
    item.record.content |= {"CF_NR": "责令停产停业一个月。"}
    item.record.save(update_fields=["content"])
    Disclosure.objects.filter(pk=item.pk).update(needs_correction=True)
    before, office = state_of(case), CreditOfficeFactory()
    killed_inside(case, office, tmp_path / "inside")
    assert state_of(case) == before
    take(case, "decide", outcome=Outcome.CORRECTED, answer="已更正。", by=office)
    item.refresh_from_db()
    assert "一个月" in item.shown["CF_NR"]
    assert Correction.objects.filter(code="CF_NR").count() == 1
    assert Notice.objects.filter(case=case, kind="decided").count() == 1


def state_of(case: Case) -> list[object]:
    item = Disclosure.objects.values().get(pk=case.own.disclosure_id)
    counts = [model.objects.count() for model in (Correction, Notice, AuditEntry, DisclosureChange)]
    return [Case.objects.values().get(pk=case.pk), item, *counts]


def killed_inside(case: Case, office, inside: Path) -> None:
    """A worker that has carried out the effect, and is killed before its transaction ends."""
    name = str(connection.settings_dict["NAME"])
    command = [sys.executable, "-c", WORKER, name, str(case.pk), str(office.pk), str(inside)]
    worker = subprocess.Popen(command, cwd=project.BASE_DIR)
    try:
        for _ in range(600):
            if inside.exists():
                break
            assert worker.poll() is None, "the worker ended by itself"
            time.sleep(0.1)
        assert inside.exists()
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(10)

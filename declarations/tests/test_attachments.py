"""Proofs: sealed at rest, seen by the reviewer of the department and the credit office only, and on the record."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from casework.rules.attachments import AttachedFile
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Forbidden, Refused
from declarations import actions
from declarations.models import Attachment
from declarations.rules import State
from declarations.tests.factories import in_state

pytestmark = pytest.mark.django_db
SECRET = b"%PDF-1.4 only for those concerned"


@pytest.fixture
def proof(bob_reviewer, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    call_command("load_base", verbosity=0)
    row = in_state(State.SUBMITTED, bob_reviewer)
    return actions.attach(row, [AttachedFile("证书.exe", SECRET)], by=bob_reviewer)[0]


def test_a_proof_is_sealed_and_named_by_what_it_is(proof, settings):
    assert SECRET not in (Path(settings.MEDIA_ROOT) / proof.path).read_bytes()
    assert (proof.name, proof.media_type) == ("证书.pdf", "application/pdf")


def test_it_is_sent_to_those_concerned_and_every_look_is_registered(
    proof, client, bob_reviewer, carol_credit_office, rita_other_reviewer, alice_clerk
):
    address = f"/desk/declarations/{proof.declaration_id}/papers/{proof.pk}/"
    for person in (bob_reviewer, carol_credit_office):
        client.force_login(person)
        answer = client.get(address)
        assert (answer.status_code, answer.content, answer["X-Content-Type-Options"]) == (200, SECRET, "nosniff")
        assert AuditEntry.objects.filter(verb="declarations.attachment", actor_id=person.pk).count() == 1
    for stranger, status in ((rita_other_reviewer, 404), (alice_clerk, 403)):
        client.force_login(stranger)
        assert client.get(address).status_code == status
        with pytest.raises(Forbidden):
            actions.look(proof, by=stranger, purpose="核查")
    assert AuditEntry.objects.filter(verb="declarations.attachment", kind="look").count() == 2


def test_a_bad_file_stops_the_submission_and_nothing_stays(proof, bob_reviewer):
    row = in_state(State.DRAFT, bob_reviewer)
    with pytest.raises(Refused):
        actions.submit(row, by=row.account, proofs=[AttachedFile("一.pdf", SECRET), AttachedFile("二.pdf", b"MZ")])
    row.refresh_from_db()
    assert (row.state, row.attachments.count()) == ("draft", 0)
    assert Attachment.objects.count() == 1

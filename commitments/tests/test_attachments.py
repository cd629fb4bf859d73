"""Papers: sealed at rest, known by their content, read by the department and the credit office only, and on the record."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.rules import attachments as rules
from casework.rules.attachments import AttachedFile
from commitments.letters.actions.attachments import attach
from commitments.models import Attachment
from commitments.tests import cases
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, WindowClerkFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
SECRET = b"%PDF-1.4 only for those concerned"


@pytest.fixture
def attachment():
    return attach(cases.ReviewFactory(), [AttachedFile("../证据\x00.exe", SECRET)], role="evidence", by=SYSTEM)[0]


def test_a_paper_is_sealed_and_named_by_what_it_is(attachment, settings):
    assert SECRET not in (Path(settings.MEDIA_ROOT) / attachment.path).read_bytes()
    assert (attachment.name, attachment.media_type, attachment.size) == ("证据.pdf", "application/pdf", len(SECRET))


def test_a_download_is_registered_and_only_for_those_concerned(attachment, client):
    address = f"/desk/commitments/attachments/{attachment.pk}/"
    for person in (ClerkFactory(department=attachment.review.department), CreditOfficeFactory()):
        client.force_login(person)
        answer = client.get(address)
        assert (answer.status_code, answer.content) == (200, SECRET)
        assert answer["Content-Disposition"].startswith("attachment")
        assert AuditEntry.objects.filter(verb="commitments.paper", actor_id=person.pk).count() == 1
    for stranger, status in ((ClerkFactory(), 404), (WindowClerkFactory(), 403)):
        client.force_login(stranger)
        assert client.get(address).status_code == status
    assert AuditEntry.objects.filter(verb="commitments.paper").count() == 2


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<html>", b"%PDF-" + b"0" * rules.LARGEST])
def test_what_is_empty_too_large_or_of_another_kind_is_refused(data):
    with pytest.raises(Refused):
        attach(cases.ReviewFactory(), [AttachedFile("材料.pdf", data)], role="evidence", by=SYSTEM)
    assert not Attachment.objects.exists()


def test_too_many_at_once_are_refused():
    with pytest.raises(Refused):
        attach(cases.ReviewFactory(), [cases.PDF] * (rules.MOST + 1), role="evidence", by=SYSTEM)

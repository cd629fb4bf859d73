"""Whatever the platform signs is checked at one entrance, which keeps and logs nothing of what it was shown."""

import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit import actions
from credit_platform.audit.checkpoints import make_checkpoint
from credit_platform.audit.models import AuditEntry
from credit_platform.audit.queries import proof_of
from credit_platform.audit.rules import proofs
from disclosure.public import verifiers

PAGE = "/reports/verify/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    actions.record("test.act", by=SYSTEM, detail={"receipt": "R1"})
    return make_checkpoint(by=SYSTEM)


def test_the_page_names_what_can_be_checked(client):
    page = client.get(PAGE).text
    for label in verifiers.labels():
        assert label in page


def test_a_checkpoint_is_recognised_pasted_and_uploaded(client, row):
    for given in ({"text": row.note}, {"file": SimpleUploadedFile("note.txt", row.note.encode())}):
        page = client.post(PAGE, given).text
        assert "审计检查点：真实，未被改动" in page
        assert row.root in page


def test_an_altered_checkpoint_is_refused(client, row):
    assert "审计检查点：未通过核对" in client.post(PAGE, {"text": row.note.replace(f"\n{row.size}\n", "\n999\n")}).text


def test_a_proof_is_recognised(client, row):
    text = proofs.written(proof_of(AuditEntry.objects.get(detail__receipt="R1")))
    assert "入链证明：真实，未被改动" in client.post(PAGE, {"text": text.replace("\n", "\r\n")}).text
    assert "入链证明：未通过核对" in client.post(PAGE, {"text": text.replace("index ", "index 1")}).text


@pytest.mark.parametrize(
    "text", ["hello", "a.b.c", "%PDF-1.4 of somebody else", "no=HRBCN&t=00000000-0000-0000-0000-000000000000"]
)
def test_what_is_not_ours_is_told(client, text):
    answer = client.post(PAGE, {"text": text})
    assert answer.status_code == 200
    assert "不能识别" in answer.text


@pytest.mark.parametrize("given", [{}, {"text": "  "}, {"text": "a", "file": SimpleUploadedFile("a.txt", b"a")}])
def test_neither_and_both_are_told(client, given):
    answer = client.post(PAGE, given)
    assert answer.status_code == 422
    assert "三种方式选一种" in answer.text


def test_nothing_of_what_was_shown_is_kept_or_logged(client, row, caplog):
    before = AuditEntry.objects.count()
    with caplog.at_level(logging.DEBUG):
        client.post(PAGE, {"text": row.note})
    assert AuditEntry.objects.count() == before
    assert row.root not in caplog.text


def test_the_program_is_handed_out(client):
    answer = client.get("/reports/verify/program/")
    assert 'filename="verify_receipt.py"' in answer["Content-Disposition"]
    assert len(answer.text.splitlines()) <= 40

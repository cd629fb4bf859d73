"""A receipt is checked at the public entrance, by the command, and by forty lines without the platform."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import call_command

from checks.models import Check
from checks.receipts.verifying import NotGenuine, opened
from checks.tests.factories import asked, barred, check_of
from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.checkpoints import make_checkpoint
from credit_platform.audit.models import AuditEntry
from credit_platform.audit.queries import proof_of
from credit_platform.audit.rules import proofs
from records.tests.factories import PersonFactory

pytestmark = pytest.mark.usefixtures("city")
PAGE = "/reports/verify/"
PROGRAM = Path(project.BASE_DIR) / "docs" / "verify_receipt.py"


@pytest.fixture
def answer():
    return asked(barred().subject)


@pytest.fixture
def files(answer, client, tmp_path):
    """The receipt, its proof, and the published keys, as files."""
    make_checkpoint(by=SYSTEM)
    proof = proof_of(AuditEntry.objects.get(pk=check_of(answer).entry))
    (tmp_path / "receipt.txt").write_text(answer.receipt)
    (tmp_path / "proof.tlog-proof").write_text(proofs.written(proof))
    (tmp_path / "jwks.json").write_text(client.get("/.well-known/jwks.json").text)
    return tmp_path


def run(folder, *names):
    made = subprocess.run([sys.executable, PROGRAM, *names], cwd=folder, capture_output=True, text=True, check=False)
    return made.returncode, made.stdout + made.stderr


def test_forty_lines_check_a_receipt_without_the_platform(files, answer):
    assert len(PROGRAM.read_text().splitlines()) <= 40
    code, said = run(files, "jwks.json", "receipt.txt", "proof.tlog-proof")
    assert (code, "签名有效" in said, "已写入审计记录" in said) == (0, True, True)
    assert answer.payload["receipt"] in said


@pytest.mark.parametrize("name", ["receipt.txt", "proof.tlog-proof"])
def test_forty_lines_notice_what_was_altered(files, name):
    text = (files / name).read_text()
    (files / name).write_text(text[:200] + ("A" if text[200] != "A" else "B") + text[201:])
    assert run(files, "jwks.json", "receipt.txt", "proof.tlog-proof")[0] != 0


def test_forty_lines_refuse_the_proof_of_another_receipt(files):
    (files / "receipt.txt").write_text(asked(barred().subject).receipt)
    code, said = run(files, "jwks.json", "receipt.txt", "proof.tlog-proof")
    assert (code, "不符" in said) == (1, True)


def test_the_command(files, answer, capsys):
    call_command("verify_receipt", str(files / "receipt.txt"), proof=str(files / "proof.tlog-proof"))
    assert "出具之前已写入审计链" in capsys.readouterr().out
    call_command("verify_receipt", str(files / "receipt.txt"), "--json")
    assert json.loads(capsys.readouterr().out) == answer.payload


def test_the_command_ends_with_one_for_what_is_not_genuine(files, capsys):
    (files / "receipt.txt").write_text("a.b.c")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_receipt", str(files / "receipt.txt"))
    assert ended.value.code == 1
    assert "未通过" in capsys.readouterr().err


def test_the_public_entrance_tells_what_a_receipt_says(client, answer):
    page = client.post(PAGE, {"text": answer.receipt}).text
    assert "信用核查回执：真实，未被改动" in page
    assert "列入下一份检查点" in page
    for told in (answer.payload["receipt"], answer.payload["case_number"], "禁止"):
        assert told in page


def test_the_proof_can_be_taken_away_once_a_checkpoint_is_made(client, answer, files):
    assert "下载入链证明" in client.post(PAGE, {"text": answer.receipt}).text
    taken = client.post(PAGE, {"text": answer.receipt, "take": "1"})
    assert taken.text == (files / "proof.tlog-proof").read_text()


def test_looking_at_a_receipt_leaves_no_trace(client, answer):
    before = AuditEntry.objects.count()
    client.post(PAGE, {"text": answer.receipt})
    assert AuditEntry.objects.count() == before


def test_an_altered_receipt_is_refused(client, answer):
    head, payload, signature = answer.receipt.split(".")
    altered = f"{head}.{payload[:-4]}AAAA.{signature}"
    assert "信用核查回执：真实" not in client.post(PAGE, {"text": altered}).text
    with pytest.raises(NotGenuine):
        opened(altered)


def test_a_signature_without_an_entry_is_an_alarm(client, answer, monkeypatch):
    monkeypatch.setattr(Check.objects, "filter", lambda **given: Check.objects.none())
    assert "审计记录中没有这次核查" in client.post(PAGE, {"text": answer.receipt}).text


def test_old_receipts_stay_genuine_when_the_key_changes_and_new_ones_of_the_old_key_are_not(answer, settings):
    from checks.receipts import signing

    old = signing._signer(settings.RECEIPT_KEY, str(settings.RECEIPT_KEY_FILE))
    settings.RECEIPT_KEY = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="
    assert opened(asked(barred().subject).receipt)
    assert opened(answer.receipt) == answer.payload
    from credit_platform.audit.rules import jws

    told = jws.canonical(answer.payload | {"asked_at": "2036-01-01T00:00:00+08:00"})
    later = jws.signed(told, kind=signing.KIND, key=old.key, sign=old.sign)
    with pytest.raises(NotGenuine, match="没有使用"):
        opened(later)


def test_a_person_stands_masked_on_the_page(client):
    from checks.actions.asking import ask
    from checks.rules.questions import Question
    from checks.tests.factories import client as api_client
    from checks.tests.factories import setting
    from records.tests.factories import valid_person_id

    number = valid_person_id(3)
    PersonFactory(number=number, name="李某某")
    by = api_client("checks.ask", "checks.ask_person")
    page = client.post(PAGE, {"text": ask(Question("办1", id_number=number, name="李某某"), setting(by)).receipt}).text
    assert "李**" in page
    assert number not in page
    assert "李某某" not in page

"""The chain is anchored: a checkpoint a day, and whoever cuts the tail is told what is missing."""

import base64
import json
import subprocess
import sys
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connections, transaction

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit import actions, signing, tasks
from credit_platform.audit.checkpoints import keep_file, make_checkpoint
from credit_platform.audit.keepsakes import keepsakes
from credit_platform.audit.models import AuditEntry, AuditSeal, Checkpoint, SigningKey
from credit_platform.audit.rules import merkle, notes
from credit_platform.audit.tests.test_chain import command, enter, tamper
from credit_platform.audit.verification import verify
from credit_platform.errors import Conflict, Refused

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 30)
CUT = (
    "DELETE FROM audit_seal WHERE seq > {0}; "
    "DELETE FROM audit_entry e WHERE NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.entry_id = e.id); DELETE FROM audit_pending"
)


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.CHECKPOINT_DIR = tmp_path / "checkpoints"
    settings.BACKUP_DIR = tmp_path / "backups"
    return tmp_path


def made(on=DAY):
    row = make_checkpoint(by=SYSTEM, on=on)
    keep_file(row)  # in a test nothing is committed
    return row


def head_of(row):
    public = base64.b64decode(row.key.public)
    known = {(row.key.name, notes.key_id(row.key.name, public)): lambda *given: signing.holds(public, *given)}
    return notes.read_head(notes.opened(row.note, known))


def leaves():
    return [bytes.fromhex(each) for each in AuditSeal.objects.order_by("seq").values_list("hash", flat=True)]


def test_an_empty_chain_has_no_checkpoint():
    assert make_checkpoint(by=SYSTEM, on=DAY) is None
    assert tasks.make_checkpoint() == 0


def test_the_checkpoint_is_the_head_of_the_tree_over_the_links():
    enter(7)
    row = made()
    head = head_of(row)
    assert (head.size, head.root) == (7, merkle.root(leaves()[:7]))
    assert head.origin == row.key.name == "localhost/audit"
    entry = AuditEntry.objects.get(verb="audit.checkpoint")
    assert entry.after == {"day": "2026-11-30", "size": 7, "root": head.root.hex()}
    assert (settings.CHECKPOINT_DIR / "2026-11-30.txt").read_text() == row.note


def test_there_is_one_a_day():
    enter(3)
    assert made() == made()
    assert Checkpoint.objects.count() == 1


def test_the_next_day_reads_only_its_own_links(django_assert_max_num_queries):
    enter(5)
    made()
    enter(6)
    actions.seal()
    with django_assert_max_num_queries(24):
        row = make_checkpoint(by=SYSTEM, on=DAY + timedelta(days=1))
    assert row.size == AuditSeal.objects.filter(seq__lte=row.size).count() > 11
    assert head_of(row).root == merkle.root(leaves()[: row.size])
    proof = merkle.consistency_proof(5, leaves()[: row.size])
    first = Checkpoint.objects.get(day=DAY)
    assert merkle.grew(5, bytes.fromhex(first.root), row.size, bytes.fromhex(row.root), proof)


def test_a_whole_chain_is_held_against_everything_that_was_noted_down(folders):
    enter(4)
    row = made()
    write_manifest(folders, f"3:{AuditSeal.objects.get(seq=3).hash}")
    report = verify(kept=keepsakes())
    assert report.ok
    assert report.anchored == 3  # the row, its file, the backup
    code, said = command()
    assert (code, "与留存的 3 份记录相符" in said) == (0, True)
    assert actions.verify_and_record(by=SYSTEM).ok
    assert row.size == 4


def write_manifest(folders, head):
    folder = folders / "backups" / "20261130-010000"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps({"chain_head": head}))


def test_a_cut_tail_is_named_by_the_row_of_the_checkpoint():
    enter(20)
    make_checkpoint(by=SYSTEM, on=DAY)
    tamper(CUT.format(15))
    assert verify().ok  # what is left fits together
    report = verify(kept=keepsakes())
    assert [line.kind for line in report.breaks] == ["cut"]
    assert "2026-11-30 的检查点记有 20 环：缺少第 16 环至第 20 环，链的尾部被截去" in report.breaks[0].text
    code, said = command()
    assert code == 1
    assert "链上只到第 15 环" in said
    assert not actions.verify_and_record(by=SYSTEM).ok


def test_a_cut_tail_is_named_by_the_file_when_the_row_went_too():
    enter(20)
    made()
    tamper(CUT.format(19) + "; DELETE FROM audit_checkpoint")
    report = verify(kept=keepsakes())
    assert [(line.kind, line.seq) for line in report.breaks] == [("cut", 20)]
    assert "检查点文件 2026-11-30.txt记有 20 环：缺少第 20 环" in report.breaks[0].text


def test_a_cut_tail_is_named_by_the_last_backup(folders):
    enter(9)
    actions.seal()
    write_manifest(folders, f"9:{AuditSeal.objects.get(seq=9).hash}")
    tamper(CUT.format(4))
    report = actions.verify_and_record(by=SYSTEM)
    assert "备份 20261130-010000记有 9 环：缺少第 5 环至第 9 环" in report.breaks[0].text


def test_a_tail_that_was_cut_and_grown_anew_is_named():
    enter(12)
    made()
    tamper(CUT.format(8))
    enter(9)
    actions.seal()
    report = verify(kept=keepsakes())
    assert {line.kind for line in report.breaks} == {"root"}
    assert "前 12 环的树根与2026-11-30 的检查点不符" in report.breaks[0].text


def test_a_chain_computed_anew_as_a_whole_is_named():
    enter(6)
    made()
    tamper("UPDATE audit_entry SET reason = '改' WHERE id = (SELECT entry_id FROM audit_seal WHERE seq = 2)")
    tamper("DELETE FROM audit_seal; INSERT INTO audit_pending SELECT id FROM audit_entry ON CONFLICT DO NOTHING")
    actions.seal()
    assert verify().ok
    assert {line.kind for line in verify(kept=keepsakes()).breaks} == {"root"}


def test_nothing_is_signed_over_a_chain_that_was_cut():
    enter(6)
    made()
    tamper(CUT.format(3))
    with pytest.raises(Conflict, match="没有这一环"):
        make_checkpoint(by=SYSTEM, on=DAY + timedelta(days=1))
    assert Checkpoint.objects.count() == 1


def test_nothing_is_signed_over_a_gap():
    enter(6)
    actions.seal()
    tamper("DELETE FROM audit_seal WHERE seq = 4")
    with pytest.raises(Conflict, match="缺少第 4 环"):
        make_checkpoint(by=SYSTEM, on=DAY)


def test_a_forged_note_is_named_and_proves_nothing():
    enter(5)
    row = made()
    stranger = Ed25519PrivateKey.generate()
    public = stranger.public_key().public_bytes_raw()
    head = notes.Head(row.key.name, 3, bytes(32))
    forged = notes.signed(head.text(), row.key.name, public, stranger.sign)
    (settings.CHECKPOINT_DIR / "2026-11-29.txt").write_text(forged)
    (settings.CHECKPOINT_DIR / "2026-11-28.txt").write_text(row.note.replace("\n5\n", "\n4\n"))
    (settings.CHECKPOINT_DIR / "2026-11-27.txt").write_bytes(b"\xff\x00 no note")
    told = [line.text for line in verify(kept=keepsakes()).breaks]
    assert [text.split("：")[0] for text in told] == [f"检查点文件 2026-11-{day}.txt" for day in (27, 28, 29)]
    assert "签名无效" in told[1]
    assert "没有已知公钥" in told[2]


def test_a_row_that_says_another_thing_than_its_note_is_named():
    enter(5)
    made()
    tamper("UPDATE audit_checkpoint SET size = 4")
    assert "该行被改动过" in verify(kept=keepsakes()).breaks[0].text


@pytest.mark.parametrize("sql", ["DELETE FROM audit_checkpoint", "UPDATE audit_checkpoint SET size = 1"])
def test_checkpoints_are_append_only(sql):
    enter(2)
    made()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        run(sql)


@pytest.mark.parametrize(
    "sql",
    ["DELETE FROM audit_signing_key", "UPDATE audit_signing_key SET public = 'x'"]
    + ["UPDATE audit_signing_key SET not_after = NULL, name = 'x'"],
)
def test_keys_are_append_only(sql):
    enter(2)
    made()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        run(sql)


def run(sql):
    with connections["default"].cursor() as cursor:
        cursor.execute(sql)


def test_a_new_key_ends_the_old_one_whose_notes_stay_good(settings):
    enter(2)
    first = made()
    settings.CHECKPOINT_KEY = base64.urlsafe_b64encode(b"k" * 32).decode()
    second = made(DAY + timedelta(days=1))
    old, new = SigningKey.objects.order_by("pk")
    assert (first.key, second.key) == (old, new)
    assert old.not_after is not None
    assert new.not_after is None
    assert verify(kept=keepsakes()).ok
    assert list(AuditEntry.objects.filter(verb__startswith="audit.key").values_list("verb", flat=True)[:3]) == [
        "audit.key",
        "audit.key_ended",
        "audit.key",
    ]


def test_a_key_that_was_ended_signs_no_more(settings):
    enter(2)
    given = settings.CHECKPOINT_KEY
    made()
    settings.CHECKPOINT_KEY = base64.urlsafe_b64encode(b"k" * 32).decode()
    made(DAY + timedelta(days=1))
    settings.CHECKPOINT_KEY = given
    with pytest.raises(Conflict, match="已停用"):
        make_checkpoint(by=SYSTEM, on=DAY + timedelta(days=2))


def test_a_key_is_made_once_and_kept_for_the_platform_alone(settings, tmp_path):
    settings.CHECKPOINT_KEY = ""
    settings.CHECKPOINT_KEY_FILE = tmp_path / "var" / "checkpoint.key"
    first, again = signing.signer(), signing.signer()
    assert first.public == again.public
    assert settings.CHECKPOINT_KEY_FILE.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("key", ["short", "=====", "é", "AAAA"])
def test_a_key_that_is_none_is_refused_in_words(settings, key):
    settings.CHECKPOINT_KEY = key
    with pytest.raises(Refused, match="32 字节"):
        signing.signer()


def test_who_speaks_is_the_public_host(settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "credit.example.gov.cn"]
    assert signing.origin() == "credit.example.gov.cn/audit"
    settings.CHECKPOINT_ORIGIN = "city.example/log"
    assert signing.origin() == "city.example/log"
    settings.CHECKPOINT_ORIGIN = "a b"
    with pytest.raises(Refused):
        signing.origin()


def test_the_command_prints_the_note_and_writes_missing_files(capsys, settings):
    enter(3)
    call_command("make_checkpoint")
    said = capsys.readouterr().out
    assert said.strip() == Checkpoint.objects.get().note.strip()
    call_command("make_checkpoint", "--files")
    assert "共 1 份" in capsys.readouterr().out
    [path] = settings.CHECKPOINT_DIR.glob("*.txt")
    assert path.stem == str(Checkpoint.objects.get().day)


VERIFIER = Path(settings.BASE_DIR) / "docs" / "verify_checkpoint.py"


def offline(*arguments):
    command_line = [sys.executable, "-I", str(VERIFIER), *map(str, arguments)]
    return subprocess.run(command_line, capture_output=True, text=True, check=False)


def test_anybody_can_check_a_note_without_the_platform(folders):
    enter(3)
    row = made()
    key = notes.verifier_key(row.key.name, base64.b64decode(row.key.public))
    note = settings.CHECKPOINT_DIR / "2026-11-30.txt"
    answer = offline(key, note)
    assert (answer.returncode, "3" in answer.stdout) == (0, True)
    forged = folders / "forged.txt"
    forged.write_text(row.note.replace("\n3\n", "\n2\n"))
    assert offline(key, forged).returncode == 1
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    assert offline(notes.verifier_key(row.key.name, other), note).returncode == 1
    assert offline("nonsense", note).returncode == 1


def test_the_verifier_is_short_and_needs_nothing_of_the_platform():
    text = VERIFIER.read_text(encoding="utf-8")
    assert text.count("\n") <= 60
    imported = {line.split()[1].split(".")[0] for line in text.splitlines() if line.startswith(("import ", "from "))}
    assert imported <= {"__future__", *sys.stdlib_module_names, "cryptography"}


@pytest.mark.django_db(transaction=True)
def test_two_makers_at_once_make_one():
    enter(5)
    found, start = [], threading.Barrier(2)

    def make():
        start.wait()
        try:
            found.append(make_checkpoint(by=SYSTEM, on=DAY).pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=make) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 2
    assert len(set(found)) == 1
    assert Checkpoint.objects.count() == SigningKey.objects.count() == 1
    assert (settings.CHECKPOINT_DIR / "2026-11-30.txt").exists()

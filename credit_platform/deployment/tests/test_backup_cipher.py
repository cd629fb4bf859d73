"""The files of an encrypted backup: whole or refused by name, whatever was done to them."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

SCRIPTS = str(Path(settings.BASE_DIR) / "scripts")
if SCRIPTS not in sys.path:
    sys.path.insert(0, SCRIPTS)

import backup_cipher as cipher  # noqa: E402
import backup_store as store  # noqa: E402

KEY, OTHER = (base64.urlsafe_b64encode(letter * 32).decode() for letter in (b"a", b"b"))
HEAD = len(cipher.MAGIC) + 32
FRAME = 4 + cipher.PIECE + 16


def written(folder: Path, data: bytes, name: str = "x.enc") -> Path:
    with cipher.writer(folder / name, KEY) as out:
        for at in range(0, len(data), 300_000):
            out.write(data[at : at + 300_000])
    return folder / name


def read(path: Path, key: str = KEY) -> bytes:
    with cipher.reader(path, key) as source:
        return source.read()


@pytest.mark.parametrize("size", [0, 1, cipher.PIECE - 1, cipher.PIECE, cipher.PIECE + 1, 3 * cipher.PIECE + 5])
def test_what_was_written_comes_back_and_does_not_lie_there_in_clear(tmp_path, size):
    data = (b"0123456789abcdef" * (size // 16 + 1))[:size]
    path = written(tmp_path, data)
    assert read(path) == data
    assert size < 64 or data[:64] not in path.read_bytes()


def test_without_a_key_it_is_written_as_it_is(tmp_path):
    with cipher.writer(tmp_path / "x", "") as out:
        out.write(b"clear")
    assert (tmp_path / "x").read_bytes() == b"clear" == read(tmp_path / "x")


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data[:-1],
        lambda data: data[: HEAD + FRAME],  # the last piece is gone, the others are whole
        lambda data: data[: HEAD + FRAME + 2],
        lambda data: data[:HEAD],
        lambda data: data[:10],
        lambda data: b"",
        lambda data: data[:HEAD] + data[HEAD + FRAME :],  # the first piece is gone
        lambda data: (
            data[:HEAD] + data[HEAD + FRAME : HEAD + 2 * FRAME] + data[HEAD : HEAD + FRAME] + data[HEAD + 2 * FRAME :]
        ),
        lambda data: data + data[HEAD:],
        lambda data: data + b"\0\0\0\0",
        lambda data: data[:HEAD] + b"\xff\xff\xff\xff" + data[HEAD + 4 :],
        lambda data: data[: HEAD + 100] + bytes([data[HEAD + 100] ^ 1]) + data[HEAD + 101 :],
        lambda data: data[:20] + bytes([data[20] ^ 1]) + data[21:],
    ],
)
def test_an_altered_or_shortened_file_is_named(tmp_path, harm):
    path = written(tmp_path, b"a" * (2 * cipher.PIECE) + b"b" * 100)
    path.write_bytes(harm(path.read_bytes()))
    with pytest.raises(cipher.CipherError, match="x.enc"):
        read(path)


def test_a_file_put_in_the_place_of_another_does_not_open(tmp_path):
    path = written(tmp_path, b"dump")
    path.rename(tmp_path / "y.enc")
    with pytest.raises(cipher.CipherError, match="y.enc"):
        read(tmp_path / "y.enc")


def test_another_key_does_not_open_it(tmp_path):
    with pytest.raises(cipher.CipherError, match="BACKUP_KEY"):
        read(written(tmp_path, b"dump"), OTHER)


@pytest.mark.parametrize("given", ["kurz", "不是密钥", "a" * 10])
def test_what_is_no_key_is_refused_before_anything_is_written(given):
    with pytest.raises(cipher.CipherError, match="32 字节"):
        cipher.given_key({"BACKUP_KEY": given})


@pytest.mark.parametrize("name", ["backup", "restore", "restore_check"])
def test_the_scripts_find_what_they_need_when_they_are_called_as_such(name, tmp_path):
    command = [sys.executable, str(settings.BASE_DIR / "scripts" / f"{name}.py"), "--help"]
    env = {each: value for each, value in os.environ.items() if each != "PYTHONPATH"}
    answer = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr


def manifest(folder: Path) -> dict:
    about = {"files": {}, "counts": {"a": 1}, "backup_key_mark": cipher.mark(KEY)}
    about["seal"] = cipher.seal_of(about, KEY)
    (folder / store.MANIFEST).write_text(json.dumps(about))
    return about


def test_an_encrypted_backup_needs_its_key_and_its_manifest_as_it_was(tmp_path, monkeypatch):
    about = manifest(tmp_path)
    for given, word in [("", "请给出"), (OTHER, "不同")]:
        monkeypatch.setenv("BACKUP_KEY", given)
        with pytest.raises(store.BackupError, match=word):
            store.manifest_of(tmp_path)
    monkeypatch.setenv("BACKUP_KEY", KEY)
    assert store.manifest_of(tmp_path) == about
    for harm in ({"counts": {"a": 2}}, {"seal": ""}, {"more": 1}):
        (tmp_path / store.MANIFEST).write_text(json.dumps(about | harm))
        with pytest.raises(store.BackupError, match="被改动"):
            store.manifest_of(tmp_path)


def test_the_mark_of_a_key_tells_nothing_of_it():
    assert cipher.mark(KEY) != cipher.mark(OTHER)
    assert cipher.mark("") == ""
    assert KEY not in cipher.mark(KEY)

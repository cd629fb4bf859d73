"""The scripts of backup and restoration, with the real programs against a real scratch database."""

import base64
import json
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

SCRIPTS = str(Path(settings.BASE_DIR) / "scripts")
if SCRIPTS not in sys.path:
    sys.path.insert(0, SCRIPTS)

import backup  # noqa: E402
import backup_store as store  # noqa: E402
import restore  # noqa: E402
import restore_check  # noqa: E402

from disclosure.tests.factories import PublishedFactory  # noqa: E402

BACKUP_KEY = base64.urlsafe_b64encode(b"b" * 32).decode()


def test_differences_name_the_field():
    before = {"1": {"record": {"a": 1, "b": 2}, "subject": {"n": "x"}, "disclosure": None}}
    assert store.differences(before, before) == []
    after = {"1": {"record": {"a": 1, "b": 3}, "subject": {"n": "x"}, "disclosure": None}}
    assert store.differences(before, after) == ["1.record.b"]
    assert store.differences(before, {}) == ["1.record.a", "1.record.b", "1.subject.n"]


def test_the_nearest_version_of_a_program_is_taken(monkeypatch):
    monkeypatch.setattr(store, "_major", lambda path: 15 if "/usr/lib" in str(path) else 18)
    assert store._major(Path(store.program("pg_dump", 160004))) == 18
    with pytest.raises(store.BackupError):
        store.program("pg_dump", 990000)


def test_the_mark_of_a_key_tells_keys_apart_and_nothing_else():
    assert store.key_mark("a") != store.key_mark("b")
    assert store.key_mark("") == ""
    assert "secret" not in store.key_mark("secret")


def test_only_finished_backups_count_and_the_newest_stay(tmp_path, monkeypatch):
    for name in ("20260101-000000", "20260102-000000", "20260103-000000"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text("{}")
    (tmp_path / "20260104-000000.unfinished").mkdir()
    assert [path.name for path in backup._too_old(tmp_path, 2)] == ["20260101-000000"]
    assert backup._too_old(tmp_path, 0) == []
    monkeypatch.setenv("BACKUP_DIR", str(tmp_path))
    assert restore_check.newest().name == "20260103-000000"


def test_a_folder_without_manifest_is_no_backup(tmp_path):
    with pytest.raises(store.BackupError):
        store.manifest_of(tmp_path)


def address():
    """The test database as a DATABASE_URL."""
    about = connection.settings_dict
    return f"postgresql://{about['USER']}:{about['PASSWORD']}@/{about['NAME']}?host={about['HOST']}"


def alter(scratch: str) -> None:
    """A title is another one, and rows are gone."""
    other = store.connect(scratch)
    other.autocommit = True
    other.cursor().execute(
        "UPDATE records_creditrecord SET title = '改过' WHERE id = (SELECT min(id) FROM records_creditrecord)"
    )
    other.cursor().execute("SET session_replication_role = replica")  # the feed is append-only
    other.cursor().execute("DELETE FROM disclosure_disclosurechange")
    other.cursor().execute("DELETE FROM disclosure_disclosure WHERE id = (SELECT max(id) FROM disclosure_disclosure)")
    other.close()


def comes_back(folder, manifest, again):
    """Into a database and a folder of their own, never over what is there; what is altered afterwards is found."""
    scratch = store.other_database(address(), connection.settings_dict["NAME"] + "_scratch")
    clock = store.Clock()
    try:
        restore.database(folder, manifest, scratch, clock)
        assert restore.compare_counts(manifest, scratch) == []
        assert restore_check._compare_sample(folder, scratch) == (3, [])
        assert restore.media(folder, again) == 1
        with pytest.raises(store.BackupError, match="不是空的"):
            restore.database(folder, manifest, scratch, clock)
        with pytest.raises(store.BackupError, match="不是空目录"):
            restore.media(folder, again)

        alter(scratch)
        tables = [line.split(" ")[0] for line in restore.compare_counts(manifest, scratch)]
        assert tables[-2:] == ["disclosure_disclosure", "freshness_changemark"]
        _, differing = restore_check._compare_sample(folder, scratch)
        assert any(line.endswith(".record.title") for line in differing)
    finally:
        restore_check.drop(scratch)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("secret", ["", BACKUP_KEY])
def test_what_was_backed_up_comes_back_and_any_difference_is_found(tmp_path, monkeypatch, secret):
    key = "field-key-of-the-test"
    monkeypatch.setenv("DATABASE_URL", address())
    monkeypatch.setenv("FIELD_KEY", key)
    monkeypatch.setenv("BACKUP_KEY", secret)
    monkeypatch.setattr(store, "VAR", tmp_path / "var")
    private = tmp_path / "var" / "media" / "imports" / "a.sealed"
    private.parent.mkdir(parents=True)
    private.write_bytes(b"CRED1")
    for _ in range(3):
        PublishedFactory()

    folder = backup.backup(tmp_path / "backups")

    manifest = store.manifest_of(folder)
    assert manifest["counts"]["disclosure_disclosure"] == 3
    assert manifest["sampled"] == 3
    assert key not in (folder / "manifest.json").read_text()
    lying = b"".join(path.read_bytes() for path in folder.iterdir())
    assert (b"PGDMP" in lying, b"imports/a.sealed" in lying) == (not secret, not secret)
    assert manifest["field_key_marks"] == {"1": store.key_mark(key)}
    assert restore_check._key(manifest) == []
    monkeypatch.setenv("FIELD_KEY", "another")
    assert restore_check._key(manifest) == ["1 号字段密钥缺少或与备份时不同，相应的证件号码和文件将无法读取"]
    assert not list((tmp_path / "backups").glob("*.unfinished"))
    comes_back(folder, manifest, tmp_path / "again")

    dump = store.part(folder, store.DUMP, secret)
    dump.write_bytes(dump.read_bytes()[:-1])
    with pytest.raises(store.BackupError, match="与清单不符"):
        store.check_files(folder, manifest)
    about = json.loads((folder / "manifest.json").read_text())
    assert set(about["files"]) == {
        store.part(folder, each, secret).name for each in (store.DUMP, store.MEDIA, store.SAMPLE)
    }

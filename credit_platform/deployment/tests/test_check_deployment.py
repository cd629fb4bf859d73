import json
import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
import redis
from django.core.cache import cache
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests import factories as accounts
from credit_platform.audit import actions as audit_actions
from credit_platform.audit.checkpoints import make_checkpoint
from credit_platform.audit.models import AuditEntry
from credit_platform.demo.accounts import PASSWORD as STAFF_PASSWORD
from credit_platform.deployment import configuration, data, servers
from credit_platform.deployment.outcomes import Grade
from credit_platform.metrics import heartbeats

STRONG = "kT7-vQ2_xW9zR4mB8nL1pD6sF3gH5jC0yU_aE-iO7tXq"
BACKUP_KEY = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="
FIELD_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


@pytest.fixture
def sound(settings, tmp_path, monkeypatch):
    """Settings as they should be in production."""
    settings.DEBUG = False
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS, settings.FIELD_KEYS = STRONG, [], [(1, FIELD_KEY)]
    settings.ALLOWED_HOSTS = ["credit.harbin.gov.cn", "127.0.0.1"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://credit.harbin.gov.cn"]
    settings.BEHIND_HTTPS = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31536000
    settings.REQUIRE_SECOND_FACTOR = True
    settings.METRICS_TOKEN = ""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.MEDIA_ROOT, settings.BACKUP_DIR = tmp_path / "media", tmp_path / "backups"
    monkeypatch.setenv("DATABASE_URL", "postgresql://set")
    monkeypatch.setenv("REDIS_URL", "redis://set")
    monkeypatch.setenv("BACKUP_KEY", BACKUP_KEY)
    monkeypatch.setenv("ENV_FILE", str(tmp_path / "env"))
    return settings


def grades(outcomes):
    return {outcome.name: outcome.grade for outcome in outcomes}


def test_a_sound_configuration_passes(sound):
    assert set(grades(configuration.check()).values()) == {Grade.PASS}


@pytest.mark.parametrize(
    ("name", "value", "line", "grade"),
    [
        ("DEBUG", True, "调试模式", Grade.FAIL),
        ("SECRET_KEY", "short", "SECRET_KEY", Grade.FAIL),
        ("SECRET_KEY", "a" * 80, "SECRET_KEY", Grade.FAIL),
        ("SECRET_KEY", FIELD_KEY, "SECRET_KEY", Grade.FAIL),
        ("SECRET_KEY_FALLBACKS", ["weak"], "SECRET_KEY", Grade.FAIL),
        ("SECRET_KEY_FALLBACKS", [STRONG[::-1]], "SECRET_KEY", Grade.WARN),
        ("FIELD_KEYS", [(1, "c2hvcnQ=")], "FIELD_KEY", Grade.FAIL),
        ("FIELD_KEYS", [(1, "不是密钥")], "FIELD_KEY", Grade.FAIL),
        ("FIELD_KEYS", [(2, FIELD_KEY), (1, FIELD_KEY[::-1])], "FIELD_KEY", Grade.FAIL),
        ("FIELD_KEYS", [(2, FIELD_KEY), (1, STRONG)], "FIELD_KEY", Grade.WARN),
        ("ALLOWED_HOSTS", ["*"], "ALLOWED_HOSTS", Grade.FAIL),
        ("ALLOWED_HOSTS", ["127.0.0.1"], "ALLOWED_HOSTS", Grade.FAIL),
        ("ALLOWED_HOSTS", ["credit.example.gov.cn"], "ALLOWED_HOSTS", Grade.FAIL),
        ("BEHIND_HTTPS", False, "HTTPS", Grade.FAIL),
        ("SESSION_COOKIE_SECURE", False, "HTTPS", Grade.FAIL),
        ("REQUIRE_SECOND_FACTOR", False, "第二重验证", Grade.FAIL),
        ("CSRF_TRUSTED_ORIGINS", ["http://credit.harbin.gov.cn"], "CSRF_TRUSTED_ORIGINS", Grade.FAIL),
        ("METRICS_TOKEN", "1234", "METRICS_TOKEN", Grade.FAIL),
        ("METRICS_TOKEN", STRONG, "METRICS_TOKEN", Grade.PASS),
    ],
)
def test_each_setting_is_looked_at(sound, name, value, line, grade):
    setattr(sound, name, value)
    assert grades(configuration.check())[line] is grade


@pytest.mark.parametrize("key", ["", "c2hvcnQ=", "不是密钥", FIELD_KEY])
def test_backups_in_clear_or_under_another_key_of_the_platform_are_told(sound, monkeypatch, key):
    monkeypatch.setenv("BACKUP_KEY", key)
    assert grades(configuration.check())["BACKUP_KEY"] is Grade.FAIL


def test_the_embedded_servers_are_for_trials_only(sound, monkeypatch):
    monkeypatch.delenv("REDIS_URL")
    assert grades(configuration.check())["外部服务"] is Grade.FAIL


def test_a_file_of_secrets_that_others_can_read_is_told(sound):
    path = Path(os.environ["ENV_FILE"])
    path.touch()
    path.chmod(0o644)
    assert grades(configuration.check())["环境变量文件"] is Grade.FAIL
    path.chmod(0o640)
    assert grades(configuration.check())["环境变量文件"] is Grade.PASS


@pytest.mark.django_db
def test_the_servers_of_the_tests_are_sound_but_nobody_works(sound, monkeypatch):
    monkeypatch.setattr(servers, "PING_SECONDS", 0.2)
    cache.clear()
    found = grades(servers.check())
    sound_ones = ("数据库", "时钟", "系统检查", "数据库迁移", "Redis")
    assert {name: found[name] for name in sound_ones} == dict.fromkeys(sound_ones, Grade.PASS)
    assert found["定时器"] is Grade.FAIL


@pytest.mark.parametrize(
    ("clock", "task", "grade"),
    [(5, 5, Grade.PASS), (5, 300, Grade.FAIL), (300, 300, Grade.FAIL), (5, None, Grade.FAIL)],
)
def test_the_clock_is_judged_by_its_signs(monkeypatch, clock, task, grade):
    signs = heartbeats.Signs({"clock": clock, "worker": 1, "task": task}, None)
    monkeypatch.setattr(heartbeats, "read", lambda: signs)
    assert servers._beat().grade is grade


def test_a_clock_that_differs_is_told():
    class Cursor:
        def execute(self, sql):
            pass

        def fetchone(self):
            return (timezone.now() + timedelta(seconds=30),)

    assert servers._clock(Cursor()).grade is Grade.FAIL


def test_a_redis_that_throws_tasks_away_is_refused():
    class Client:
        def config_get(self, name):
            return {"maxmemory-policy": "allkeys-lru"} if name == "maxmemory-policy" else {"appendonly": "yes"}

    class Silent:
        def config_get(self, name):
            raise redis.ResponseError("unknown command")

    assert servers._redis_settings(Client()).grade is Grade.FAIL
    assert servers._redis_settings(Silent()).grade is Grade.PASS


def test_away_servers_are_one_line_each(monkeypatch, settings):
    class Away:
        def cursor(self):
            raise OperationalError("could not connect to 10.1.2.3")

    monkeypatch.setattr(servers, "connection", Away())
    settings.CACHE_URL = "unix:///nowhere/valkey.sock"
    found = list(servers.check())
    assert grades(found) == {"数据库": Grade.FAIL, "Redis": Grade.FAIL}
    assert "10.1.2.3" not in "".join(outcome.text for outcome in found)


@pytest.mark.django_db
class TestData:
    def test_an_entry_that_is_not_sealed_for_long_is_told(self, sound):
        audit_actions.record("platform.test", by=SYSTEM)
        assert grades(data.check())["审计入链"] is Grade.PASS
        later = timezone.now() + timedelta(minutes=10)
        data.timezone, kept = FakeTime(later), data.timezone
        try:
            assert data._sealed().grade is Grade.FAIL
        finally:
            data.timezone = kept

    def test_the_tail_of_the_chain_is_read_again(self, sound):
        audit_actions.record("platform.test", by=SYSTEM)
        while audit_actions.seal():
            pass
        assert data._tail().grade is Grade.PASS

    def test_an_outcome_of_the_verification_is_told(self, sound):
        assert data._verified().grade is Grade.WARN
        audit_actions.record("audit.verify", by=SYSTEM, after={"ok": True})
        assert data._verified().grade is Grade.PASS
        audit_actions.record("audit.verify", by=SYSTEM, after={"ok": False})
        assert data._verified().grade is Grade.FAIL
        assert AuditEntry.objects.filter(verb="audit.verify").count() == 2

    def test_the_private_folder_is_private(self, sound):
        assert data._media().grade is Grade.PASS
        Path(sound.MEDIA_ROOT).chmod(0o755)
        assert data._media().grade is Grade.FAIL

    def test_a_private_folder_among_the_public_files_is_refused(self, sound, tmp_path):
        sound.STATIC_ROOT = tmp_path
        assert data._media().grade is Grade.FAIL

    @pytest.mark.parametrize(("hours", "grade"), [(1, Grade.PASS), (40, Grade.FAIL), (None, Grade.FAIL)])
    def test_the_newest_backup_must_be_of_last_night(self, sound, hours, grade):
        if hours is not None:
            folder = Path(sound.BACKUP_DIR) / "20260101-000000"
            folder.mkdir(parents=True)
            at = timezone.now() - timedelta(hours=hours)
            manifest = {"taken_at": at.isoformat(), "files": {"database.dump": {"bytes": 1}}}
            (folder / "manifest.json").write_text(json.dumps(manifest))
        assert data._backup().grade is grade

    @pytest.mark.parametrize(("free", "grade"), [(50, Grade.PASS), (10, Grade.WARN), (2, Grade.FAIL)])
    def test_a_full_disk_is_told(self, sound, monkeypatch, free, grade):
        usage = data.shutil.disk_usage("/")
        monkeypatch.setattr(data.shutil, "disk_usage", lambda path: usage._replace(total=100, free=free))
        assert data._disk().grade is grade


class FakeTime:
    def __init__(self, moment):
        self.moment = moment

    def now(self):
        return self.moment


@pytest.mark.django_db
def test_the_command_tells_and_exits(sound, monkeypatch):
    monkeypatch.setattr(servers, "PING_SECONDS", 0.2)
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("check_deployment", json=True, stdout=out)
    assert stopped.value.code == 1
    answer = json.loads(out.getvalue())
    assert answer["ok"] is False
    assert {line["area"] for line in answer["checks"]} == {"配置", "服务", "数据"}
    assert all(line["mend"] for line in answer["checks"] if line["grade"] != "pass")


@pytest.mark.django_db
def test_an_account_with_the_printed_password_of_the_demonstration_is_found():
    assert data._demonstration().grade == Grade.PASS
    account = accounts.ClerkFactory(username="scjgj_lr")
    account.set_password("another one")
    account.save()
    assert data._demonstration().grade == Grade.PASS
    account.set_password(STAFF_PASSWORD)
    account.save()
    found = data._demonstration()
    assert (found.grade, "scjgj_lr" in found.text, STAFF_PASSWORD in found.text) == (Grade.FAIL, True, False)
    account.is_active = False
    account.save()
    assert data._demonstration().grade == Grade.PASS


@pytest.mark.django_db
def test_a_media_folder_that_others_can_read_is_found(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir(mode=0o755)
    settings.MEDIA_ROOT.chmod(0o755)
    assert data._media().grade == Grade.FAIL


@pytest.mark.django_db
def test_the_checkpoint_of_the_day_and_where_its_key_lies(settings, tmp_path):
    settings.CHECKPOINT_DIR = tmp_path
    assert data._checkpoint().grade == Grade.WARN
    audit_actions.record("test.act", by=SYSTEM)
    make_checkpoint(by=SYSTEM)
    assert data._checkpoint().grade == Grade.PASS
    settings.CHECKPOINT_KEY, settings.CHECKPOINT_KEY_FILE = "", settings.VAR_DIR / "checkpoint.key"
    assert data._checkpoint().grade == Grade.WARN

"""The settings as another process sees them, with an environment of its own."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

SHOW = "from django.conf import settings; print(settings.DEBUG, settings.SECRET_KEY, settings.CELERY_BROKER_URL)"


def load(tmp_path, **env):
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    kept |= {
        "DJANGO_SETTINGS_MODULE": "credit_platform.settings",
        "VAR_DIR": str(tmp_path),
        "PYTHONIOENCODING": "utf-8",
    }
    return subprocess.run(
        [sys.executable, "-c", SHOW], env=kept | env, cwd=settings.BASE_DIR, capture_output=True, text=True
    )


REAL = {"DATABASE_URL": "postgresql://u:p@db.example/credit", "REDIS_URL": "redis://mq.example/0"}


def test_with_real_servers_nothing_embedded_is_started(tmp_path):
    answer = load(tmp_path, **REAL, SECRET_KEY="s", FIELD_KEY="f")
    assert answer.stdout.split() == ["False", "s", "redis://mq.example/0"]
    assert list(tmp_path.iterdir()) == []


def test_with_a_real_database_and_no_keys_it_refuses_in_clear_words(tmp_path):
    answer = load(tmp_path, **REAL)
    assert answer.returncode != 0
    assert "SECRET_KEY、FIELD_KEY" in answer.stderr
    assert "deploy/env.example" in answer.stderr


def test_while_developing_keys_are_made(tmp_path):
    assert load(tmp_path, **REAL, DEBUG="1").stdout.startswith("True ")


@pytest.mark.parametrize("bad", [{"DATABASE_URL": "mysql://h/x"}, {"REDIS_URL": "amqp://h"}])
def test_a_bad_address_is_refused_in_clear_words(bad, tmp_path):
    answer = load(tmp_path, **(REAL | bad), SECRET_KEY="s", FIELD_KEY="f")
    assert answer.returncode != 0
    assert next(iter(bad)) in answer.stderr.splitlines()[-1]


def test_pages_forbid_inline_script_and_style():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["script-src"] == directives["style-src"] == ["'self'"]

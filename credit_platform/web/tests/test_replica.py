"""The public site reads from a replica, the desk never does, and nobody notices when the replica is gone."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import resolve

from credit_platform import embedded
from credit_platform.embedded import postgres
from credit_platform.embedded.processes import end, listens, spawn, unprivileged
from credit_platform.web import replica

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def a_replica(monkeypatch):
    monkeypatch.setattr(replica, "configured", lambda: True)
    monkeypatch.setattr(replica, "_near", lambda: True)
    monkeypatch.setattr(replica, "_give_up", lambda error: monkeypatch.setattr(replica._State, "usable", False))
    replica.forget()
    yield
    replica.forget()


def request_for(rf, path, method="get", **extra):
    request = getattr(rf, method)(path, **extra)
    request.resolver_match = resolve(path)
    return request


def alias_of(request):
    """The server of the reads of a request's view."""
    seen = []
    middleware = replica.ReplicaMiddleware(lambda _: seen_by_view(middleware, request, seen))
    middleware(request)
    return seen[0]


def seen_by_view(middleware, request, seen):
    middleware.process_view(request, None, (), {})
    seen.append(replica.PublicReads().db_for_read(None))
    return HttpResponse()


@pytest.mark.parametrize(
    ("path", "method", "expected"),
    [
        ("/", "get", "replica"),
        ("/disclosure/permits/", "head", "replica"),
        ("/api/v1/disclosures/", "get", "replica"),
        ("/search/", "post", "default"),
        ("/desk/", "get", "default"),
        ("/accounts/login/", "get", "default"),
    ],
)
def test_only_what_the_public_reads_goes_to_the_replica(rf, a_replica, path, method, expected):
    assert alias_of(request_for(rf, path, method)) == expected


def test_whoever_is_signed_in_reads_what_he_has_just_written(rf, a_replica, settings):
    rf.cookies[settings.SESSION_COOKIE_NAME] = "somebody"
    assert alias_of(request_for(rf, "/disclosure/permits/")) == "default"


def test_without_a_replica_everything_is_as_it_was(rf):
    assert alias_of(request_for(rf, "/")) == "default"


def test_nothing_is_left_of_the_choice_after_the_request(rf, a_replica):
    alias_of(request_for(rf, "/"))
    assert replica.PublicReads().db_for_read(None) == "default"


def test_writes_and_migrations_never_go_there(a_replica):
    router = replica.PublicReads()
    reading = replica._reading.set(True)
    assert (router.db_for_read(None), router.db_for_write(None)) == ("replica", "default")
    replica._reading.reset(reading)
    assert router.allow_migrate("default", "records")
    assert not router.allow_migrate("replica", "records")


def test_a_request_that_the_replica_lost_is_answered_by_the_main_server(rf, a_replica):
    request = request_for(rf, "/")
    asked = []

    def view(request):
        asked.append(replica.PublicReads().db_for_read(None))
        return HttpResponse("answered")

    request.resolver_match.func = view
    middleware = replica.ReplicaMiddleware(lambda _: HttpResponse())
    token = replica._reading.set(True)
    try:
        assert middleware.process_exception(request, OperationalError("gone")).content == b"answered"
        assert middleware.process_exception(request, OperationalError("the main one too")) is None
    finally:
        replica._reading.reset(token)
    assert asked == ["default"]


@pytest.fixture(scope="module")
def two_servers(tmp_path_factory):
    """A primary and a streaming replica of its own, migrated; ended afterwards."""
    var = tmp_path_factory.mktemp("main")
    main = embedded.ensure_postgres(var)
    process = None
    try:
        run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], environment(main))
        sockets = var / "r"
        process = start_replica(var, main, sockets)
        yield main, f"postgresql://credit@/credit?host={sockets}", process
    finally:
        if process is not None and process.poll() is None:
            end(process.pid, 2, seconds=20)
        embedded.stop(var)


def start_replica(var, main, sockets):
    identity = unprivileged()
    home = postgres._home(var, identity)
    programs, data = postgres._programs(home, identity), home / "replica"
    folder = main.partition("host=")[2]
    sockets.mkdir(mode=0o700)
    command = [
        *identity.prefix,
        str(programs / "pg_basebackup"),
        "-D",
        str(data),
        "-h",
        folder,
        "-U",
        "credit",
        "-R",
        "-X",
        "stream",
        "-c",
        "fast",
    ]
    subprocess.run(command, check=True, user=identity.user, cwd=home)
    server = [
        *identity.prefix,
        str(programs / "postgres"),
        "-D",
        str(data),
        "-k",
        str(sockets),
        "-c",
        "listen_addresses=",
        "-c",
        "max_connections=200",
    ]
    process = spawn(server, var / "log" / "replica.log", cwd=home, user=identity.user)
    for _ in range(600):
        if listens(sockets / ".s.PGSQL.5432") or process.poll() is not None:
            break
        time.sleep(0.05)
    return process


def environment(main, **more):
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "TEST_DATABASE_NAME")}
    return kept | {
        "DATABASE_URL": main,
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "SECRET_KEY": settings.SECRET_KEY,
        "FIELD_KEY": settings.FIELD_KEYS[0][1],
        "DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "credit_platform.settings",
        "PYTHONPATH": str(ROOT),
        **more,
    }


def run(command, env):
    answer = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr[-3000:]
    return answer.stdout


def test_with_a_real_streaming_replica(two_servers):
    main, copy, process = two_servers
    env = environment(main, DATABASE_REPLICA_URL=copy, REPLICA_MAX_LAG_SECONDS="1")
    script = str(Path(__file__).with_name("replica_session.py"))
    out = run([sys.executable, script, str(process.pid)], env)
    found = json.loads(next(line for line in out.splitlines() if line.startswith("FOUND ")).removeprefix("FOUND "))

    for title in ("public page", "near again"):
        assert found[title]["status"] == 200
        assert found[title]["replica"] > 0
        assert found[title]["default"] == 0, title
    assert found["arrives"]
    for title in ("public page with a session", "desk", "behind", "gone in the middle", "gone"):
        assert found[title]["status"] == 200, title
    for title in ("public page with a session", "desk", "behind", "gone"):
        assert found[title]["replica"] == 0, title
    for title in ("public page with a session", "behind", "gone in the middle", "gone"):
        assert found[title]["default"] > 0, title

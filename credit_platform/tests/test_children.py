"""Processes of a run: who dies comes back, later each time; when the leading one keeps dying the run gives up."""

import sys
from pathlib import Path

import pytest
from django.conf import settings

SCRIPTS = str(Path(settings.BASE_DIR) / "scripts")
if SCRIPTS not in sys.path:
    sys.path.insert(0, SCRIPTS)

import children as module  # noqa: E402

DIES = [sys.executable, "-c", "raise SystemExit(3)"]
STAYS = [sys.executable, "-c", "import time; time.sleep(600)"]


@pytest.fixture
def children(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LONGEST_PAUSE", 0)
    monkeypatch.setattr(module, "PAUSE", 0.01)
    monkeypatch.setattr(module, "SIGNALS", ())
    with module.Children(tmp_path) as made:
        yield made


def test_a_web_server_that_keeps_dying_ends_the_run_with_its_code_and_a_word(children, capsys):
    children.start("worker", STAYS)
    children.start("web", DIES)
    assert children.watch() == 3
    told = capsys.readouterr().err
    assert told.count("重新启动。") == 2 * (module.MOST_ENDS - 1)
    assert f"退出 {module.MOST_ENDS} 次，不再重新启动" in told


def test_a_worker_that_keeps_dying_does_not(children, monkeypatch):
    starts = []
    begin = children.start

    def counted(name, command):
        starts.append(name)
        if starts.count("worker") > 3 * module.MOST_ENDS:
            raise module.Stopped
        return begin(name, command)

    monkeypatch.setattr(children, "start", counted)
    children.start("web", STAYS)
    children.start("worker", DIES)
    with pytest.raises(module.Stopped):
        children.watch()
    assert starts.count("web") == 1


def test_each_end_of_late_doubles_the_pause():
    ends = module._Ends()
    pauses = []
    for at in range(8):
        ends.add(float(at))
        pauses.append(ends.back_at - at)
    assert pauses == [1, 2, 4, 8, 16, 30, 30, 30]
    ends.add(1000.0)
    assert ends.back_at == 1001.0


def test_a_web_server_that_does_not_come_up_ends_the_wait(children):
    children.start("web", DIES)
    assert not children.answers("127.0.0.1", 9)
    assert children.code == 3

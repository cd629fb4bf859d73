"""The worker and the province are killed with SIGKILL at work: nothing is lost, nothing is there twice, of a key the order stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from itertools import pairwise

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from disclosure.tests.factories import PublishedFactory
from exchange.actions.reconciling import reconcile
from exchange.actions.sending import turn
from exchange.models import Channel, Message, Parcel
from exchange.rules.messages import State, Why
from exchange.simulator.province import Province
from exchange.tests.factories import KEY, announced, channel, partner

WORKER = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "credit_platform.settings_for_tests"
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from exchange.actions.sending import turn
from exchange.models import Channel
while True:
    turn(Channel.objects.select_related("partner").get())
"""
PROVINCE = """
import sys, threading
from pathlib import Path
from exchange.simulator.province import Province
from exchange.simulator.service import Service
server = Service(Province(Path(sys.argv[1])), sys.argv[2].encode(), port=int(sys.argv[3]))
print(server.server_address[1], flush=True)
server.serve_forever()
"""
ITEMS = 12
DONE = (State.APPLIED, State.REPLACED)


class Killed:
    """A process that is started again after each death."""

    def __init__(self, program: str, *words: str) -> None:
        self.program, self.words = program, words
        self.start()

    def start(self) -> None:
        words = [sys.executable, "-c", self.program, *self.words]
        self.process = subprocess.Popen(words, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True)

    def kill(self) -> None:
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait(10)
        self.process.stdout.close()


@pytest.mark.django_db(transaction=True)
def test_both_sides_are_killed_and_everything_is_there_once_and_in_order(tmp_path):
    state = tmp_path / "province.sqlite"
    province = Killed(PROVINCE, str(state), KEY, "0")
    port = province.process.stdout.readline().strip()
    province.words = (str(state), KEY, port)
    on = channel(of=partner(address=f"http://127.0.0.1:{port}/exchange"), rows_at_once=2)
    items = [PublishedFactory() for _ in range(ITEMS)]
    worker = Killed(WORKER, str(connection.settings_dict["NAME"]))
    try:
        for number, item in enumerate(items, start=1):
            announced(item)
            announced(item, why=Why.CHANGED)
            if number in (4, 8):
                _wait_for(lambda seen=number: Message.objects.filter(state=State.APPLIED).count() >= seen, on)
                announced(items[0], why=Why.CHANGED)
                _wait_for(lambda: Parcel.objects.waiting().exists() or not _unfinished().exists(), on)
                for each in (province, worker) if number == 4 else (worker, province):
                    each.kill()
                    each.start()
                    assert each is worker or each.process.stdout.readline().strip() == port
    finally:
        worker.kill()
    _wait_for(lambda: not _unfinished().exists(), on, step=lambda: turn(on))
    assert reconcile(on).differing == 0
    province.kill()
    left = Province(state)
    applied: dict[str, list[int]] = {}
    for key, version, _ in left.applied():
        applied.setdefault(key, []).append(version)
    left.close()
    assert set(applied) == {item.public_id for item in items}, "nothing is lost"
    assert all(a < b for versions in applied.values() for a, b in pairwise(versions)), "in order, and none twice"
    assert Message.objects.filter(state=State.APPLIED).count() == sum(map(len, applied.values()))


def _unfinished():
    return Message.objects.exclude(state__in=DONE)


def _wait_for(condition, on: Channel, step=lambda: time.sleep(0.1)) -> None:
    """Waits of the channel are made short from outside: the processes keep their real clocks."""
    for _ in range(600):
        if condition():
            return
        past = timezone.now() - timedelta(minutes=1)
        Channel.objects.filter(pk=on.pk).update(next_at=None)
        Message.objects.filter(state__in=(State.QUEUED, State.UNKNOWN)).update(next_at=past)
        Parcel.objects.waiting().filter(sent_at__lt=timezone.now() - timedelta(seconds=3)).update(answer_by=past)
        step()
    raise AssertionError("waited in vain")

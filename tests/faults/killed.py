"""A process of its own in the middle of a step, and SIGKILL: what a worker leaves that was killed and could clean up nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests.faults.processes import until

STARTED = """
import os, sys, time
from datetime import datetime, timezone as zone
from pathlib import Path
os.environ["DJANGO_SETTINGS_MODULE"] = "credit_platform.settings_for_tests"
from django.conf import settings
settings.DATABASES["default"]["NAME"], settings.MEDIA_ROOT = sys.argv[1], sys.argv[2]
import django
django.setup()
from django.utils import timezone
timezone.now = lambda: datetime.fromisoformat(sys.argv[4])
def held(*args, **options):
    Path(sys.argv[3]).touch()
    time.sleep(600)
told = sys.argv[5:]
"""
"""What every such process begins with: the database of the test, its clock, and `held`, which a step is made to end in."""


def kill_in(step: str, *told: object, at: str, folder: Path) -> None:
    """Run the lines of `step` in a process whose clock says `at` (ISO, with zone), and kill it when they have come to `held`.

    `told`: what the lines read as `told[0]`, `told[1]` … AssertionError when the process ended by itself.
    """
    entered = folder / "entered"
    given = [str(connection.settings_dict["NAME"]), str(settings.MEDIA_ROOT), str(entered), at, *map(str, told)]
    worker = subprocess.Popen(
        [sys.executable, "-c", STARTED + step, *given], cwd=settings.BASE_DIR, stderr=subprocess.PIPE
    )
    try:
        until(lambda: entered.exists() or worker.poll() is not None, "the middle of the step")
        assert worker.poll() is None, "the process ended by itself"
    finally:
        if worker.poll() is None:
            os.kill(worker.pid, signal.SIGKILL)
        _, complaint = worker.communicate(timeout=60)
    assert entered.exists(), complaint.decode()

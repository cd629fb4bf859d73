"""Loaded by the workers of these tests only: small chunks, slow checkpoints, and files that break or kill whoever processes them.

`child-MOMENT.csv` kills the process that works on it when it comes to that moment, once; `head-MOMENT.csv` kills the whole worker there.
`poison.csv` and `killer.csv` do so every time. `sleeper.csv` waits once inside a statement of the ledger's own transaction.
"""

from __future__ import annotations

import os
import signal
import time
from functools import wraps
from pathlib import Path

from django.conf import settings

from credit_platform import pg
from records.imports.batches import engine, entering, tries
from records.imports.ledger import stage
from records.models import ImportBatch

SLOW = float(os.environ.get("FAULTS_SLOW", "0"))
"""Seconds after each checkpoint, so that an import lasts long enough to be hit."""
engine.CHUNK_ROWS = int(os.environ.get("FAULTS_CHUNK_ROWS", engine.CHUNK_ROWS))
_now = {"name": ""}


class Poison(RuntimeError):
    """What a file called poison.csv does to the program."""


def marks() -> Path:
    """Where it is noted who died when."""
    folder = Path(settings.VAR_DIR) / "died"
    folder.mkdir(exist_ok=True)
    return folder


def die(moment: str) -> None:
    """End here when the file says so and did not say it before."""
    who, _, wanted = _now["name"].removesuffix(".csv").partition("-")
    if wanted != moment or who not in ("child", "head"):
        return
    try:
        (marks() / f"{who}-{moment}").touch(exist_ok=False)
    except FileExistsError:
        return
    os.kill(os.getppid() if who == "head" else os.getpid(), signal.SIGKILL)
    time.sleep(60)  # the system ends a process whose head has gone


def around(module, name, *, before=None, after=None):
    """Put these moments before and after a function of the engine."""
    kept = getattr(module, name)

    @wraps(kept)
    def instead(*args, **options):
        if before:
            die(before)
        answer = kept(*args, **options)
        if after:
            die(after)
        return answer

    setattr(module, name, instead)
    return kept


run, checkpoint, enter, drop = engine.run, engine._Run._checkpoint, engine._Run._enter, stage.drop


def known_run(batch_id, **options):
    """The run of a batch whose name is known to `die`."""
    _now["name"] = ImportBatch.objects.values_list("file_name", flat=True).get(pk=batch_id)
    die("taken")
    answer = run(batch_id, **options)
    die("ended")
    return answer


def slow_checkpoint(self, *args, last=False, **options):
    checkpoint(self, *args, last=last, **options)
    die("read" if last else "checkpoint")
    time.sleep(SLOW)


def sabotaged_enter(self, *args):
    if self.batch.file_name == "poison.csv":
        raise Poison
    if self.batch.file_name == "killer.csv":
        os.kill(os.getpid(), signal.SIGKILL)  # what the kernel does to the process that ate the memory
    enter(self, *args)


def sleepy_apply(*args, **options):
    """Stay in a statement for ten minutes, once."""
    asleep = marks() / "asleep"
    if _now["name"] == "sleeper.csv" and not asleep.exists():
        asleep.touch()
        pg.query("SELECT pg_sleep(600)")
    return apply(*args, **options)


def last_drop(batch_id, part=""):
    over = not ImportBatch.objects.filter(pk=batch_id, state__in=engine.RUNNING).exists()
    if over:
        die("committed")
    drop(batch_id, part)
    if over:
        die("dropped")


around(tries, "begin", before="held", after="begun")
around(engine._Run, "_resume_point", after="fresh")
around(stage, "add", after="staged")
around(entering, "apply", after="entered")
around(entering, "close_batch", after="closed")
apply = entering.apply
engine.run, entering.apply, stage.drop = known_run, sleepy_apply, last_drop
engine._Run._checkpoint, engine._Run._enter = slow_checkpoint, sabotaged_enter

"""Loaded by the workers of these tests only: small chunks, slow checkpoints, and files that break or kill whoever processes them."""

from __future__ import annotations

import os
import signal
import time

from records.imports import engine

SLOW = float(os.environ.get("FAULTS_SLOW", "0"))
"""Seconds after each checkpoint, so that an import lasts long enough to be hit."""
engine.CHUNK_ROWS = int(os.environ.get("FAULTS_CHUNK_ROWS", engine.CHUNK_ROWS))

_checkpoint, _enter = engine._Run._checkpoint, engine._Run._enter


class Poison(RuntimeError):
    """What a file called poison.csv does to the program."""


def checkpoint(self, *args, **options):
    _checkpoint(self, *args, **options)
    time.sleep(SLOW)


def enter(self, *args):
    if self.batch.file_name == "poison.csv":
        raise Poison
    if self.batch.file_name == "killer.csv":
        os.kill(os.getpid(), signal.SIGKILL)  # what the kernel does to the process that ate the memory
    _enter(self, *args)


engine._Run._checkpoint, engine._Run._enter = checkpoint, enter

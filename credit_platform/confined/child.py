"""The inside: shuts itself in, loads one reader, answers what it is asked. Loads neither Django nor anything that knows a secret.

Started by `session` with a clean environment, standard input and output as the only way out, and the bytes of the file in an
unnamed piece of memory.
"""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import signal
import sys
from importlib import import_module
from typing import Any, BinaryIO

from credit_platform.confined import frames
from credit_platform.confined.frames import frame
from credit_platform.errors import Refused

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_GRACE = 2
"""Seconds of the processor between the signal that says what happened and the one that cannot be held off."""


def main() -> None:
    """Serve one session: `child.py FILE PARENT MEMORY CPU READER`, all but the last numbers."""
    file, parent, memory, cpu = map(int, sys.argv[-5:-1])
    try:
        _shut_in(parent, memory, cpu)
    except (OSError, ValueError):
        os._exit(frames.NO_LIMITS)
    gc.disable()  # rows hold no rings, and the process is short
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        _serve(sys.argv[-1], file, sys.stdin.buffer, out)
    except BrokenPipeError:
        os._exit(0)  # nobody listens any more


def _shut_in(parent: int, memory: int, cpu: int) -> None:
    """No more than the limits, no files written, no further processes, no core file, and no life without the parent."""
    _first_to_go()
    for kind, soft, hard in (
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_CPU, cpu, cpu + _GRACE),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NPROC, 0, 0),
    ):
        resource.setrlimit(kind, (soft, hard))
    control = ctypes.CDLL(None).prctl
    control(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    control(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    control(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)  # it died before we could ask to die with it


def _first_to_go() -> None:
    """Where memory runs out all the same, the kernel takes this process and not the one that serves pages."""
    try:
        with open("/proc/self/oom_score_adj", "w") as score:  # noqa: PTH123 - nothing more is loaded than needed
            score.write("1000")
    except OSError:
        pass  # a container may forbid it; the limits hold without


def _serve(reader: str, file: int, asked: BinaryIO, out: BinaryIO) -> None:
    with os.fdopen(file, "rb") as source:
        data = source.read()
    opened: Any = None
    while (question := _next(asked)) is not None:
        name, arguments = question
        try:
            if opened is None:
                module, _, made = reader.partition(":")
                opened = getattr(import_module(module), made)(data, *arguments)
                out.write(frame(frames.END, _peak()))
                continue
            for item in getattr(opened, name)(*arguments):
                out.write(frame(frames.ITEM, item))
            out.write(frame(frames.END, _peak()))
        except Refused as refusal:
            out.write(frame(frames.REFUSAL, (refusal.code, refusal.text, refusal.mend)))
        except MemoryError:
            os._exit(frames.NO_MEMORY)
        except BrokenPipeError:
            raise
        except BaseException as error:  # noqa: BLE001 - a parser of foreign bytes may fail in any way; a panic of Rust is no Exception
            out.write(frame(frames.BROKEN, type(error).__name__))


def _peak() -> int:
    """The most memory that this process had in use so far, in bytes."""
    with open("/proc/self/status", "rb") as status:  # noqa: PTH123
        line = next((each for each in status if each.startswith(b"VmHWM:")), b"VmHWM: 0 kB")
    return int(line.split()[1]) * 1024


def _next(asked: BinaryIO) -> tuple[str, tuple[Any, ...]] | None:
    """The next question; None when there will be no more."""
    head = asked.read(frames.HEAD.size)
    if len(head) < frames.HEAD.size:
        return None
    _, length = frames.HEAD.unpack(head)
    name, arguments = frames.value_of(asked.read(length))
    return name, arguments

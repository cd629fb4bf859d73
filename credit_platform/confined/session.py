"""The outside: starts the child, asks it, waits no longer than agreed, and turns its death into words."""

from __future__ import annotations

import fcntl
import logging
import os
import select
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings

from credit_platform.confined import frames, verdict
from credit_platform.confined.limits import Limits

logger = logging.getLogger(__name__)

_BASE = str(Path(__file__).resolve().parent.parent.parent)
# The package of the platform loads Celery; the child gets an empty one in its place, with the same folder.
_BOOT = f"""
import sys, types
sys.path.insert(0, {_BASE!r})
package = sys.modules["credit_platform"] = types.ModuleType("credit_platform")
package.__path__ = [{_BASE + "/credit_platform"!r}]
from credit_platform.confined.child import main
main()
"""
_ENVIRONMENT = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"}
"""All that a child knows of its surroundings."""
_PIPE = 1024 * 1024
_TICK = 1.0
_PATIENCE = 5.0
"""Seconds to wait for a place among the readers of this process."""


class Session:
    """One foreign file and the child that reads it: started with the first question, ended with `close` or when an answer is left.

    An answer that was not heard to its end, or ended in a refusal, ends the child as well; the next question starts another. Not for
    several threads.
    """

    def __init__(
        self, reader: str, data: bytes, *arguments: Any, limits: Limits, pulse: Callable[[], None] | None = None
    ) -> None:
        """`reader`: `module:Class`, called with `data` and the arguments; `pulse` is called about every second of waiting and may raise."""
        self._reader, self._data, self._arguments = reader, data, arguments
        self._limits, self._pulse = limits, pulse
        self._child: _Child | None = None
        self.peak = 0
        """The most memory that a child was seen to use at the end of an answer, in bytes."""

    def ask(self, question: str, *arguments: Any) -> Iterator[Any]:
        """What the reader's method of that name gives, item by item. FileRefused as the reader raised it, or because the child
        broke a limit or died; Interrupted when it was ended from outside."""
        child = self._child or self._started()
        self._child = None
        try:
            yield from child.answer(question, arguments, self._pulse)
            self._child, self.peak = child, max(self.peak, child.peak)
        finally:
            if self._child is not child:
                child.stop()

    def close(self) -> None:
        """End the child; harmless when there is none."""
        if self._child is not None:
            self._child.stop()
            self._child = None

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _started(self) -> _Child:
        child = _Child(self._reader, self._data, self._limits)
        try:
            for _ in child.answer("", self._arguments, self._pulse):
                pass  # an opening gives nothing
        except BaseException:
            child.stop()
            raise
        return child


class _Places:
    """How many children this process may have at a time: what they may use together stays within what the service may."""

    def __init__(self) -> None:
        self._taken = 0
        self._free = threading.Condition()

    def take(self) -> None:
        with self._free:
            if not self._free.wait_for(lambda: self._taken < settings.FILE_READERS_AT_ONCE, timeout=_PATIENCE):
                raise verdict.busy()
            self._taken += 1

    def give_back(self) -> None:
        with self._free:
            self._taken -= 1
            self._free.notify()


_PLACES = _Places()


class _Child:
    """The process and its two pipes."""

    def __init__(self, reader: str, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self.peak = 0
        self._buffer = bytearray()
        _PLACES.take()
        try:
            self._process = _spawned(reader, data, limits)
        except OSError as error:
            _PLACES.give_back()
            logger.error("a reader could not be started: %s", type(error).__name__)
            raise verdict.not_started() from error
        assert self._process.stdout is not None  # noqa: S101 - told to the type checker
        self._out = self._process.stdout.fileno()
        with suppress(OSError):
            fcntl.fcntl(self._out, fcntl.F_SETPIPE_SZ, _PIPE)
        self._ready = select.poll()
        self._ready.register(self._out, select.POLLIN)
        self.stop = weakref.finalize(self, _end, self._process)

    def answer(self, question: str, arguments: tuple[Any, ...], pulse: Callable[[], None] | None) -> Iterator[Any]:
        self._say(frames.frame(frames.ITEM, (question, arguments)))
        while True:
            tag, body = self._heard(pulse)
            value = self._value(body)
            if tag == frames.END:
                self.peak = int(value)
                return
            if tag != frames.ITEM:
                raise verdict.refusal_of(tag, value)
            yield value

    def _say(self, message: bytes) -> None:
        assert self._process.stdin is not None  # noqa: S101
        with suppress(BrokenPipeError):  # what became of it is told by its silence
            self._process.stdin.write(message)

    def _heard(self, pulse: Callable[[], None] | None) -> tuple[bytes, bytearray]:
        self._fill(frames.HEAD.size, pulse)
        tag, length = frames.HEAD.unpack_from(self._buffer)
        if length > frames.LARGEST:
            raise verdict.nonsense()
        end = frames.HEAD.size + length
        self._fill(end, pulse)
        body = self._buffer[frames.HEAD.size : end]
        del self._buffer[:end]
        return tag, body

    def _fill(self, wanted: int, pulse: Callable[[], None] | None) -> None:
        """Read until so many bytes are there."""
        latest = time.monotonic() + self._limits.wait
        while len(self._buffer) < wanted:
            if not self._ready.poll(_TICK * 1000):
                if pulse:
                    pulse()
                if time.monotonic() > latest:
                    raise verdict.silent(self._limits)
                continue
            piece = os.read(self._out, _PIPE)
            if not piece:
                raise verdict.ended(self._process, self._limits)
            self._buffer += piece

    def _value(self, body: bytearray) -> Any:
        try:
            return frames.value_of(body)
        except Exception as error:
            raise verdict.nonsense() from error


def _spawned(reader: str, data: bytes, limits: Limits) -> subprocess.Popen[bytes]:
    """The process. It gets the file as a piece of memory without a name: nothing of it is written to a disk in clear."""
    file = os.memfd_create("file", os.MFD_CLOEXEC)
    try:
        with os.fdopen(os.dup(file), "wb") as target:
            target.write(data)
        os.lseek(file, 0, os.SEEK_SET)
        numbers = (file, os.getpid(), limits.memory, limits.cpu)
        return subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
            [sys.executable, "-I", "-B", "-c", _BOOT, *map(str, numbers), reader],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd="/",
            env=_ENVIRONMENT,
            pass_fds=(file,),
            start_new_session=True,
        )
    finally:
        os.close(file)


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        process.wait()
    finally:
        _PLACES.give_back()

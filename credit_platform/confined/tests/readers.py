"""Readers that behave badly in every way a parser of foreign bytes can."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from credit_platform.confined.refusals import refuse


class Reader:
    def __init__(self, data: bytes, *words: str) -> None:
        if data == b"unreadable":
            raise refuse("unreadable", "不能读取。", "请重新上传。")
        self.data, self.words = data, words

    def said(self) -> Iterator[object]:
        yield self.data, self.words, date(2026, 11, 30)

    def count(self, most: int) -> Iterator[int]:
        yield from range(most)

    def refused(self) -> Iterator[int]:
        yield 1
        raise refuse("second", "第2行不能读取。")

    def broken(self) -> Iterator[int]:
        raise ValueError(self.data.decode())
        yield

    def panics(self) -> Iterator[int]:
        raise _Panic(self.data.decode())
        yield

    def greedy(self) -> Iterator[int]:
        yield len(bytes(4 * 2**30))

    def aborted(self) -> Iterator[int]:
        os.abort()
        yield

    def crashed(self) -> Iterator[int]:
        ctypes.string_at(0)
        yield

    def endless(self) -> Iterator[int]:
        yield 1
        while True:
            pass

    def asleep(self) -> Iterator[int]:
        yield 1
        time.sleep(600)

    def killed(self) -> Iterator[int]:
        yield 1
        os.kill(os.getpid(), signal.SIGKILL)

    def itself(self) -> Iterator[int]:
        yield os.getpid()

    def surroundings(self) -> Iterator[dict[str, Any]]:
        files = {name: os.readlink(f"/proc/self/fd/{name}") for name in os.listdir("/proc/self/fd") if _is_there(name)}
        loaded = [name for name in ("django", "celery", "psycopg2") if name in __import__("sys").modules]
        yield {"environment": dict(os.environ), "files": files, "loaded": loaded}

    def writes(self, path: str) -> Iterator[int]:
        yield Path(path).write_bytes(b"something")

    def limits(self) -> Iterator[tuple[int, int]]:
        yield from map(resource.getrlimit, (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_NPROC))

    def evil(self) -> Iterator[object]:
        yield _Evil()

    def flood(self) -> Iterator[object]:
        yield bytes(70 * 2**20)


class _Panic(BaseException):
    """Native parsers raise theirs past every `except Exception`."""


class _Evil:
    """What unpickling would run, were it allowed."""

    def __reduce__(self) -> Any:
        return socket.gethostname, ()


def _is_there(name: str) -> bool:
    return Path(f"/proc/self/fd/{name}").exists() or Path(f"/proc/self/fd/{name}").is_symlink()

"""Trying mutants: each in a child of a process that has the libraries loaded already, so that a mutant of a pure rule costs an eighth of a second.

The mistake never touches a file. The child imports the mutated source in place of the module's own, then runs the tests that the declaration
names for the module; the first failure kills the mutant. Tests with a database find it made already, and roll back what they write.
"""

from __future__ import annotations

import gc
import importlib
import importlib.machinery
import importlib.util
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, ModuleType

from mutants_made import Mutant

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = ("pytest", "_pytest.assertion.rewrite", "hypothesis", "celery", "kombu", "redis")
WITH_DATABASE = (
    "django.test", "django.db.models", "django.forms", "django.contrib.postgres.fields", "django.db.backends.postgresql.base",
    "psycopg2", "factory", "time_machine", "cryptography.hazmat.primitives.ciphers.aead", "reportlab.platypus", "xlsxwriter",
    "openpyxl", "authlib", "faker", "playwright.sync_api", "pytest_django.plugin",
)  # fmt: skip
"""Loaded once, in the parent. None of them reads the settings when it is imported."""

PURE = ["-c", os.devnull, "--rootdir", str(ROOT), "--noconftest", "-p", "_hypothesis_pytestplugin"]
STORED = ["--reuse-db", "-m", "not empties and not browser and not faults"]
ALWAYS = ["-x", "-q", "-p", "no:cacheprovider", "--no-header"]
ONLY_THE_END = [
    "-s",
    "--assert=plain",
    "--tb=no",
    *(f"-pno:{name}" for name in ("unraisableexception", "threadexception", "logging", "doctest")),
]
"""Of a mutant nothing is told but whether a test failed: what would explain it is left out, which is two thirds of the time."""
PATIENCE, LEAST = 8, 15.0
"""A mutant that takes this many times as long as the module itself (and more than so many seconds) never ends: killed."""


class End(Enum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"


class NothingTried(Exception):
    """The tests of a module do not pass, or there are none: nothing can be said of its mutants."""


@dataclass(frozen=True)
class Module:
    """A module, the tests that must kill its mutants, and whether these need the database."""

    path: Path
    tests: tuple[str, ...]
    parts: tuple[str, ...] = ()
    database: bool = False

    @property
    def name(self) -> str:
        """As Python imports it."""
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


class _Mutated(importlib.machinery.SourceFileLoader):
    """Loads a module from a text instead of its file."""

    def __init__(self, name: str, path: str, text: str) -> None:
        super().__init__(name, path)
        self.text = text

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.text, self.path, "exec", dont_inherit=True)


class _Finder:
    """Hands out the mutated module under its name."""

    def __init__(self, module: Module, text: str) -> None:
        self.module, self.text = module, text

    def find_spec(self, name: str, path: object = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name != self.module.name:
            return None
        file = str(self.module.path)
        return importlib.util.spec_from_file_location(name, file, loader=_Mutated(name, file, self.text))


def load_libraries(*, database: bool) -> None:
    """What every child would load anyway."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "" if database else "1"
    for name in LIBRARIES + (WITH_DATABASE if database else ()):
        importlib.import_module(name)
    _never_by_time()
    gc.freeze()


def _never_by_time() -> None:
    """A slow machine kills no mutant, and chance neither: examples are the same for every one."""
    from hypothesis import settings

    settings.register_profile("mutants", deadline=None, derandomize=True)
    settings.load_profile("mutants")


def seconds_of(module: Module) -> float:
    """How long the tests take with the module as it is; NothingTried when they fail or there are none."""
    began = time.monotonic()
    pid = _start(module, None, quiet=False)
    if _exit_code(pid) != 0:
        raise NothingTried(f"{module.path.relative_to(ROOT)}: {' '.join(module.tests)}")
    return time.monotonic() - began


def tried(module: Module, mutants: Sequence[Mutant], *, seconds: float, workers: int) -> Iterator[tuple[Mutant, End]]:
    """Each mutant with its end, as they come; several side by side where no database is shared."""
    waiting, running = list(reversed(mutants)), dict[int, tuple[Mutant, float]]()
    limit = max(LEAST, PATIENCE * seconds)
    try:
        while waiting or running:
            while waiting and len(running) < (1 if module.database else workers):
                mutant = waiting.pop()
                running[_start(module, mutant.code)] = (mutant, time.monotonic() + limit)
            yield from _ended(running)
            time.sleep(0.01)
    finally:
        for pid in running:
            _kill(pid)


def _ended(running: dict[int, tuple[Mutant, float]]) -> Iterator[tuple[Mutant, End]]:
    for pid, (mutant, until) in list(running.items()):
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            del running[pid]
            yield mutant, End.SURVIVED if os.waitstatus_to_exitcode(status) == 0 else End.KILLED
        elif time.monotonic() > until:
            _kill(pid)
            os.waitpid(pid, 0)
            del running[pid]
            yield mutant, End.KILLED


def _start(module: Module, text: str | None, *, quiet: bool = True) -> int:
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    code = 3
    try:
        os.setpgid(0, 0)
        if quiet:
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in (1, 2):
                os.dup2(nowhere, stream)
        code = _run(module, text)
    finally:
        os._exit(code)


def _run(module: Module, text: str | None) -> int:
    import pytest

    if text is not None:
        if module.name in sys.modules:
            raise NothingTried(f"{module.name} was loaded before its mutant")
        sys.meta_path.insert(0, _Finder(module, text))
    if module.database:
        _find_the_database_made()
    told = [] if text is None else ONLY_THE_END
    return int(pytest.main([*ALWAYS, *told, *(STORED if module.database else PURE), *map(str, module.tests)]))


def _find_the_database_made() -> None:
    """The database of the tests stands, with every migration: nobody asks again for each mutant."""
    import django.test.utils

    if os.environ.get("MUTANTS_DATABASE") != "made":
        return

    def without_making(*args: object, **kwargs: object) -> list[object]:
        from django.db import connections

        for connection in connections.all():
            connection.close()
            name = connection.settings_dict["TEST"]["NAME"] or f"test_{connection.settings_dict['NAME']}"
            connection.settings_dict["NAME"] = name
        return []

    django.test.utils.setup_databases = without_making  # type: ignore[assignment]


def _exit_code(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _kill(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        os.kill(pid, signal.SIGKILL)

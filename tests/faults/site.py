"""A whole private site: a database of its own, web, worker and beat as in deployment, and this process looking into that database."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
from celery import Celery
from django.conf import settings
from django.test import override_settings

from credit_platform import addresses, pg
from credit_platform.accounts.models import Department, User
from credit_platform.tests.databases import working_in
from records.imports.batches import batches, engine
from records.models import CatalogueEntry, ImportBatch
from records.tests.imports.samples import as_csv, penalty
from tests.faults.browser import Browser, Form
from tests.faults.processes import Program, free_port, until
from tests.faults.servers import Servers

CLOSED = {"CF_CFLB": "责令停产停业", "CF_NR": "责令停产停业三个月。", "CF_NR_FK": None}
"""A penalty whose class needs no statement, so that it can be published at once."""
OVER = ("done", "refused", "failed", "cancelled", "undone")


@contextmanager
def looking_at(url: str) -> Iterator[None]:
    """This process reads and writes the database of the address, with nothing of the tests' own options."""
    own = addresses.database(url)
    own["OPTIONS"] |= {"connect_timeout": "5"}
    with working_in(**own):
        yield


class Site:
    """One private site. Sent rows are remembered in `sent`, by their natural key, for `assert_whole`."""

    def __init__(self, servers: Servers, database: str, folder: Path) -> None:
        self.servers, self.folder = servers, folder
        self.database_url = servers.url_of(database)
        self.port = free_port()
        self.sent: set[str] = set()
        self.next_number = 1
        self.strays = 0
        self.env = self._environment()
        python, base = sys.executable, Path(settings.BASE_DIR)
        celery = [
            python,
            "-W",
            "ignore::UserWarning:celery.platforms",
            "-m",
            "celery",
            "--quiet",
            "-A",
            "credit_platform",
        ]
        worker = [*celery, "worker", "--loglevel", "INFO", "--concurrency", "2", "--max-tasks-per-child", "200"]
        beat = [*celery, "beat", "--pidfile", "", "--loglevel", "INFO", "--schedule"]
        commands = {
            "web": [python, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"],
            "worker": [*worker, "--without-gossip", "--without-mingle"],
            "beat": [*beat, str(folder / "schedule")],
            "second-beat": [*beat, str(folder / "second-schedule")],
        }
        self.programs = {name: Program(name, words, self.env, folder, base) for name, words in commands.items()}
        self.web, self.worker, self.beat = (self.programs[name] for name in ("web", "worker", "beat"))
        # Never the current application, which the tasks of the tests that follow would take for theirs.
        self.broker = Celery(broker=addresses.broker(servers.redis_url), set_as_current=False)

    def _environment(self) -> dict[str, str]:
        hidden = {"DATABASE_REPLICA_URL", "CACHE_URL", "PROMETHEUS_MULTIPROC_DIR", "DEBUG", "BEHIND_HTTPS", "PGOPTIONS"}
        own = {
            "DJANGO_SETTINGS_MODULE": "tests.faults.site_settings",
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.servers.redis_url,
            "SECRET_KEY": settings.SECRET_KEY,
            "FIELD_KEY": settings.FIELD_KEYS[0][1],
            "VAR_DIR": str(self.folder),
            "WEB_BIND": f"127.0.0.1:{self.port}",
            "WEB_WORKERS": "2",
            "WEB_THREADS": "4",
            "FAULTS_FAST": "1",
            # Twenty checkpoints and a second or two for an import of four hundred rows: long enough to be hit anywhere.
            "FAULTS_CHUNK_ROWS": "20",
            "FAULTS_SLOW": "0.05",
        }
        return {name: value for name, value in os.environ.items() if name not in hidden} | own

    @contextmanager
    def looked_at(self) -> Iterator[Site]:
        """Everything inside asks this site's database and folder."""
        with looking_at(self.database_url), override_settings(MEDIA_ROOT=self.folder / "media"):
            yield self

    def close(self) -> None:
        """End whatever of it still runs."""
        for program in self.programs.values():
            program.kill()

    # --- programs

    def up(self, *names: str) -> None:
        """See to it that these programs run and work."""
        for name in names:
            if not self.programs[name].running():
                getattr(self, f"_start_{name}", self.programs[name].start)()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _start_web(self) -> None:
        self.web.start()
        until(lambda: self._status("/healthz") == 200, "an answer of the web")

    def _status(self, path: str) -> int:
        try:
            return self.visitor().get(path).status_code
        except OSError:
            assert self.web.running(), self.web.said()[-3000:]
            return 0

    def _start_worker(self) -> None:
        before = len(self.worker.said())
        self.worker.start()
        until(lambda: " ready." in self.worker.said()[before:], "a worker that is ready")

    def send_task(self, name: str, *args: object) -> None:
        self.broker.send_task(name, args=args)

    def visitor(self) -> Browser:
        return Browser(self.address)

    def person(self, username: str) -> Browser:
        return Browser(self.address, username)

    # --- what is sent

    def rows(self, count: int) -> list[dict[str, object]]:
        """Rows that nobody has sent yet."""
        first, self.next_number = self.next_number, self.next_number + count
        bureau = Department.objects.get(code="scjgj")
        rows = [penalty(number, bureau, **CLOSED) for number in range(first, first + count)]
        self.sent |= {str(row["CF_WSH"]) for row in rows}
        return rows

    def file(self, count: int) -> bytes:
        """A file of rows that nobody has sent yet."""
        return as_csv(self.rows(count))

    def upload_by_hand(self, browser: Browser, form: Form, data: bytes) -> requests.Response:
        """A clerk's upload at the desk."""
        item = CatalogueEntry.objects.get(standard="penalty-2018").item.code
        return browser.send(form, files={"file": ("处罚.csv", data)}, what=f"penalty-2018|{item}", mode="keep")

    def upload(self, count: int, name: str = "处罚.csv", *, wake: bool = True) -> ImportBatch:
        """A file of new rows, received as the desk does; with `wake` its task is sent."""
        bureau = Department.objects.get(code="scjgj")
        options = batches.Options(standard="penalty-2018", department=bureau)
        batch = batches.receive([self.file(count)], name, options, by=User.objects.get(username="alice"))
        if wake:
            self.send_task("records.run_import", batch.pk)
        return batch

    def import_here(self, count: int) -> ImportBatch:
        """New rows in the ledger, entered by this process: where the import itself is not what is tried."""
        batch = engine.run(self.upload(count, wake=False).pk)
        assert batch.state == "done"
        return batch

    # --- what is awaited

    def state_of(self, batch: ImportBatch) -> str:
        return str(ImportBatch.objects.values_list("state", flat=True).get(pk=batch.pk))

    def read_of(self, batch: ImportBatch) -> int:
        return int(ImportBatch.objects.values_list("progress", flat=True).get(pk=batch.pk).get("read", 0))

    def finished(self, batch: ImportBatch) -> str:
        """Wait for the end of a batch by itself; its state. Meanwhile a supervisor keeps worker and clock, as in deployment: Celery ends
        itself when a process of it is killed while it starts."""

        def over() -> bool:
            self.worker.keep()
            self.beat.keep()
            return self.state_of(batch) in OVER

        until(over, lambda: self._stuck(batch))
        return self.state_of(batch)

    def died(self) -> set[str]:
        """The moments at which a file has ended its worker (`sabotage`)."""
        return {each.name for each in (self.folder / "died").glob("*-*")}

    def _stuck(self, batch: ImportBatch) -> str:
        """What is to be known of a batch that does not end."""
        row = ImportBatch.objects.get(pk=batch.pk)
        held = pg.query("SELECT pid, mode, granted, objid FROM pg_locks WHERE locktype = 'advisory'")
        at_work = pg.query(
            "SELECT pid, state, wait_event, left(query, 80) FROM pg_stat_activity WHERE datname = current_database()"
        )
        parts = (row.state, row.progress, row.heartbeat_at, self.worker.children(), held, at_work)
        return f"the end of batch {row.pk}: {parts}\n{self.worker.said()[-6000:]}\n{self.beat.said()[-1500:]}"

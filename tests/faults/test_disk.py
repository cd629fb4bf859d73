"""The database's disk runs full: an import stops and goes on, pages are shown or say why not, all by itself once there is space."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import Error, connections

from credit_platform.embedded import ServerError
from tests.faults.browser import unavailable
from tests.faults.conftest import new_site
from tests.faults.length import LONG
from tests.faults.processes import until
from tests.faults.servers import FAST, Servers
from tests.faults.whole import assert_whole

SIZE = 400 * 1024 * 1024
PAGES = ("/", "/disclosure/penalties/", "/api/v1/disclosures/", "/desk/")


@contextlib.contextmanager
def small_disk() -> Iterator[Path]:
    """A disk of 400 MB in memory. Only root may mount one."""
    folder = Path(tempfile.mkdtemp(prefix="faults-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0711", "faults", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        if not mounted:
            pytest.skip("a full disk was NOT tried: only root can mount a small one")
        yield folder
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=False)
        shutil.rmtree(folder, ignore_errors=True)


class Ballast:
    """A file that takes all the space there is but a little."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "ballast"

    def fill(self, leave: int) -> None:
        piece = b"\0" * (1024 * 1024)
        with contextlib.suppress(OSError), self.file.open("wb") as out:
            while shutil.disk_usage(self.file.parent).free > leave:
                out.write(piece[: max(1, min(len(piece), shutil.disk_usage(self.file.parent).free - leave))])

    def drop(self) -> None:
        self.file.unlink(missing_ok=True)


@pytest.fixture(scope="module")
def small_site(servers, django_db_blocker, tmp_path_factory):
    """A site whose database and uploads lie on a small disk: a copy of the seeded cluster."""
    with small_disk() as disk, django_db_blocker.unblock():
        servers.stop_postgres(FAST)
        shutil.copytree(servers.var / "postgres", disk / "postgres", symlinks=True)
        servers.start_postgres()
        own = Servers(disk)
        try:
            with new_site(own, tmp_path_factory.mktemp("small")) as site, site.looked_at():
                media = disk / "media"
                media.mkdir(mode=0o700)
                (site.folder / "media").symlink_to(media)
                site.worker.env["FAULTS_CHUNK_ROWS"] = "200"
                site.ballast = Ballast(disk)
                yield site
        finally:
            own.remove()


@pytest.fixture
def full_site(small_site, django_db_blocker):
    """The small site, with room again when the test is over."""
    with django_db_blocker.unblock():
        yield small_site
        small_site.ballast.drop()


def supervised(site):
    """What a supervisor does (systemd, containers): what has ended is started again."""
    with contextlib.suppress(ServerError, OSError):
        site.servers.start_postgres()
    site.up("web", "worker", "beat")


@pytest.mark.parametrize("log", [False, True] if LONG else [False], ids=lambda log: "log" if log else "data")
def test_full_while_a_file_is_imported(full_site, log):
    """`data`: tables cannot grow. `log`: the write-ahead log cannot either, and the server itself goes down."""
    site = full_site
    site.up("web", "worker", "beat")
    alice = site.person("alice")
    batch = site.upload(3000, wake=False)
    site.ballast.fill(leave=0 if log else 512 * 1024)
    if log:
        with contextlib.suppress(Exception):
            site.servers.execute("SELECT pg_switch_wal()")
    site.send_task("records.run_import", batch.pk)
    met = set()
    until(lambda: stopped_by_it(site, alice, met), "a full disk")
    print("pages answered", sorted(met))  # noqa: T201
    site.ballast.drop()
    until(lambda: supervised(site) or site.visitor().get("/readyz").status_code == 200, "a site that is ready")
    connections.close_all()
    assert alice.get("/desk/").status_code == 200
    assert site.finished(batch) == "done"
    assert_whole(site)


def stopped_by_it(site, alice, met):
    """Every page is either whole or says in Chinese that it cannot be served; True when the import has met the full disk."""
    for path in PAGES:
        answer = alice.get(path)
        assert answer.status_code == 200 or unavailable(answer), (path, answer.status_code, answer.text[:500])
        met.add(answer.status_code)
    said = site.worker.said()
    return "No space left" in said or "DiskFull" in said or "server closed" in said


def test_full_while_somebody_uploads(full_site):
    """The folder of the uploads is on the same disk: the clerk is told to come again, and no half file stays."""
    site = full_site
    site.up("web")
    alice = site.person("alice")
    media = site.folder / "media"
    before = set(media.rglob("*.sealed"))
    form, data = alice.form("/desk/imports/new/"), site.file(2000)
    site.ballast.fill(leave=64 * 1024)
    answer = site.upload_by_hand(alice, form, data)
    assert unavailable(answer), (answer.status_code, answer.text[:500])
    site.ballast.drop()
    with contextlib.suppress(Error):
        connections.close_all()
    assert set(media.rglob("*.sealed")) == before, "a half file stayed"
    site.up("worker", "beat")
    assert site.upload_by_hand(alice, form, data).status_code == 302
    assert_whole(site)

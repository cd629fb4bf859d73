"""Every door that takes a file, and files that want to hurt: nothing but a limited process may die, nobody sees an error page, nothing of
what a file holds is logged, and no reader has more memory than it may.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from casework.rules.attachments import AttachedFile
from commitments.letters.actions.attachments import attach
from commitments.tests import cases as commitment_cases
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import CreditOfficeFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.confined import session as sessions
from credit_platform.confined.limits import MEGABYTE, Limits
from credit_platform.confined.refusals import FileRefused
from credit_platform.confined.session import Session
from credit_platform.errors import Refused
from credit_platform.gate.kinds import Kind
from credit_platform.logs import DiscreetFormatter
from records.models import CreditRecord, ImportBatch
from records.tests import factories
from sanctions.joint.actions import initiating, pushing
from sanctions.joint.actions.tasks import accept
from sanctions.joint.models import JointTask
from sanctions.joint.tests.factories import listed, measured
from sanctions.national.models import NationalDelivery
from tests.hostile import mutations, old_workbooks, texts, workbooks
from tests.hostile.reader import packed

pytestmark = pytest.mark.django_db

OVER = {ImportBatch.State.REFUSED, ImportBatch.State.DONE, ImportBatch.State.MAPPING}
HELD = (old_workbooks.NAME, "示例街", "501室")
CASES: dict[str, tuple[str, Callable[[], bytes]]] = {
    **{f"xls: {title}": ("a.xls", made) for title, made in old_workbooks.CASES.items()},
    **{f"xlsx: {title}": ("a.xlsx", made) for title, made in workbooks.CASES.items()},
    **{f"csv: {title}": ("a.csv", made) for title, made in texts.CSV.items()},
    **{f"json: {title}": ("a.json", made) for title, made in texts.JSON.items()},
    **{f"other: {title}": case for title, case in texts.OTHER.items()},
}
GOOD = {
    Kind.XLS: old_workbooks.good,
    Kind.XLSX: workbooks.good,
    Kind.CSV: texts.good_csv,
    Kind.JSON: texts.good_json,
}


@pytest.fixture(autouse=True)
def watched(settings, tmp_path, monkeypatch, caplog):
    """Short limits, a folder of its own, and afterwards: what was logged, and under which limits every reader was started."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.FILE_READER_SECONDS = settings.FILE_READER_TASK_SECONDS = 4
    limits = []
    spawned = sessions._spawned

    def noted(reader, data, given):
        limits.append(given)
        return spawned(reader, data, given)

    monkeypatch.setattr(sessions, "_spawned", noted)
    caplog.set_level(logging.INFO)
    yield
    assert all(each.memory <= 400 * MEGABYTE for each in limits)
    told = "\n".join(map(DiscreetFormatter("%(name)s %(message)s").format, caplog.records))
    assert not [word for word in HELD if word in told]
    assert not [each for each in caplog.records if each.exc_info], "an error that nobody expected"


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


class Doors:
    """Each takes a file as a person hands it in, and sees to it that the answer is one."""

    def __init__(self, client, clerk, manager, capture) -> None:
        self.client, self.clerk, self.manager, self.capture = client, clerk, manager, capture
        factories.PenaltyEntryFactory()
        self.edition = commitment_cases.MatterListFactory(code="next", state="draft", valid_from=date(2030, 1, 1))
        self.review = commitment_cases.ReviewFactory()

    def imports(self, name: str, data: bytes) -> None:
        self.client.force_login(self.clerk)
        fields = {"what": "penalty-2018|XZCF-2018", "mode": "keep", "file": upload(name, data)}
        with self.capture(execute=True):
            answer = self.client.post(reverse("records:import-new"), fields)
        assert answer.status_code in (302, 422)
        if answer.status_code == 422:
            assert not ImportBatch.objects.exists()
            return
        batch = ImportBatch.objects.get()
        assert batch.state in OVER, (batch.state, batch.refusal)
        assert batch.state != ImportBatch.State.REFUSED or batch.refusal.endswith("。")
        assert self.client.get(answer.url).status_code == 200

    def matching(self, name: str, data: bytes) -> None:
        self.client.force_login(self.clerk)
        form = {"file": upload(name, data), "purpose": "核对", "as": "page"}
        answer = self.client.post(reverse("records:matching"), form)
        assert answer.status_code in (200, 422)
        seen = AuditEntry.objects.filter(verb="subject.match").count()
        assert seen == (0 if b"subject" not in answer.content and not data else 1), "registered, whatever came of it"

    def matters(self, name: str, data: bytes) -> None:
        self.client.force_login(self.manager)
        form = {"edition": self.edition.code, "file": upload(name, data)}
        assert self.client.post(reverse("admin:commitments_matterlist_upload"), form).status_code in (200, 422)

    def feedback(self, name: str, data: bytes) -> None:
        """The workbook of a task of joint action."""
        today = timezone.localdate()
        measured(self.clerk.department)
        initiating.begin_for(listed(), on=today)
        pushing.push_pending(today)
        case = accept(JointTask.objects.latest("pk").case, by=self.clerk)
        self.client.force_login(self.clerk)
        form = {"file": upload(name, data), "on": today.isoformat(), "version_seen": case.version}
        assert self.client.post(reverse("joint_task:upload", args=[case.pk]), form).status_code == 422

    def events(self, name: str, data: bytes) -> None:
        """A file of the national system."""
        self.client.force_login(CreditOfficeFactory())
        form = {"file": upload(name, data), "format": "HRB-NE-1"}
        assert self.client.post(reverse("national:take-in"), form).status_code in (400, 413, 422)
        assert not NationalDelivery.objects.exists()

    def notices(self, name: str, data: bytes) -> None:
        self.client.force_login(self.manager)
        answer = self.client.post(reverse("admin:workdays_load_notice"), {"year": 2027, "file": upload(name, data)})
        assert answer.status_code == 200
        assert b'name="sealed"' not in answer.content

    def papers(self, name: str, data: bytes) -> None:
        """Attachments are kept as they are and opened by nobody."""
        try:
            (kept,) = attach(self.review, [AttachedFile(name, data)], role="evidence", by=SYSTEM)
        except Refused as refusal:
            said = refusal.code
        else:
            said = kept.media_type
        assert said.startswith("attachment.") or said in ("application/pdf", "image/jpeg", "image/png")


PAGES = ("matching", "matters", "notices", "feedback", "events")


@pytest.fixture
def doors(client, alice_clerk, simon_system_admin, django_capture_on_commit_callbacks):
    return Doors(client, alice_clerk, simon_system_admin, django_capture_on_commit_callbacks)


@pytest.mark.parametrize("title", CASES)
def test_no_file_hurts(title, doors):
    name, made = CASES[title]
    data = made()
    doors.imports(name, data)
    getattr(doors, PAGES[list(CASES).index(title) % len(PAGES)])(name, data)
    doors.papers(name, data)
    assert not CreditRecord.objects.filter(document_number__contains="示罚").exists()


@pytest.mark.parametrize("door", PAGES)
@pytest.mark.parametrize(
    "title",
    [
        "xls: table of chains that points to itself",
        "xlsx: four billion texts announced",
        "xlsx: a text used a hundred thousand times",
        "xlsx: numbers that are none",
        "xls: a sheet beyond the end",
        "csv: a field of a megabyte",
    ],
)
def test_the_worst_of_them_at_every_page(door, title, doors):
    name, made = CASES[title]
    getattr(doors, door)(name, made())


def test_three_hundred_good_files_with_random_damage_are_read_or_refused():
    """In limited processes of their own, many at a time; where one dies the next goes on behind the file that killed it."""
    files = [damaged(seed) for seed in range(300)]
    outcomes: list[str] = []
    limits = Limits(memory=400 * MEGABYTE, cpu=60, wait=120)
    with Session("tests.hostile.reader:Many", packed(files), limits=limits) as session:
        while len(outcomes) < len(files):
            try:
                for outcome in session.ask("outcomes", len(outcomes)):
                    outcomes.append(outcome)
            except FileRefused as refusal:
                outcomes.append(f"died: {refusal.code}")
    assert not [each for each in outcomes if each.startswith("died") and each[6:] not in ("file.memory", "file.broken")]
    assert not [each for each in outcomes if "unforeseen" in each or "without" in each]
    assert sum(each.startswith("read") for each in outcomes) > 20, "some damage does not matter"
    assert sum("file." in each for each in outcomes) > 100


@pytest.mark.parametrize("seed", range(0, 300, 15))
def test_some_of_them_at_the_doors(seed, doors):
    name, data = damaged(seed)
    doors.imports(name, data)
    getattr(doors, PAGES[seed // 15 % len(PAGES)])(name, data)


def damaged(seed: int) -> tuple[str, bytes]:
    kind = list(GOOD)[seed % len(GOOD)]
    change = mutations.damaged_inside if kind is Kind.XLSX and seed % 3 else mutations.damaged
    return f"a.{kind}", change(GOOD[kind](), seed)

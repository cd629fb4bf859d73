"""The tables moved from another app: rows, proofs, sealed contacts and the trail are where they are looked for."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from casework.rules.attachments import AttachedFile
from credit_platform.audit import actions as audit
from credit_platform.audit.models import AuditEntry, AuditHistory
from credit_platform.audit.verbs import label_of, object_kind
from credit_platform.pg import query
from declarations import actions
from declarations.models import Attachment, Declaration, DeclarationReport
from declarations.rules import State
from declarations.tests.factories import in_state

pytestmark = pytest.mark.django_db
STEPS = [
    ("declarations", "0001_initial"),
    ("declarations", "0002_attachments"),
    ("commitments", "0011_declarations_leave"),
]
PDF = b"%PDF-1.4 proof"


@pytest.fixture
def reviewer(bob_reviewer, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    call_command("load_base", verbosity=0)
    return bob_reviewer


@pytest.fixture
def row(reviewer) -> Declaration:
    return in_state(State.SHOWN, reviewer)


def run(statement, args=()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, args or None)


def migrate(steps, way) -> None:
    loader = MigrationLoader(connection)
    run("SET CONSTRAINTS ALL IMMEDIATE")
    for step in steps:
        with connection.schema_editor() as editor:
            getattr(loader.get_migration(*step), way)(loader.project_state(step, at_end=False), editor)


def test_everything_is_there_after_the_move_and_history_goes_on(row, reviewer):
    (proof,) = actions.attach(row, [AttachedFile("证书.pdf", PDF)], by=reviewer)
    made = actions.report(row, reason="证书编号查不到", contact="13800000000")
    kept = AuditHistory.objects.of("declarations_declaration", row.pk).count()
    migrate(reversed(STEPS), "unapply")
    assert query("SELECT role, path FROM commitments_paper WHERE declaration_id = %s", [row.pk]) == [
        ("declaration", proof.path)
    ]
    run("UPDATE commitments_declaration SET review_note = '旧' WHERE id = %s", [row.pk])
    migrate(STEPS, "apply")
    assert query("SELECT count(*) FROM commitments_paper")[0][0] == 0
    assert Declaration.objects.get(pk=row.pk).review_note == "旧"
    assert actions.look(Attachment.objects.get(declaration=row), by=reviewer, purpose="核查") == PDF
    assert actions.contact_of(DeclarationReport.objects.get(pk=made.pk), by=reviewer, purpose="核查") == "13800000000"
    Declaration.objects.filter(pk=row.pk).update(review_note="新")
    found = AuditHistory.objects.of("declarations_declaration", row.pk)
    assert [each.table_name for each in found[:2]] == ["declarations_declaration", "commitments_declaration"]
    assert found.count() == kept + 2
    left = query(
        "SELECT conname FROM pg_constraint WHERE conrelid = 'declarations_declaration'::regclass AND conname LIKE 'commitments%%' "
        "UNION SELECT tgname FROM pg_trigger WHERE tgrelid = 'declarations_declaration'::regclass AND tgname LIKE 'commitments%%' "
        "UNION SELECT indexname FROM pg_indexes WHERE tablename LIKE 'declarations%%' AND indexname LIKE 'commitments%%'"
    )
    assert left == []
    assert in_state(State.DRAFT, reviewer).pk > row.pk


def test_lines_of_the_trail_from_before_are_found_and_read(row, reviewer):
    line = audit.record("commitments.declaration.strike", row, by=reviewer, unit_id=row.department_id)
    AuditEntry.objects.bulk_create([_before(line)])
    found = AuditEntry.objects.about(row)
    assert {each.object_type for each in found} == {"declarations.declaration", "commitments.declaration"}
    assert label_of("commitments.declaration.strike") == "撤除自主申报"
    assert label_of("commitments.declaration.paper") == label_of("declarations.attachment")
    assert object_kind("commitments.declaration") == "自主申报"


def _before(line: AuditEntry) -> AuditEntry:
    """The same line as it was written before the move."""
    line.pk, line.object_type = None, "commitments.declaration"
    return line

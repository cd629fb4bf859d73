"""Grades of supervision: all subjects set-wise beside a bare GROUP BY of the same rows, written where they differ, and the tiers of all in a field."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from benchmarks.measure import Book, Figure, once, rows_of
from credit_platform import pg
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from supervision.grading import base_data, start_model
from supervision.grading.actions import drawing
from supervision.grading.actions.computing import compute_all, recompute
from supervision.grading.models import GradeScheme, GradingModel
from supervision.grading.queries.computed import compute_into
from supervision.grading.queries.models import in_use, model_of
from supervision.grading.queries.tiers import tiers_of
from supervision.grading.rules.states import ModelState

AIM_S = 120.0
AT_ONCE = 1000
"""Subjects of one bulk step."""
# What no computation can do without: every counted record met once with its publication, and put together by subject.
BARE = """
SELECT count(*) FROM (
    SELECT r.subject_id, r.kind, count(*) FROM records_creditrecord r LEFT JOIN disclosure_disclosure d ON d.record_id = r.id
    WHERE r.status = 'active' AND r.kind = ANY(%s) GROUP BY r.subject_id, r.kind) g
"""


def run(book: Book) -> None:
    """A first night (every grade is new), a night in which nothing has changed, a bulk step, and the tiers of everybody."""
    with acting(SYSTEM):
        base_data.load()
        row = in_use() or _adopted()
    today, model = timezone.localdate(), model_of(row)
    kinds = sorted({kind for line in model.lines for kind in line.selection.kinds})
    subjects = [int(str(pk)) for (pk,) in rows_of("SELECT id FROM records_subject WHERE kind <> 'person' ORDER BY id")]
    pg.execute("DELETE FROM grading_grade")
    bare, _, _ = once(lambda: pg.query(BARE, [kinds]))

    def only_computed() -> None:
        with transaction.atomic():
            compute_into("grading_measured", model, today)

    steps: tuple[tuple[str, Callable[[], object], int, float], ...] = (
        ("computed, not written", only_computed, len(subjects), AIM_S),
        ("first night, all written", compute_all, len(subjects), AIM_S),
        ("second night, nothing changed", compute_all, len(subjects), AIM_S),
        ("a bulk step, same day", lambda: recompute(subjects[:AT_ONCE], on=today, by=SYSTEM), AT_ONCE, 10.0),
        ("tiers of all in a field", lambda: tiers_of(subjects, "food", today), len(subjects), AIM_S),
    )
    for name, step, count, aim in steps:
        took, cpu, _ = once(step)
        book.add(
            Figure(
                "grading", name, took, took, 1, cpu, "bare GROUP BY of the same rows", bare, bare, took / max(bare, 0.001),
                aim=f"{count:,} subjects in {aim:.0f} s", reached=took < aim * 1000,
                note=f"{count:,} subjects, {count * 1000 / max(took, 0.001):,.0f} a second",
            )
        )  # fmt: skip


def _adopted() -> GradingModel:
    """The platform's proposal in use, as two people would have put it."""
    scheme = GradeScheme.objects.get(code=base_data.OWN)
    first, second = User.objects.order_by("pk")[:2]
    made = GradingModel.objects.create(
        scheme=scheme,
        number=1,
        name="measured",
        basis="measured",
        state=ModelState.ADOPTED.value,
        drawn_by=first,
        proposed_by=first,
        adopted_by=second,
        **start_model.HEAD,
    )
    for table in drawing.LINES:
        drawing.add_lines(table, made, start_model.LINES[table.__name__])
    assert made.base == Decimal(100)
    return made

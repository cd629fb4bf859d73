"""Set-wise is single: whatever is said of some subjects, on whichever side of a border, the statement and the rule find the same grade."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import count

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credit_platform.accounts.tests.factories import DepartmentFactory
from credit_platform.pg import query
from disclosure.models import Disclosure
from records.models import CreditRecord
from records.tests.factories import CatalogueItemFactory, SubjectFactory
from supervision.grading.queries.computed import compute_into
from supervision.grading.queries.counted import facts_of
from supervision.grading.rules.compute import Grade, Part, compute
from supervision.grading.rules.model import Rounding, Selection
from supervision.grading.tests.conftest import TODAY
from supervision.grading.tests.test_rules import MODEL

AGES = (0, 1, 729, 730, 731, 1095, 1096, 1097)
"""Days since the decision: around 24 and 36 months."""
STATES = ("", "draft", "exempt", "published", "suspended", "repaired", "withdrawn", "ended")
FACES = st.tuples(st.sampled_from(STATES), st.sampled_from((-1, 0, 1, None)), st.booleans())
ROWS = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(("penalty", "act-award", "list-entry")),
        st.sampled_from(AGES),
        st.sampled_from(("active", "active", "active", "revoked")),
        st.sampled_from((-1, 0, 1, None)),
        FACES,
    ),
    max_size=14,
)
MODELS = st.builds(
    lambda rounding, points, severe: replace(
        MODEL,
        rounding=rounding,
        indicators=(
            replace(MODEL.indicators[0], points=points, selection=Selection(("penalty",), 24, severities=severe)),
            MODEL.indicators[1],
        ),
    ),
    st.sampled_from(Rounding),
    st.decimals("-33.33", "33.33", places=2).filter(bool),
    st.sampled_from(((), ("严重",))),
)


@pytest.fixture
def people(db):
    return [SubjectFactory().pk, SubjectFactory().pk], CatalogueItemFactory(), DepartmentFactory()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, model=MODELS)
def test_the_statement_and_the_rule_find_the_same(people, rows, model):
    subjects, item, department = people
    with transaction.atomic():
        _entered(rows, subjects, item, department)
        compute_into("grading_property", model, TODAY)
        table = query("SELECT subject_id, grade, score, parts, direct FROM grading_property ORDER BY subject_id")
        single = {pk: compute(facts_of(pk, model, TODAY), model) for pk in subjects}
        last_days = [fact.last_day for pk in subjects for fact in facts_of(pk, model, TODAY)]
        transaction.set_rollback(True)
    assert {pk: _read(*row) for pk, *row in table} == single
    assert all(day is None or day >= TODAY for day in last_days)


def _read(grade, score, parts, direct) -> Grade:
    read = tuple(Part(line, number, Decimal(points), tuple(ids)) for line, number, points, ids in json.loads(parts))
    return Grade(grade, score, read, tuple(json.loads(direct)))


def _day(distance: int | None):
    return None if distance is None else TODAY + timedelta(days=distance)


def _entered(rows, subjects, item, department) -> None:
    numbers = count()
    records = []
    for who, kind, age, status, until, _ in rows:
        decided_on = TODAY - timedelta(days=age)
        number = f"示例{next(numbers)}"
        records.append(
            CreditRecord(
                subject_id=subjects[who], item=item, kind=kind, standard=kind, authority=department, source_department=department,
                document_number=number, document_key=number, decided_on=decided_on, valid_until=_day(until), status=status,
                revoked_on=TODAY if status == "revoked" else None,
            )
        )  # fmt: skip
    CreditRecord.objects.bulk_create(records)
    faces = []
    for record, (*_, (state, ends, severe)) in zip(records, rows, strict=True):
        if not state:
            continue
        shown = state not in ("draft", "exempt")
        faces.append(
            Disclosure(
                record=record, kind=record.kind, subject_id=record.subject_id, source_department=department, authority=department,
                decided_on=record.decided_on, state=state, due_on=record.decided_on + timedelta(days=9), arrived_on=record.decided_on,
                arrival_late=False, published_on=record.decided_on if shown else None, published_at=timezone.now() if shown else None,
                ends_on=_day(ends) if shown else None, severity="严重" if severe else "一般", ended_why="示例",
            )
        )  # fmt: skip
    Disclosure.objects.bulk_create(faces)

"""What weighs on a subject is never one person's act: the database holds it too, for every step that decides.

Two sources: the table below, written by hand from the READMEs, and the check constraints that the database really has. Each constraint is
asked itself, on a row that has nothing but these two columns.
"""

from __future__ import annotations

import json
import re

import pytest
from django.apps import apps
from django.db import connection

from casework.rules import procedures

pytestmark = pytest.mark.django_db

PAIRS = {
    ("alerts_alertrule", "drafted_by", "activated_by"),
    ("accounts_accountproposal", "proposer", "decider"),
    ("accounts_accountproposal", "proposer", "target"),
    ("accounts_accountproposal", "target", "decider"),
    ("campaigns_example", "written_by", "published_by"),
    ("campaigns_targetlist", "frozen_by", "approved_by"),
    ("casework_case", "drafted_by", "determined_by"),
    ("casework_case", "drafted_by", "decided_by"),
    ("casework_draw", "announced_by", "voided_by"),
    ("grading_gradingmodel", "drawn_by", "adopted_by"),
    ("grading_gradingmodel", "proposed_by", "adopted_by"),
    ("casework_draw", "entered_by", "confirmed_by"),
    ("casework_urging", "asked_by", "answered_by"),
    ("deliveries_deliverycase", "asked_by", "resumed_by"),
    ("companies_companyaccount", "applied_by", "confirmed_by"),
    ("disclosure_disclosure", "drafted_by", "reviewed_by"),
    ("disclosure_disclosure", "submitted_by", "reviewed_by"),
    ("disclosure_lowering", "said_by", "decided_by"),
    ("disclosure_organobjection", "raised_by", "decided_by"),
    ("education_certificate", "challenged_by", "revoked_by"),
    ("education_courseversion", "drafted_by", "checked_by"),
    ("education_courseversion", "submitted_by", "checked_by"),
    ("education_training", "entered_by", "confirmed_by"),
    ("industry_agency", "verified_by", "registered_by"),
    ("industry_association", "drafted_by", "authorised_by"),
    ("inspections_inspectionplan", "drafted_by", "approved_by"),
    ("inspections_inspectiontask", "frozen_by", "committed_by"),
    ("inspections_visitcase", "entered_by", "reviewed_by"),
    ("lookups_finding", "decided_by", "confirmed_by"),
    ("lookups_holdback", "proposed_by", "confirmed_by"),
    ("lookups_retentionhold", "proposed_by", "confirmed_by"),
    ("lookups_retentionhold", "release_asked_by", "released_by"),
    ("objections_objection", "accepted_by", "answered_to_by"),
    ("objections_objection", "lodged_by", "confirmed_by"),
    ("objections_objection", "confirmed_by", "answered_to_by"),
    ("objections_objection", "confirmed_by", "settled_by"),
    ("objections_objection", "answered_by", "answered_to_by"),
    ("objections_objection", "accepted_by", "settled_by"),
    ("objections_objection", "answered_to_by", "settled_by"),
    ("records_mergecase", "proposed_by", "decided_by"),
    ("repair_repaircase", "verified_by", "decided_by"),
    ("repair_repaircase", "verified_by", "reviewed_by"),
    ("repair_repaircase", "reviewed_by", "decided_by"),
    ("repair_repaircase", "shielded_by", "decided_by"),
    ("repair_repaircase", "accused_by", "undone_by"),
    ("reports_use", "asked_by", "window_clerk"),
    ("sanctions_filedpublication", "drafted_by", "confirmed_by"),
    ("sanctions_judgement", "proposed_by", "decided_by"),
    ("sanctions_listentry", "end_asked_by", "end_confirmed_by"),
}
"""Table, who began, who decides: never the same person."""
WHERE_ASKED = {
    "disclosure_organobjection": {"state": "upheld", "decided_at": "2026-11-23T10:00:00+08:00", "decision": "成立"},
    "sanctions_listentry": {"ended_way": "early", "ended_document": "示退〔2026〕1号", "ended_on": "2026-11-23"},
}
"""What such a row says beside, where the constraint speaks only of some rows."""
DIFFER = re.compile(r"\(?(\w+)_id <> (\w+)_id\)?|NOT \(*(\w+)_id = (\w+)_id\)*")
PEOPLE = {"accounts.user"}


def held():
    """(table, column, column, expression) of every check that two columns of people differ."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype = 'c' AND connamespace = 'public'::regnamespace"
        )
        rows = cursor.fetchall()
    people = {
        model._meta.db_table: {
            field.column.removesuffix("_id")
            for field in model._meta.fields
            if field.is_relation and field.related_model._meta.label_lower in PEOPLE
        }
        for model in apps.get_models()
    }
    return [
        (table, *pair, definition.removeprefix("CHECK "))
        for table, definition in rows
        for found in DIFFER.findall(definition)
        if set(pair := tuple(filter(None, found))) <= people.get(table, set())
    ]


def test_the_database_holds_every_pair():
    found = {(table, frozenset(pair)) for table, *pair, _ in held()}
    missing = {each for each in PAIRS if (each[0], frozenset(each[1:])) not in found}
    assert not missing


def test_a_new_pair_is_written_down_here_too():
    named = {(table, frozenset(pair)) for table, *pair in PAIRS}
    assert not {
        f"{table}: {first}, {second}"
        for table, first, second, _ in held()
        if (table, frozenset((first, second))) not in named
    }


def asked(table, expression, **columns):
    """What a constraint says of a row of which only these columns are filled."""
    with connection.cursor() as cursor:
        columns = WHERE_ASKED.get(table, {}) | columns
        cursor.execute(
            f"SELECT {expression} FROM (SELECT (jsonb_populate_record(NULL::{table}, %s)).*) row_of_it",
            [json.dumps(columns)],
        )
        return cursor.fetchone()[0]


@pytest.mark.parametrize(("table", "first", "second"), sorted(PAIRS))
def test_one_person_in_both_places_is_refused_and_two_are_not(table, first, second):
    (expression,) = [each[3] for each in held() if each[0] == table and set(each[1:3]) == {first, second}]
    assert asked(table, expression, **{f"{first}_id": 7, f"{second}_id": 7}) is False
    assert asked(table, expression, **{f"{first}_id": 7, f"{second}_id": 8}) is not False


RELIEVES = {"joint-lifting", "patrol-alarm", "alert", "record-check"}
"""Procedures that only take a weight away, ask the office itself, or look into a lead that weighs on nobody: one person confirms it."""


def test_every_procedure_has_a_step_of_a_second_person_and_the_case_keeps_both_names():
    for procedure in procedures.known():
        if procedure.slug in RELIEVES:
            continue
        assert any(step.second_person for step in procedure.steps), procedure.slug

"""Every move of the seven procedures, their second person, and the diagrams of the README."""

from __future__ import annotations

from pathlib import Path

import pytest

import assessment
from assessment.articles.rules import ARTICLE
from assessment.plan.rules import EVIDENCE, SPOT_CHECK
from assessment.sheets.rules.procedures import ADJUSTMENT, CIRCULAR, CONTEST_PROCEDURE, SCHEME
from assessment.tests import factories as made
from casework.models import Case
from casework.tests import kit
from credit_platform.accounts.tests.factories import CreditOfficeFactory

README = (Path(assessment.__file__).parent / "README.md").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def tomorrow(request, monkeypatch):
    """A circular is issued once the window to contest is over."""
    if "circular" in request.node.name:
        monkeypatch.setattr("assessment.sheets.actions.circulars._against_issuing", lambda month, on: [])


def section(title: str) -> str:
    return README.split(f"### {title}", 1)[1].split("###", 1)[0]


test_scheme_moves = kit.every_pair(SCHEME, made.scheme_in, made.take_scheme)
test_contest_moves = kit.every_pair(CONTEST_PROCEDURE, made.contest_in, made.take_contest)
test_adjustment_moves = kit.every_pair(ADJUSTMENT, made.adjustment_in, made.take_adjustment)
test_circular_moves = kit.every_pair(CIRCULAR, made.circular_in, made.take_circular)
test_evidence_moves = kit.every_pair(EVIDENCE, made.evidence_in, made.take_evidence)
test_spot_check_moves = kit.every_pair(SPOT_CHECK, made.spot_check_in, made.take_check)
test_article_moves = kit.every_pair(ARTICLE, made.article_in, made.take_article)

OFFICE = {"person": CreditOfficeFactory}
test_scheme_by_two = kit.two_people(
    SCHEME, made.scheme_in, made.take_scheme, ready={"adopt": "proposed", "send_back": "proposed"}, **OFFICE
)
test_contest_by_two = kit.two_people(
    CONTEST_PROCEDURE, made.contest_in, made.take_contest, ready={"correct": "lodged", "reject": "lodged"}, **OFFICE
)
test_adjustment_by_two = kit.two_people(
    ADJUSTMENT, made.adjustment_in, made.take_adjustment, ready={"confirm": "entered", "reject": "entered"}, **OFFICE
)
test_circular_by_two = kit.two_people(
    CIRCULAR, made.circular_in, made.take_circular, ready={"issue": "drafted"}, **OFFICE
)
test_evidence_by_two = kit.two_people(
    EVIDENCE, made.evidence_in, made.take_evidence, ready={"accept": "submitted", "send_back": "submitted"}, **OFFICE
)
test_spot_check_by_two = kit.two_people(
    SPOT_CHECK, made.spot_check_in, made.take_check, ready={"confirm": "inspected", "deny": "inspected"}, **OFFICE
)
test_article_by_two = kit.two_people(
    ARTICLE, made.article_in, made.take_article, ready={"publish": "proposed", "send_back": "proposed"}, **OFFICE
)

test_race = kit.one_of_two(made.adjustment_in, made.take_adjustment, verb="confirm", ready="entered", **OFFICE)
test_atomic = kit.nothing_half_done(
    made.contest_in,
    made.take_contest,
    verb="correct",
    ready="lodged",
    breaks="assessment.sheets.actions.contesting._next_version",
)


@pytest.mark.parametrize(
    ("procedure", "title"),
    [
        (SCHEME, "Scheme"),
        (CONTEST_PROCEDURE, "Contest"),
        (ADJUSTMENT, "Adjustment"),
        (CIRCULAR, "Circular"),
        (EVIDENCE, "Evidence"),
        (SPOT_CHECK, "Spot check"),
        (ARTICLE, "Article"),
    ],
    ids=lambda each: getattr(each, "slug", ""),
)
def test_the_diagrams_tell_the_moves(procedure, title):
    kit.diagram(procedure, section(title))()


@pytest.mark.django_db
def test_whoever_changes_a_draft_is_its_drafter():
    case = made.scheme_in("drafted")
    changing = made.office()
    made.take_scheme(case, "revise", by=changing)
    assert Case.objects.get(pk=case.pk).drafted_by == changing

"""Accounts of companies: the README's diagram, thirty days, and what stands against an application."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import product

import pytest

from companies.rules import (
    HOLDING_LOGIN,
    LABELS,
    LAPSE_AFTER_DAYS,
    MOVES,
    PAPERS,
    PENDING_AT_MOST,
    AccountState,
    application_findings,
    is_oneself,
    lapses_on,
    mask_mobile,
    next_state,
    papers_findings,
    signs_again_at,
)
from credit_platform.errors import Conflict
from tests.diagrams import drawn, readme

NOON = datetime(2026, 11, 23, 12)


@pytest.mark.parametrize(("state", "verb"), list(product(AccountState, sorted({verb for _, verb in MOVES}))))
def test_every_pair_is_a_move_or_a_refusal(state, verb):
    if (state, verb) in MOVES:
        assert next_state(state, verb) is MOVES[state, verb]
    else:
        with pytest.raises(Conflict) as refused:
            next_state(state, verb)
        assert LABELS[state] in refused.value.text


def test_the_table_is_the_diagram_of_the_readme():
    assert drawn(readme("companies/README.md")) == MOVES
    assert set(LABELS) == set(AccountState)


def test_a_login_is_taken_while_anybody_can_still_act_on_the_account():
    assert set(HOLDING_LOGIN) == {state for state, _ in MOVES}


def test_an_application_waits_thirty_days():
    assert LAPSE_AFTER_DAYS == 30
    assert lapses_on(date(2026, 11, 1)) == date(2026, 12, 1)
    assert PENDING_AT_MOST == 5


def test_signing_rests_from_the_last_change_of_hands():
    assert signs_again_at([], hours=24) is None
    assert signs_again_at([None, None], hours=24) is None
    assert signs_again_at([NOON, None, NOON - timedelta(hours=1)], hours=24) == NOON + timedelta(hours=24)


@pytest.mark.parametrize(
    ("applied_by", "handler", "oneself"),
    [(7, "李四", True), (None, "张 三", True), (8, "张三", True), (8, "李四", False), (None, "李四", False)],
)
def test_nobody_opens_a_door_for_himself(applied_by, handler, oneself):
    assert is_oneself(applied_by=applied_by, handler=handler, user_id=7, user_name="张三") is oneself


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13804511234", "138****1234"),
        ("12804511234", ""),
        ("1380451123", ""),
        ("138045112345", ""),
        ("", ""),
        ("19900000000", "199****0000"),
    ],
)
def test_a_mobile_number_is_masked_and_nothing_else_is_shown(phone, shown):
    assert mask_mobile(phone) == shown


def found(login="hrb.firm", phone="13804511234", handler="王小明"):
    return [each.field for each in application_findings(login=login, phone=phone, handler=handler)]


@pytest.mark.parametrize(
    ("login", "right"),
    [
        ("abc", False),
        ("abcd", True),
        ("a" * 30, True),
        ("a" * 31, False),
        ("1abc", False),
        ("a_-.9", True),
        ("a b c", False),
        ("登录名甲", False),
    ],
)
def test_login_names_of_four_to_thirty_characters(login, right):
    assert found(login=login) == ([] if right else ["login"])


def test_phone_and_handler():
    assert found(phone="23804511234") == ["phone"]
    assert found(handler=" ") == ["handler"]
    assert found(handler="王小明1") == ["handler"]
    assert found(login="", phone="", handler="") == ["login", "phone", "handler"]
    (finding,) = application_findings(login="hrb.firm", phone="1", handler="王小明")
    assert finding.rule == "company.phone"


def test_every_paper_must_have_been_seen():
    assert set(PAPERS) == {"licence", "identity", "authorisation"}
    assert papers_findings(PAPERS) == []
    for paper, label in PAPERS.items():
        (finding,) = papers_findings(set(PAPERS) - {paper})
        assert finding.text == f"尚未核验：{label}。"

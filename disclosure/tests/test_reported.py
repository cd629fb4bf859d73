"""上报数 counts each decision once: refused rows by what they speak of, mended ones as their record, and no line that is no report."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.management import call_command

from credit_platform.accounts.actors import SYSTEM
from disclosure.actions import recount
from disclosure.queries.timeliness import timeliness, total
from records.actions import enter
from records.imports.batches.undo import undo_batch
from records.models import CreditRecord, ImportBatch, RefusedRow
from records.tests import factories as ledger
from records.tests.imports.samples import as_csv, bring, penalty
from records.tests.test_entry import penalty as typed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue():
    ledger.PenaltyEntryFactory()


@pytest.fixture
def send(market_bureau, alice_clerk):
    """Sends rows as a file of the market bureau."""

    def sent(*rows, **more):
        sent.count += 1
        return bring(as_csv(list(rows)), f"{sent.count}.csv", market_bureau, alice_clerk, **more)

    sent.count = 0
    return sent


def counts():
    """Reported and compliant of all."""
    found = total(timeliness(date.today().year))
    return found.reported, found.compliant


def bad(number, bureau, **more):
    return penalty(number, bureau, **({"CF_SY": ""} | more))


def test_the_same_bad_row_sent_three_times_was_reported_once(send, market_bureau):
    good, wrong = penalty(1, market_bureau), bad(2, market_bureau)
    for note in ("", "备注一", "备注二"):
        send(good, wrong | {"BZ": note})
    assert ImportBatch.objects.filter(rejected=1).count() == 3
    assert counts() == (2, 1)


def test_lines_of_totals_and_notes_are_no_reports(send, market_bureau):
    row = dict.fromkeys(penalty(1, market_bureau), "")
    first = next(iter(row))
    send(
        penalty(1, market_bureau),
        row | {first: "合计", "CF_NR_FK": "0.2"},
        row | {first: "填表说明：金额单位为万元"},
        row | {first: "填表人：甲"},
    )
    batch = ImportBatch.objects.get()
    assert (batch.rejected, batch.rejects.count()) == (0, 3), "told and kept to be had back, no refused records"
    assert counts() == (1, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"CF_SY": ""},
        {"CF_XDR_SHXYM": "91230102MA1B00017X"},
        {"CF_XDR_MC": ""},
        {"CF_JDRQ": "2062-01-01"},
        {"CF_WSH": ""},
    ],
    ids=["a field", "the code", "the name", "the day", "the number"],
)
def test_a_mended_row_counts_as_its_record_whatever_was_wrong(send, market_bureau, wrong):
    send(penalty(3, market_bureau, **wrong))
    assert counts() == (1, 0)
    send(penalty(3, market_bureau))
    assert counts() == (1, 1)
    assert not RefusedRow.objects.exists()


def test_a_row_that_was_mended_by_hand_counts_as_its_record(send, market_bureau, alice_clerk):
    whole = typed(market_bureau)
    send({**penalty(4, market_bureau), **{name: str(value) for name, value in whole.items()}, "CF_SY": ""})
    assert counts() == (1, 0)
    enter("penalty-2018", whole, by=alice_clerk, department=market_bureau)
    assert counts() == (1, 1)


def test_a_bad_row_of_what_is_a_record_already_is_no_further_report(send, market_bureau):
    send(penalty(5, market_bureau))
    send(bad(5, market_bureau))
    send(penalty(6, market_bureau), penalty(6, market_bureau))
    assert counts() == (2, 2)


def test_simulations_cancelled_and_withdrawn_batches_reported_nothing(send, market_bureau, alice_clerk):
    send(bad(7, market_bureau), simulate=True)
    assert counts() == (0, 0)
    first = send(penalty(8, market_bureau), bad(9, market_bureau))
    second = send(penalty(10, market_bureau), bad(9, market_bureau))
    assert counts() == (3, 2)
    undo_batch(first, by=alice_clerk, reason="报错了文件")
    assert counts() == (2, 1), "the second file still reports it"
    undo_batch(second, by=alice_clerk, reason="报错了文件")
    assert counts() == (0, 0)


def test_another_department_s_row_of_the_same_number_is_another_report(send, market_bureau, dan_other_clerk):
    send(bad(11, market_bureau))
    housing = dan_other_clerk.department
    bring(as_csv([bad(11, housing)]), "他.csv", housing, dan_other_clerk)
    assert counts() == (2, 0)


def test_all_or_nothing_reports_the_bad_rows(send, market_bureau):
    send(penalty(12, market_bureau), bad(13, market_bureau), all_or_nothing=True)
    assert (ImportBatch.objects.get().state, counts()) == ("refused", (1, 0))


def test_the_account_is_the_same_when_it_is_made_anew(send, market_bureau):
    send(penalty(14, market_bureau), bad(15, market_bureau), bad(16, market_bureau))
    send(bad(15, market_bureau), bad(17, market_bureau))
    send(penalty(16, market_bureau))
    before = counts()
    kept = sorted(RefusedRow.objects.values_list("tokens", "batches", "first_at"))
    RefusedRow.objects.all().delete()
    out = io.StringIO()
    call_command("recount_reported", stdout=out)
    assert "现 2 条" in out.getvalue()
    assert counts() == before == (4, 2)
    assert sorted(RefusedRow.objects.values_list("tokens", "batches", "first_at")) == kept
    assert recount(by=SYSTEM) == []
    assert CreditRecord.objects.count() == 2


def test_no_name_and_no_number_stands_in_the_account(send, market_bureau):
    send(bad(18, market_bureau))
    row = RefusedRow.objects.get()
    assert all(len(token) == 64 and set(token) <= set("0123456789abcdef") for token in row.tokens)

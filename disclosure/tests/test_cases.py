"""Periods by the table of cases, and by what must hold for every day and every class.

`data/repair_cases.csv`: rule set, class and days, with the first day of application and the last day shown as the texts give them
(发改办财金〔2019〕527号, 令第58号, 令第36号, 市场监管总局令第45号, 第107号).
"""

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from credit_platform.workdays.rules import add_months
from disclosure.queries.book import book
from disclosure.rules.cases import answer
from disclosure.rules.facts import Facts
from disclosure.rules.periods import application_on, may_apply, period_of

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).parent / "data" / "repair_cases.csv"
CASES = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
ASKED = ("rule_set", "published", "first_application_on", "publication_ends_on")
HEADER = "rule_set,cls,decided_on,published_on,performed_on,attached_until,evaluated_on"


@pytest.fixture(scope="module")
def rules(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return book()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case_id"])
def test_every_case_of_the_table(case, rules):
    found = answer(case, rules)
    assert {name: found[name] for name in ASKED} == {name: case[name] for name in ASKED}


def explained(*lines, tmp_path, header=HEADER):
    path = tmp_path / "cases.csv"
    path.write_text("\n".join([header, *lines]), encoding="utf-8")
    out = io.StringIO()
    call_command("explain_periods", path, stdout=out)
    return list(csv.DictReader(out.getvalue().splitlines()))


def test_the_command_answers_the_whole_table():
    out = io.StringIO()
    call_command("explain_periods", TABLE, stdout=out)
    found = list(csv.DictReader(out.getvalue().splitlines()))
    assert [row["case_id"] for row in found] == [case["case_id"] for case in CASES]
    assert [[row[name] for name in ASKED] for row in found] == [[case[name] for name in ASKED] for case in CASES]
    assert all("适用规则" in row["why"] for row in found)


def test_asked_columns_may_be_absent_and_others_pass_through(tmp_path):
    header = "case,rule_set,cls,decided_on,published_on,performed_on"
    (row,) = explained("甲,R3,一般,2026-04-01,2026-04-09,2026-04-15", tmp_path=tmp_path, header=header)
    assert (row["case"], row["published"]) == ("甲", "1")
    assert (row["first_application_on"], row["publication_ends_on"]) == ("2026-07-02", "2027-04-01")


def test_terms_of_lists_are_answered_from_their_rows(tmp_path):
    wages, tax, court, fraud = explained(
        "LIST,拖欠农民工工资,2025-03-31,2025-04-07,2025-05-30,,",
        "LIST,重大税收违法,2025-06-20,2025-07-15,2025-08-01,,",
        "LIST,失信被执行人,2025-04-10,2025-04-10,2026-01-20,,",
        "LIST,电信网络诈骗惩戒(刑事),2025-01-15,,,,",
        tmp_path=tmp_path,
    )
    days = [(row["first_application_on"], row["publication_ends_on"]) for row in (wages, tax, court)]
    assert (fraud["published"], fraud["publication_ends_on"]) == ("0", "2028-01-15"), "not shown, ends by itself"
    assert days == [("2025-12-01", "2028-03-31"), ("2026-01-16", "2028-07-15"), ("2026-01-20", "2027-04-10")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("R9,一般,2026-04-01,,,,", "第2行“rule_set”列：没有规则“R9”"),
        ("R3,一半,2026-04-01,,,,", "第2行“cls”列：规则“R3”没有类别“一半”"),
        ("R3,一般,2026-13-01,,,,", "第2行“decided_on”列：“2026-13-01”不是日期"),
        ("R3,一般,,,,,", "第2行“decided_on”列：未填"),
        ("R3,一般,2026-04-01,2026-03-31,,,", "第2行“published_on”列：“2026-03-31”早于决定日期"),
        ("R4b,一般,2026-04-01,,,,", "第2行“published_on”列：未填：该类别自公示之日起算"),
        ("R3,普通 / 一般(R3),2026-04-01,,,,", "第2行“cls”列：“普通”没有写明规则"),
        ("R3,一般(R1) / 普通(R2) / 一般(R3),2026-04-01,,,,", "第2行“cls”列：新旧规则比较应正好写两个类别"),
        ("LIST,海关失信企业,2026-04-01,,,,", "第2行“cls”列：名单“海关失信企业”的期限规则尚未在本平台施行"),
        ("R3,一般,2026-04-01,,,,,多余", "第2行有8个单元格"),
        ('R3,"一般,2026-04-01,,,,', "不是有效的 CSV"),
    ],
)
def test_a_row_that_cannot_be_answered_is_named(line, said, tmp_path):
    with pytest.raises(CommandError) as refused:
        explained(line, tmp_path=tmp_path)
    assert said in str(refused.value)


def test_all_mistakes_are_told_at_once(tmp_path):
    with pytest.raises(CommandError) as refused:
        explained("R3,一般,2026-04-01,,,,", "R9,一般,2026-04-01,,,,", "", "R3,一般,明天,,,,", tmp_path=tmp_path)
    assert ("第3行" in str(refused.value), "第5行" in str(refused.value)) == (True, True)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "第1行缺少列"),
        (b"\x00\x01PK", "不是文本"),
        (b"rule_set,cls\n", "第1行缺少列“decided_on”"),
        (b"rule_set,cls,cls,decided_on\n", "列名重复"),
    ],
)
def test_what_is_no_table_is_refused(body, said, tmp_path):
    path = tmp_path / "cases.csv"
    path.write_bytes(body)
    with pytest.raises(CommandError) as refused:
        call_command("explain_periods", path)
    assert said in str(refused.value)
    with pytest.raises(CommandError):
        call_command("explain_periods", tmp_path)


def test_a_table_saved_by_a_spreadsheet_is_read(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_bytes(f"{HEADER}\r\nR3,一般,2026-04-01,2026-04-09,,,\r\n".encode("gb18030"))
    out = io.StringIO()
    call_command("explain_periods", path, stdout=out)
    assert "2027-04-01" in out.getvalue()


DAYS = st.dates(date(2019, 7, 1), date(2030, 12, 31))
LATER = st.integers(0, 1200).map(lambda n: timedelta(days=n))
MAYBE = st.none() | LATER


def classes(rules):
    found = [(each, rule) for each in rules.rule_sets for rule in each.rules if rule.kind == "penalty"]
    return [(rule_set, rule) for rule_set, rule in found if rule.published]


@settings(max_examples=300, deadline=None)
@given(data=st.data(), decided=DAYS, shown=LATER, performed=MAYBE, ban=MAYBE)
def test_what_holds_for_every_class_and_every_day(rules, data, decided, shown, performed, ban):
    rule_set, rule = data.draw(st.sampled_from(classes(rules)))
    days = {"performed_on": performed, "attached_until": ban}
    given_days = {name: decided + later if later is not None else None for name, later in days.items()}
    facts = Facts(kind="penalty", subject_kind="legal", decided_on=decided, **given_days)
    period = period_of(rule_set, rule, facts, published_on=decided + shown)
    assert period.starts_on <= period.ends_on
    assert period.ends_on >= add_months(period.starts_on, rule.min_months or 0)
    first = application_on(period, performed_on=facts.performed_on)
    if first is None:
        assert not any(may_apply(period, performed_on=facts.performed_on, on=decided + timedelta(n)) for n in (0, 400))
        return
    assert first <= period.ends_on
    assert first >= max(facts.performed_on, decided + shown)
    assert first > add_months(period.starts_on, rule.min_months) if rule.min_months else first >= period.starts_on
    assert facts.attached_until is None or facts.attached_until < first
    assert not may_apply(period, performed_on=facts.performed_on, on=first - timedelta(days=1))
    assert may_apply(period, performed_on=facts.performed_on, on=first)
    assert may_apply(period, performed_on=facts.performed_on, on=period.ends_on)
    assert not may_apply(period, performed_on=facts.performed_on, on=period.ends_on + timedelta(days=1))


@settings(max_examples=200, deadline=None)
@given(data=st.data(), decided=DAYS, shown=LATER, more=st.integers(1, 60))
def test_a_later_decision_or_publication_never_ends_earlier(rules, data, decided, shown, more):
    rule_set, rule = data.draw(st.sampled_from(classes(rules)))

    def ends(decided_on, published_on):
        facts = Facts(kind="penalty", subject_kind="legal", decided_on=decided_on)
        period = period_of(rule_set, rule, facts, published_on=published_on)
        return period.ends_on, period.earliest_repair_on or date.max

    day = decided + shown
    later = timedelta(days=more)
    assert ends(decided, day)[0] <= ends(decided + later, day + later)[0]
    assert ends(decided, day)[0] <= ends(decided, day + later)[0]
    assert ends(decided, day)[1] <= ends(decided, day + later)[1]


@given(start=DAYS, months=st.integers(0, 120))
def test_months_end_on_the_same_day_or_the_last_of_the_month(start, months):
    end = add_months(start, months)
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)

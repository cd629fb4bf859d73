"""Traps of the field that a naive platform falls into, each in one short test across the apps.

Those that one app alone can hold are held beside its code: calendar, codes, standards, ledger, periods. `docs/traps.md` says which and where.
"""

from __future__ import annotations

import ast
import csv
import io
import re
import subprocess
from pathlib import Path

import pytest
from django.urls import reverse

from credit_platform.accounts.models import User
from disclosure import actions
from disclosure.models import Disclosure
from disclosure.rules.states import State
from records.models import CreditRecord, Subject
from records.tests.factories import valid_code, valid_person_id
from records.tests.imports.samples import as_csv, bring, counts, penalty

GRADED = {"HRB_CFCX": "普通程序", "HRB_YZCD": "一般", "HRB_LY": "其他", "CF_JDRQ": "2026-11-19", "CF_YXQ": "2027-11-19"}
ID_THAT_PASSES_AS_A_CODE = "430407199312020025"


@pytest.fixture
def clerk(city) -> User:
    return city.user("scjgj_lr")


def sent(clerk: User, *rows: dict[str, object], name: str = "处罚.csv"):
    return bring(as_csv(list(rows)), name, clerk.department, clerk)


def row(clerk: User, number: int, **changes: object) -> dict[str, object]:
    return penalty(number, clerk.department, **(GRADED | changes))


def published(city, clerk: User, **changes: object) -> Disclosure:
    """A penalty that came by file, reviewed by another person, its masks checked."""
    batch = sent(clerk, row(clerk, 7001, **changes))
    assert batch.rejected == 0, list(batch.findings.values_list("text", flat=True))
    found = Disclosure.objects.get(record__document_number="示市监罚〔2026〕7001号")
    actions.submit(found, by=clerk)
    return actions.approve_and_publish(found, by=city.user("scjgj_sh"), confirm_masked=True)


def test_a_personal_number_in_the_column_of_the_code_makes_no_organisation(clerk):
    before = Subject.objects.count()
    batch = sent(clerk, row(clerk, 7001, CF_XDR_SHXYM=ID_THAT_PASSES_AS_A_CODE))
    assert counts(batch)[:3] == (1, 0, 1)
    assert Subject.objects.count() == before
    assert not any(ID_THAT_PASSES_AS_A_CODE in each for each in batch.findings.values_list("value", flat=True))


def test_one_document_number_of_two_years_and_of_two_firms_is_no_double(clerk):
    number = "示市监罚字第9号"
    rows = [
        row(clerk, 7001, CF_WSH=number),
        row(clerk, 7001, CF_WSH=number, CF_JDRQ="2025-11-19", CF_YXQ="2026-11-19"),
        row(clerk, 7002, CF_WSH=number),
    ]
    assert counts(sent(clerk, *rows)) == (3, 3, 0, 0)
    assert CreditRecord.objects.filter(document_number=number).count() == 3


def test_a_penalty_of_a_branch_is_not_one_of_its_head_office(city, clerk, client):
    found = published(city, clerk)
    head = Subject.objects.filter(kind="legal").exclude(pk=found.subject_id).first()
    Subject.objects.filter(pk=found.subject_id).update(head=head)
    assert found.document_number in client.get(f"/subjects/{found.subject_code}/").content.decode()
    assert found.document_number not in client.get(f"/subjects/{head.code}/").content.decode()


def test_a_firm_of_another_city_is_published_here_and_counted_there(city, clerk, client):
    code = valid_code(77000001, area="310115")
    found = published(city, clerk, CF_XDR_SHXYM=code, CF_XDR_MC="上海示例商贸有限公司")
    assert found.state == State.PUBLISHED
    assert found.record.source_department == clerk.department
    assert not found.subject.district.startswith("2301")
    assert "上海示例商贸有限公司" in client.get(f"/subjects/{code}/").content.decode()


def test_numbers_in_free_text_are_masked_on_the_page_and_in_everything_that_is_given_away(city, clerk, client):
    number, phone = valid_person_id(77), "13845012345"
    facts = f"当事人负责人（身份证号{number}，电话{phone}）销售超过保质期的食品。"
    found = published(city, clerk, CF_SY=facts)
    assert found.state == State.PUBLISHED
    for where in (
        f"/disclosure/{found.public_id}/",
        f"/subjects/{found.subject_code}/",
        "/disclosure/penalties/?export=csv",
        "/disclosure/penalties/",
        "/disclosure/rss/penalty.xml",
        f"/api/v1/disclosures/{found.public_id}/",
        f"/api/v1/subjects/{found.subject_code}/",
        "/api/v1/changes/?limit=1000",
    ):
        answer = client.get(where)
        assert answer.status_code == 200, where
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        told = body.decode()
        assert number not in told, where
        assert phone not in told, where


@pytest.mark.parametrize("verb", ["withdraw", "suspend"])
def test_what_was_taken_down_stays_down_when_the_nightly_file_brings_it_again(city, clerk, client, verb):
    found = published(city, clerk)
    reviewer = city.user("scjgj_sh")
    if verb == "withdraw":
        note = "该处罚决定已被依法撤销。"
        actions.withdraw(found, by=reviewer, reason="复议撤销", public_note=note, annulled_on=city.today)
    else:
        actions.suspend(found, by=reviewer, reason="异议核查", public_note="")
    state = Disclosure.objects.get(pk=found.pk).state
    sent(clerk, row(clerk, 7001))
    sent(clerk, row(clerk, 7001, CF_SY="当事人销售超过保质期的食品，数量较大。"), name="次日.csv")
    assert Disclosure.objects.get(pk=found.pk).state == state
    assert found.document_number not in client.get(f"/subjects/{found.subject_code}/").content.decode()


def test_the_receipt_holds_no_formula(clerk, client):
    batch = sent(
        clerk, row(clerk, 7001, CF_JDRQ='=HYPERLINK("http://example.invalid")'), row(clerk, 7002, CF_CFLB="@SUM(A1)")
    )
    assert batch.rejected == 2
    client.force_login(clerk)
    answer = client.get(reverse("records:import-receipt", args=[batch.pk]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell[:1] in "=+@" and cell]


def test_a_correction_and_a_long_validity_are_no_new_deadline(city, clerk):
    """长期 is a word and never a day that comes near; a correction starts neither the seven days nor the period anew."""
    found = published(city, clerk, CF_YXQ="2099/12/31")
    before = (found.due_on, found.published_on, found.ends_on, found.earliest_repair_on)
    sent(clerk, row(clerk, 7001, CF_YXQ="2099/12/31", CF_NR="罚款人民币贰仟元。"), name="更正.csv")
    found.refresh_from_db()
    assert found.needs_correction
    found = actions.correct(found, by=city.user("scjgj_sh"), reason="文字更正", confirm_masked=True)
    assert (found.due_on, found.published_on, found.ends_on, found.earliest_repair_on) == before
    assert "2099" not in str(found.ends_on)


ROOT = Path(__file__).resolve().parent.parent
LINE = re.compile(r"^\| (\d+) \| (.+) \| ((?:`[^`]+` ?)+) \|$", re.MULTILINE)
NAMED = re.compile(r"\btraps?\s+(\d+(?:(?:,\s*|\s+and\s+)\d+)*)", re.IGNORECASE)


def told() -> dict[int, list[str]]:
    """The holders of each trap of the list."""
    lines = LINE.findall((ROOT / "docs/traps.md").read_text(encoding="utf-8"))
    assert [int(number) for number, *_ in lines] == sorted({int(number) for number, *_ in lines}), "in order, each once"
    return {int(number): re.findall(r"`([^`]+)`", held) for number, _, held in lines}


def test_every_line_of_the_list_is_read():
    lines = (ROOT / "docs/traps.md").read_text(encoding="utf-8").splitlines()
    assert len(told()) == sum(bool(re.match(r"\| \d", line)) for line in lines) > 40


def test_every_trap_that_the_code_names_is_in_the_list():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    strays = []
    for name in listed.split("\0"):
        path = ROOT / name
        if path.suffix not in {".py", ".md", ".html"} or not path.is_file():
            continue
        for numbers in NAMED.findall(path.read_text(encoding="utf-8")):
            strays += [f"{name}: {each}" for each in re.findall(r"\d+", numbers) if int(each) not in told()]
    assert not strays


def test_every_trap_has_a_holder_that_exists():
    missing = []
    for number, holders in told().items():
        for holder in holders:
            file, _, name = holder.partition("::")
            path = ROOT / file
            if not path.is_file() or (name and name not in functions(path)):
                missing.append(f"{number}: {holder}")
    assert not missing


def functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}

"""The ways in of a letter of commitment that a department uses, each from its beginning to what the public reads."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator

import pytest
from django.test import Client

from commitments.models import CommitmentLetter, MatterEntry
from credit_platform.accounts.tests.factories import ApiClientFactory
from credit_platform.web.tests.browsing import ORIGIN
from records.standards import registry
from records.tests.factories import valid_code
from tests.people import People, fill, filled_template, upload, words

pytestmark = pytest.mark.browser

NAME, CODE = "哈尔滨鸰鹡食品有限公司", valid_code(71234599)
TWO_SIGNS = "鸰鹡"


@pytest.fixture
def people(browser, city) -> Iterator[People]:
    made = People(browser, city.password)
    yield made
    made.close()
    assert made.complaints == []


@pytest.fixture
def bureau(city):
    return city.user("scjgj_lr").department


@pytest.fixture
def letter(bureau, city) -> dict[str, str]:
    """What a clerk knows of a letter for a matter of the bureau's."""
    entry = MatterEntry.objects.in_force(city.today).filter(department=bureau, commitment_type="approval").first()
    assert entry is not None, "the demonstration has its list of matters"
    return {
        "CN_BM": "HRBCN-JOURNEY-1",
        "CN_XDR_MC": NAME,
        "CN_XDR_LB": "法人及非法人组织",
        "CN_XDR_SHXYM": CODE,
        "CN_LX": "审批替代型",
        "CN_SXMC": entry.matter.name,
        "CN_SXBM": entry.matter.code,
        "CN_NR": "本单位承诺经营场所和设备符合规定。",
        "CN_ZR": "违背承诺的，愿意承担相应的法律责任。",
        "CN_ZCRQ": "2026-11-20",
        "CN_GKSX": "社会公开",
    }


def authorities(bureau) -> dict[str, str]:
    code = bureau.uscc or ""
    return {"CN_JG": bureau.name, "CN_JGDM": code, "CN_LYDW": bureau.name, "CN_LYDWDM": code}


def the_public_reads_it(people, number: str) -> None:
    """By two signs of the name, on the list of commitments, and on a page of its own with until when it is shown."""
    letter = CommitmentLetter.objects.get(code=number)
    assert letter.next_review_on is not None
    visitor = people.window()
    visitor.goto(f"{ORIGIN}/commitments/?q={TWO_SIGNS}")
    assert NAME in words(visitor)
    visitor.goto(f"{ORIGIN}/search/?q={TWO_SIGNS}")
    visitor.get_by_role("link", name=NAME).first.click()
    visitor.wait_for_url("**/subjects/**")
    assert "信用承诺" in words(visitor)
    public_id = letter.record.disclosure.public_id
    visitor.goto(f"{ORIGIN}/disclosure/{public_id}/")
    told = words(visitor)
    for word in (number, "承诺内容", "违诺责任", "公示"):
        assert word in told


def test_a_letter_by_the_form(people, letter, bureau):
    clerk = people.signed_in("scjgj_lr")
    clerk.goto(f"{ORIGIN}/desk/records/new/commitment/")
    fill(clerk, letter | {"CN_SXBM": "HRB-CN-999"})
    missing = {
        name: value for name, value in authorities(bureau).items() if not clerk.locator(f"[name={name}]").input_value()
    }
    fill(clerk, missing)
    clerk.get_by_role("button", name="校验并入库").click()
    clerk.locator(".error-summary").wait_for()
    assert "承诺事项清单" in words(clerk)
    clerk.locator("[name=CN_SXBM]").fill(letter["CN_SXBM"])
    clerk.get_by_role("button", name="校验并入库").click()
    clerk.wait_for_url(lambda url: url.rstrip("/").rpartition("/")[2].isdigit())
    the_public_reads_it(people, letter["CN_BM"])
    assert CommitmentLetter.objects.get(code=letter["CN_BM"]).channel == "desk"


def test_letters_by_a_file(people, letter, bureau, city):
    good = letter | authorities(bureau) | {"CN_ZCRQ": "2026/11/20"}
    bad = good | {"CN_BM": "HRBCN-JOURNEY-2", "CN_SXBM": "HRB-CN-999"}
    clerk = people.signed_in("scjgj_lr")
    book = filled_template([good, bad], city.today, registry.get("commitment"))
    upload(clerk, "承诺书.xlsx", book, "commitment")
    told = words(clerk)
    assert "部分退回" in told
    assert "承诺事项清单" in told
    the_public_reads_it(people, letter["CN_BM"])
    assert not CommitmentLetter.objects.filter(code="HRBCN-JOURNEY-2").exists()


def test_a_letter_by_the_interface(people, letter, bureau):
    key = secrets.token_urlsafe(32)
    ApiClientFactory(department=bureau, key=key, scopes=["records.write"])
    body = json.dumps({"commitments": [{"fields": letter | authorities(bureau)}]}, ensure_ascii=False)
    answer = Client().post("/api/v1/commitments/", body, content_type="application/json", headers={"X-Api-Key": key})
    assert answer.json()["accepted"] == 1, answer.json()
    the_public_reads_it(people, letter["CN_BM"])

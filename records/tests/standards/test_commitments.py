"""The standards of commitments: the letter against the list of matters, missing papers, persons, code tables."""

from __future__ import annotations

from datetime import date

import pytest

from records.tests.standards.rows import BUREAU, COMPANY, context, person, validator_for

NAME = "哈尔滨市市场监督管理局"


def letter(**changes: object) -> dict[str, object]:
    row: dict[str, object] = {
        "CN_BM": "HRBCN2026-000001",
        "CN_XDR_MC": "哈尔滨示范商贸有限公司",
        "CN_XDR_LB": "法人及非法人组织",
        "CN_XDR_SHXYM": COMPANY,
        "CN_LX": "审批替代型",
        "CN_SXMC": "食品经营许可",
        "CN_SXBM": "HRB-CN-001",
        "CN_NR": "本单位承诺已具备规定的经营条件。",
        "CN_ZR": "违背承诺的，愿意承担相应法律责任。",
        "CN_ZCRQ": "2026-10-08",
        "CN_YXQZI": "长期",
        "CN_JG": NAME,
        "CN_JGDM": BUREAU,
        "CN_LYDW": NAME,
        "CN_LYDWDM": BUREAU,
        "CN_GKSX": "1",
    }
    return row | changes


def check(row: dict[str, object], **more: object):
    return validator_for("commitment").validate_row(row, context(**more))


def told(result, level: str) -> set[str]:
    return {each.rule for each in getattr(result, level)}


def listed(code: str, day: date) -> bool:
    return code == "HRB-CN-001" and day >= date(2020, 10, 31)


def test_a_letter_is_read_with_its_number_day_and_visibility():
    result = check(letter(), registers={"commitment-matters": listed})
    assert result.ok, result.errors
    assert (result.keys.decided_on, result.keys.visibility) == (date(2026, 10, 8), "public")
    assert result.content["CN_GKSX"] == "社会公开"


@pytest.mark.parametrize(("kind", "refused"), [("审批替代型", True), ("容缺受理", True), ("主动型", False)])
def test_a_matter_outside_the_list_refuses_only_what_needs_the_list(kind, refused):
    more = {"CN_RQCL": "消防合格证明", "CN_BZQX": "2026-11-08"} if kind == "容缺受理" else {}
    result = check(letter(CN_LX=kind, CN_SXBM="HRB-CN-999", **more), registers={"commitment-matters": listed})
    assert result.ok is not refused
    assert "commitment.matter" in told(result, "errors" if refused else "warnings")


def test_the_list_of_the_day_of_the_letter_counts():
    result = check(letter(CN_ZCRQ="2020-10-30"), registers={"commitment-matters": listed})
    assert "commitment.matter" in told(result, "errors")


def test_missing_papers_belong_to_one_type_only():
    assert "commitment.shortfall" in told(check(letter(CN_RQCL="消防合格证明")), "errors")
    early = check(letter(CN_LX="容缺受理型", CN_RQCL="消防合格证明", CN_BZQX="2026-10-01"))
    assert "commitment.shortfall" in told(early, "errors")
    assert check(letter(CN_LX="容缺受理型", CN_RQCL="消防合格证明", CN_BZQX="2026-11-08")).ok
    assert not check(letter(CN_LX="容缺受理型")).ok


def test_a_person_is_sealed_and_needs_a_document():
    result = check(letter(**person("CN")))
    assert result.ok, result.errors
    assert result.keys.subject_kind == "person"
    assert "230102199003071237" not in str(result.content)


@pytest.mark.parametrize("code", ["commitment-fulfilment", "commitment-breach", "voluntary"])
def test_what_follows_a_letter_has_a_form_of_its_own(code):
    from records.standards import registry
    from records.standards.example import example_row

    standard = registry.get(code)
    row = example_row(standard, date(2026, 10, 8)) | {
        field.code: BUREAU for field in standard.fields if field.code.endswith(("_JGDM", "_LYDWDM"))
    }
    result = validator_for(code).validate_row(row, context())
    assert result.ok, result.errors

from __future__ import annotations

import pytest

from records.standards import registry
from records.standards.declaration import FieldType
from records.standards.declared.acts import ACTS
from records.tests.standards.rows import BUREAU, COMPANY, context, told, validator_for

SAMPLES = {
    FieldType.DATE: "2026-10-08",
    FieldType.DATE_OR_LONGTERM: "2099/12/31",
    FieldType.AMOUNT_WAN: "0.2",
    FieldType.USCC: COMPANY,
    FieldType.DOCUMENT_NUMBER: "哈〔2026〕1号",
}


def act(kind: str) -> dict[str, object]:
    """A row of an act in which every required field is filled."""
    standard = registry.get(f"act-{kind}")
    from datetime import date

    from records.standards.sections import choices_on

    row: dict[str, object] = {}
    for field in standard.fields:
        if field.always_required:
            choices = choices_on(field, date(2026, 10, 8))
            row[field.code] = choices[0][0] if choices else SAMPLES.get(field.type, "甲")
    prefix = ACTS[kind][1]
    authority = {
        f"{prefix}_JGDM": BUREAU,
        f"{prefix}_LYDWDM": BUREAU,
        f"{prefix}_JG": "市市场监管局",
        f"{prefix}_LYDW": "市市场监管局",
    }
    return row | authority | {f"{prefix}_XDR_SHXYM": COMPANY}


@pytest.mark.parametrize("kind", sorted(ACTS))
def test_each_act_takes_a_row_with_its_required_fields(kind):
    result = validator_for(f"act-{kind}").validate_row(act(kind), context())
    assert result.findings == ()
    assert result.keys.visibility == "public"
    assert result.keys.code == COMPANY
    assert result.keys.title


@pytest.mark.parametrize("kind", sorted(ACTS))
def test_a_record_that_is_not_public_gives_a_reason(kind):
    prefix = ACTS[kind][1]
    result = validator_for(f"act-{kind}").validate_row(act(kind) | {f"{prefix}_GKSX": "不予公开"}, context())
    assert told(result) == {("error", "required", f"{prefix}_BGKLY")}
    assert result.keys.visibility == "private"


def test_a_lifted_measure_says_why():
    row = act("enforcement") | {"QZ_JCRQ": "2026-10-20"}
    assert told(validator_for("act-enforcement").validate_row(row, context())) == {("error", "required", "QZ_JCLY")}

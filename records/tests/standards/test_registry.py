from __future__ import annotations

import pytest

from records.standards import codetables, registry, rules
from records.standards.declaration import ROLES, FieldType, Visibility, When


def test_the_codes_of_the_standards():
    codes = {each.code for each in registry.all()}
    acts = ("enforcement", "confirmation", "levy", "payment", "adjudication", "compensation", "award", "inspection")
    assert codes == {
        "registration",
        "permit-2018",
        "penalty-2018",
        "permit-2015",
        "penalty-2015",
        *(f"act-{each}" for each in acts),
        "commitment",
        "commitment-fulfilment",
        "commitment-breach",
        "voluntary",
        "list-entry",
        "list-abnormal",
        "list-red",
        "list-watch",
        "filed-court",
        "filed-tax",
        "filed-transport",
        "filed-general",
        "interview",
        "evaluation",
        "evaluation-internal",
        "complaint",
    }


def test_an_unknown_standard_is_told():
    with pytest.raises(KeyError):
        registry.get("weather")


@pytest.mark.parametrize("standard", registry.all(), ids=lambda each: each.code)
def test_a_declaration_is_sound(standard):
    codes = [each.code for each in standard.fields]
    assert len(codes) == len(set(codes))
    labels = [each.label for each in standard.fields]
    assert len(labels) == len(set(labels))
    stored = {standard.moves.get(code, code) for code in codes}
    new = {each.code for each in registry.get(standard.accepted_as).fields} if standard.accepted_as else set()
    assert set(standard.roles) <= set(ROLES)
    assert set(standard.roles.values()) <= stored | new
    for each in standard.fields:
        if isinstance(each.required, When):
            assert each.required.field in codes
        if each.code_table:
            assert codetables.get(each.code_table)
    known = {each.id for each in rules.all_rules()}
    assert set(standard.rules) <= known


@pytest.mark.parametrize("standard", registry.all(), ids=lambda each: each.code)
def test_personal_numbers_are_never_public(standard):
    for each in standard.fields:
        if each.type is FieldType.ID_NUMBER:
            assert each.visibility is Visibility.PRIVATE


def test_every_rule_is_used_somewhere_and_says_what_it_checks():
    used = {rule for standard in registry.all() for rule in standard.rules}
    assert used == {each.id for each in rules.all_rules()}
    assert all(each.text for each in rules.all_rules())


def test_the_fields_of_2018_are_those_of_the_national_table():
    permit, penalty = registry.get("permit-2018"), registry.get("penalty-2018")
    assert len(permit.fields) == 28
    assert len([each for each in penalty.fields if not each.local]) == 30
    assert [each.code for each in penalty.fields if each.local] == ["HRB_CFCX", "HRB_YZCD", "HRB_LY", "HRB_FDQX"]
    assert permit.in_role("valid_until").code == "XK_YXQZI"
    assert registry.get("penalty-2015").in_role("content").code == "CF_JG"

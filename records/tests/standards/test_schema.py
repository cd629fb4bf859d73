from __future__ import annotations

import re
from datetime import date

import pytest

from records.standards import registry, schema
from records.tests.standards.rows import TODAY, check, penalty


@pytest.mark.parametrize("standard", registry.all(), ids=lambda each: each.code)
def test_a_schema_has_every_field_and_no_other(standard):
    made = schema.json_schema(standard, TODAY)
    assert list(made["properties"]) == [each.code for each in standard.fields]
    assert made["additionalProperties"] is False
    assert made["required"] == [each.code for each in standard.fields if each.always_required]
    for shape in made["properties"].values():
        re.compile(shape.get("pattern", ""))


def test_normal_content_fits_the_patterns_of_its_schema():
    made = schema.json_schema(registry.get("penalty-2018"), TODAY)
    content = check(penalty(CF_CFLB="警告；罚款；其他-责令改正")).content
    for code, value in content.items():
        shape = made["properties"][code]
        assert re.search(shape.get("pattern", ""), value), code
        assert value in shape.get("enum", [value])


def test_conditions_are_part_of_the_schema():
    made = schema.json_schema(registry.get("penalty-2018"), TODAY)
    fine = next(each for each in made["allOf"] if each["then"]["required"] == ["CF_NR_FK"])
    pattern = fine["if"]["properties"]["CF_CFLB"]["pattern"]
    assert re.search(pattern, "警告；罚款")
    assert not re.search(pattern, "警告")


def test_code_tables_go_by_the_day():
    old = schema.json_schema(registry.get("penalty-2018"), date(2020, 1, 1))["properties"]["CF_CFLB"]
    assert "暂扣或者吊销许可证" in old["x-values"]
    assert "通报批评" not in old["x-values"]

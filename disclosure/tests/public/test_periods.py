"""The explanation of a period names the rule and its ground; the codes of the rules stay with the desk."""

import re
from datetime import date

import pytest

from disclosure.models import RuleSet
from disclosure.public.periods import said
from disclosure.tests.public import factories as made

NAMES = {
    "R2": "失信行为纠正后的信用信息修复管理办法（试行）",
    "R3": "信用修复管理办法",
    "P1": "行政许可等信息公示期（平台参数）",
}


@pytest.mark.parametrize(
    ("kept", "public"),
    [
        (
            "适用规则：R2 失信行为纠正后的信用信息修复管理办法（试行）（国家发展改革委令第58号）。",
            "适用规则：《失信行为纠正后的信用信息修复管理办法（试行）》（国家发展改革委令第58号）。",
        ),
        (
            "适用规则：P1 行政许可等信息公示期（平台参数）（哈政办规〔2020〕12号第14项；公示期为平台参数）。",
            "适用规则：行政许可等信息公示期（哈政办规〔2020〕12号第14项；公示期无全国统一规定，由本平台设定）。",
        ),
        (
            "与决定时施行的R2比较，现行规则R3不重于原规则，适用现行规则。",
            "与决定时施行的《失信行为纠正后的信用信息修复管理办法（试行）》比较，现行规则《信用修复管理办法》不重于原规则，适用现行规则。",
        ),
        ("处罚决定书文号R3X、AR2不是规则。", "处罚决定书文号R3X、AR2不是规则。"),
    ],
)
def test_a_rule_is_told_by_its_name(kept, public):
    assert said(kept, NAMES) == public


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/disclosure/{}/", "/api/v1/disclosures/{}/"])
def test_neither_the_page_nor_the_interface_tells_codes(client, address):
    given = {"name": "信用修复管理办法", "basis": "示例依据", "valid_from": date(2026, 4, 1)}
    RuleSet.objects.get_or_create(code="R3", defaults=given)
    row = made.ShownPenaltyFactory()
    assert any("R3" in line for line in row.ends_explained["lines"])
    page = client.get(address.format(row.public_id)).content.decode()
    assert "《信用修复管理办法》" in page
    assert not re.search(r"\b(R[123]|P1)\b", page)

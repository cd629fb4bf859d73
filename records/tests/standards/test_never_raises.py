"""Whatever stands in a cell, a row is answered with findings and its content can be stored as JSON."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from records.standards import headers, registry
from records.standards.template import build_error_workbook
from records.tests.standards.rows import COMPANY, PERSON_ID, PLACEHOLDER, TODAY, context, validator_for

WORDS = st.sampled_from(
    [
        "自然人",
        "个体工商户",
        "法人",
        "罚款；警告",
        "没收",
        "其他-",
        "其他",
        "2026-10-08",
        "9999-12-31",
        "罚款2000元",
        "0.2",
        "1e5",
        "9.1E+17",
    ]
    + [
        COMPANY,
        PERSON_ID,
        PLACEHOLDER,
        "无",
        "\x00",
        "\ud800",
        "身份证",
        "二〇二六年一月二日",
        "'=1",
        "1" * 30,
        "万元",
        "亿万元",
    ]
)
CELLS = st.one_of(
    st.none(),
    WORDS,
    st.text(max_size=40),
    st.text(alphabet="0123456789.元万亿千百十〇一二三罚款没收年月日-/；其他", max_size=20),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.decimals(),
    st.binary(max_size=5),
    st.lists(st.text(max_size=5), max_size=3),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)
STANDARDS = st.sampled_from([each.code for each in registry.all()])


@settings(max_examples=400, deadline=None)
@given(data=st.data(), code=STANDARDS)
def test_no_cell_raises(data, code):
    standard = registry.get(code)
    chosen = data.draw(
        st.dictionaries(st.sampled_from([each.code for each in standard.fields]), CELLS, max_size=len(standard.fields))
    )
    result = validator_for(code).validate_row(chosen, context())
    stored = json.dumps(result.content, ensure_ascii=False, allow_nan=False)
    stored.encode("utf-8")
    assert "\\u0000" not in stored
    for finding in result.findings:
        f"{finding.text}{finding.mend}{finding.value}".encode()
    assert isinstance(result.keys.natural(), tuple)


@settings(max_examples=150, deadline=None)
@given(cells=st.lists(CELLS, max_size=12), code=STANDARDS)
def test_no_header_raises(cells, code):
    found = headers.match(cells, registry.get(code))
    assert set(found.columns) <= set(range(len(cells)))


@settings(max_examples=25, deadline=None)
@given(
    row=st.dictionaries(
        st.sampled_from([each.code for each in registry.get("penalty-2018").fields]), CELLS, max_size=10
    )
)
def test_no_refused_row_breaks_the_workbook(row):
    assert build_error_workbook(registry.get("penalty-2018"), [row], ["原因"], TODAY)[:2] == b"PK"


def test_a_valid_row_is_stable_when_its_content_is_checked_again():
    """What was stored can be read again and stays the same: dates, amounts and choices are in normal form."""
    from records.tests.standards.rows import check, penalty, permit

    for row in (
        penalty(CF_YXQ="长期", CF_NR_FK=0.2, CF_JDRQ=date(2026, 10, 8), BZ=Decimal("3")),
        permit(XK_JDRQ=datetime(2026, 10, 8)),
    ):
        first = check(row)
        again = check(dict(first.content))
        assert again.findings == ()
        assert again.content == first.content

"""The short way through a cell says what the long way says: same values, same findings, whatever stood in the cells before."""

from __future__ import annotations

import sys
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.identifiers import docnumber, names, orgcode, uscc
from records.standards import quick, registry
from records.standards.compile import Validator
from records.standards.texts import clean
from records.tests.standards.rows import BUREAU, COMPANY, PERSON_ID, PLACEHOLDER, TRADER, context, penalty, permit
from records.tests.standards.test_never_raises import CELLS

TODAY = date(2026, 11, 23)
VALIDATORS = {each.code: (Validator(each), Validator(each, quick=False)) for each in registry.all()}
HOSTILE = st.sampled_from(
    [
        *(f"{before}{text}{after}" for text in ("罚款", "示范", "A1") for before in ("'", " ", "") for after in ("\u200b", "<b>", "&nbsp;", "\n")),
        "'=1", "''", "'", " ", "\u3000示范\u3000", "\ufffc", "\ufffd", "\ue000", "\uffff", "\U000f0000", "示\u0301范", "&", "<",
        "a<b", "ＡＢＣ", "０.２",
        "无", "/", "N/A", "暂无", "null", "——", "\\", "*",
        COMPANY, COMPANY.lower(), f" {COMPANY}", f"{COMPANY}\u200b", COMPANY[:-1], COMPANY[:-1] + "0", TRADER, PLACEHOLDER,
        "0" * 18, BUREAU, PERSON_ID,
        "91230102MA1B00017u", "９1230102MA1B00017U", "哈市监罚〔2026〕15号", "哈市监罚[2026]15号", " 哈市监罚〔2026〕15号",
        "〔〕", "〔2026〕", "2.02E+17", "15.0",
        "哈市监罚〔2026〕" + "1" * 130, "长" * 200, "长" * 201, "长" * 5001, "警告", "罚款；警告", "警告；罚款；没收违法所得",
        "其他-训诫", "其他", "拘留",
        "2026-10-08", "2026/10/8", "20261008", "2027-01-01", "1900-01-01", "9999-12-31", "长期", "2021-07-14", "0.2", "0.20",
        "2000元", "-1", "0", "1e5", "0.0000001",
    ]
)  # fmt: skip
ANY = st.one_of(HOSTILE, CELLS)
FIELDS = {code: [each.code for each in registry.get(code).fields] for code in VALIDATORS}
NEAR = {"penalty-2018": penalty, "permit-2018": permit}


def said(result):
    """All of an answer, the seal apart: it is new every time."""
    return result.standard, result.content, result.keys, result.findings


@st.composite
def sheets(draw):
    """A standard and rows of it, many of whose cells say the same: spoilt from right ones where we have them, else anything."""
    code = draw(st.sampled_from(sorted(VALIDATORS)))
    words = draw(st.lists(ANY, min_size=1, max_size=6))
    spoilt = st.dictionaries(st.sampled_from(FIELDS[code]), st.one_of(st.sampled_from(words), ANY), max_size=12)
    base = NEAR.get(code, dict)()
    return code, [base | row for row in draw(st.lists(spoilt, min_size=1, max_size=8))]


@settings(max_examples=400, deadline=None)
@given(sheet=sheets())
def test_both_ways_say_the_same_of_every_row(sheet):
    code, rows = sheet
    short, long = VALIDATORS[code]
    kept, fresh = context(), context()
    for row in [*rows, *rows]:  # the second time from memory
        assert said(short.validate_row(row, kept)) == said(long.validate_row(row, fresh))


def test_right_rows_need_the_long_way_for_no_text_of_theirs(monkeypatch):
    """The short way is not merely right, it is taken: of a plain penalty only choices, dates and amounts are read, and once."""
    short, kept = Validator(registry.get("penalty-2018")), context()
    short.validate_row(penalty(), kept)

    def never(*_):
        raise AssertionError("read again")

    monkeypatch.setattr("records.standards.cells.clean", never)
    monkeypatch.setattr("records.standards.compile._read_anew", never)
    number = short._columns[[each.source for each in short._columns].index("CF_WSH")]
    assert number.read("哈市监处罚〔2026〕16号", short_row(kept)) is not None
    assert short.validate_row(penalty() | {"CF_WSH": None}, kept).content["CF_NR_FK"] == "0.2"


def short_row(ctx):
    from records.standards.working import Row

    return Row(ctx, {})


def test_a_memory_that_is_full_begins_anew(monkeypatch):
    monkeypatch.setattr(quick, "_MOST_KEPT", 3)
    short, long = VALIDATORS["penalty-2018"][0], VALIDATORS["penalty-2018"][1]
    kept = context()
    for number in range(20):
        row = penalty(CF_WFXW=f"第{number}种违法行为")
        assert said(short.validate_row(row, kept)) == said(long.validate_row(row, context()))
    memories = [memory for *_, memory in short._bound(kept)]
    assert max(len(memory.kept) for memory in memories) <= 3


def test_personal_numbers_and_document_numbers_are_not_remembered():
    short, kept = VALIDATORS["penalty-2018"][0], context()
    short.validate_row(penalty(CF_FR_ZJLX="身份证", CF_FR_ZJHM=PERSON_ID), kept)
    told = {cell for *_, memory in short._bound(kept) for cell in memory.kept}
    assert PERSON_ID not in told
    assert penalty()["CF_WSH"] not in told


def test_two_batches_share_no_memory():
    """What is exempt for one batch is not for another: memory belongs to the context."""
    wrong = COMPANY[:-1] + ("0" if COMPANY[-1] != "0" else "1")
    short = VALIDATORS["penalty-2018"][0]
    assert short.validate_row(penalty(CF_XDR_SHXYM=wrong), context(exempt_codes=frozenset({wrong}))).ok
    assert not short.validate_row(penalty(CF_XDR_SHXYM=wrong), context()).ok


def test_every_character_that_passes_for_clean_is():
    for code in range(sys.maxunicode + 1):
        text = f"a{chr(code)}b"
        if quick.is_clean(text):
            assert clean(text) == (text, False), hex(code)


def _folded(text):
    """`docnumber.key` as it is defined, without the look at what is usual."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).upper()).translate(docnumber._FOLD)
    return "".join(c for c in folded if unicodedata.category(c) not in docnumber._DROPPED)


def _plain_name(text):
    before = None
    while text != before:
        before = text
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        text = "".join(
            c for c in folded if unicodedata.category(c)[0] in names._KEPT or unicodedata.category(c) == "Co"
        )
    return text


def test_every_character_of_a_usual_document_number_is_its_own_key():
    for code in range(sys.maxunicode + 1):
        if docnumber.is_usual(chr(code)):
            assert _folded(chr(code)) == chr(code)


@settings(max_examples=300, deadline=None)
@given(
    text=st.text(
        alphabet=st.one_of(st.sampled_from("哈市监罚〔〕2026号()（）·-KkİſKﬁ①Ⅳ \u0301"), st.characters()), max_size=12
    )
)
def test_names_and_numbers_have_one_form_by_either_way(text):
    assert names.normalise(text) == _plain_name(text)
    if docnumber.is_usual(text):
        assert docnumber.key(text) == _folded(text)
        assert docnumber.check(text) == docnumber.DocNumberResult(text, text, ())


CODES = st.one_of(
    st.text(alphabet=uscc.ALPHABET + "IOZSV０ a", min_size=17, max_size=19),
    st.tuples(st.sampled_from([COMPANY, TRADER, BUREAU, PERSON_ID, PLACEHOLDER]), st.integers(0, 17), st.sampled_from(uscc.ALPHABET + "é")).map(
        lambda given: given[0][: given[1]] + given[2] + given[0][given[1] + 1 :]
    ),
    st.text(alphabet=uscc.ALPHABET, min_size=17, max_size=17).map(lambda first: first + uscc.make_check_digit(first)),
    st.text(alphabet=uscc.ALPHABET, min_size=15, max_size=15).map(lambda rest: "91" + rest + uscc.make_check_digit("91" + rest)),
)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(code=CODES)
def test_a_flawless_code_is_one_of_which_the_check_says_nothing(code):
    if uscc.is_flawless(code):
        result = uscc.check(code)
        assert (result.normal, result.findings, result.is_placeholder) == (code, (), False)
    slow = len(code) == 9 and all(c in orgcode._VALUES for c in code) and orgcode.make_check_digit(code[:8]) == code[8]
    assert orgcode.is_well_formed(code) == slow


@pytest.mark.parametrize("code", [COMPANY, TRADER, BUREAU])
def test_true_codes_are_flawless(code):
    assert uscc.is_flawless(code) == (uscc.check(code).findings == ())


@settings(max_examples=300, deadline=None)
@given(text=st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZé", min_size=8, max_size=8))
def test_organisation_codes_are_checked_as_they_are_made(text):
    for last in "0123456789X":
        right = text.isascii() and orgcode.make_check_digit(text) == last
        assert orgcode.is_well_formed(text + last) == right

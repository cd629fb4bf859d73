"""Signatures, manifests and statements: what is altered on the way is noticed."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.rules import manifests, statements
from exchange.rules.channels import address_objection
from exchange.rules.mappings import as_lines, findings, parsed, start_findings
from exchange.rules.signatures import MOST_SECONDS, Algorithm, is_available, objection, sign
from exchange.rules.statements import Copy, Differs

KEY, NONCE, NOW = b"a common key", "0123456789abcdef" * 2, 1_700_000_000
ALGORITHMS = [each for each in Algorithm if is_available(each)]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_signature_is_an_hmac_over_method_path_digest_nonce_and_time(algorithm):
    signed = sign(KEY, "POST", "/messages", b"body", nonce=NONCE, time=NOW, algorithm=algorithm)
    digest = hashlib.new(algorithm.value, b"body").hexdigest()
    text = f"POST\n/messages\n{digest}\n{NONCE}\n{NOW}".encode()
    assert (signed.digest, signed.signature) == (digest, hmac.new(KEY, text, algorithm.value).hexdigest())


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_every_alteration_is_told_and_the_original_passes(algorithm):
    signed = sign(KEY, "POST", "/messages", b"body", nonce=NONCE, time=NOW, algorithm=algorithm)

    def judged(key=KEY, method="POST", path="/messages", body=b"body", now=NOW, **changes):
        return objection(key, method, path, body, replace(signed, **changes), now=now, algorithm=algorithm)

    assert judged() == judged(now=NOW + MOST_SECONDS) == judged(now=NOW - MOST_SECONDS) == ""
    assert "摘要不符" in judged(body=b"Body")
    for change in (
        {"key": b"another"},
        {"method": "GET"},
        {"path": "/status"},
        {"time": NOW + 1},
        {"nonce": NONCE[::-1]},
        {"signature": "0" * 64},
    ):
        assert "签名不正确" in judged(**change)
    assert "随机数" in judged(nonce="short")
    assert "校准时钟" in judged(now=NOW + MOST_SECONDS + 1)


def test_a_line_break_cannot_shift_the_parts():
    with pytest.raises(ValueError, match="line break"):
        sign(KEY, "POST", "/a\nb", b"", nonce=NONCE, time=NOW)


@given(st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=3), max_size=5))
def test_rows_are_read_back_from_a_file(rows):
    data = manifests.lines(rows)
    assert manifests.parsed_lines(data) == rows


def test_a_file_that_was_cut_altered_or_miscounted_is_told():
    data = manifests.lines([{"key": "a"}, {"key": "b"}])
    manifest = manifests.parsed_manifest(
        manifests.written(manifests.manifest_of("HRB_penalty_20261123_001", data, rows=2))
    )
    assert manifests.whole_rows(manifest, data) == [{"key": "a"}, {"key": "b"}]
    for altered, words in ((data[:-1], "没有传完"), (data.replace(b"a", b"c"), "SHA-256")):
        with pytest.raises(manifests.Unsound, match=words):
            manifests.whole_rows(manifest, altered)
    with pytest.raises(manifests.Unsound, match="清单写明 3 行"):
        manifests.whole_rows(replace(manifest, rows=3), data)


@pytest.mark.parametrize(
    "bad", [b"", b"[]", b'{"name": "x"}', b'{"name": "../x", "rows": 1, "bytes": 1, "sha256": ""}', b"\xff"]
)
def test_what_is_no_manifest_is_told(bad):
    with pytest.raises(manifests.Unsound):
        manifests.parsed_manifest(bad)


@pytest.mark.parametrize("bad", [b"\xff\n", b"1\n", b'{"a": 1}\nx\n'])
def test_what_is_no_row_is_told_with_its_line(bad):
    with pytest.raises(manifests.Unsound):
        manifests.parsed_lines(bad)


def test_a_name_that_leaves_the_folder_is_none():
    assert manifests.parcel_name("HRB", "act-award", date(2026, 11, 23), 7) == "HRB_act-award_20261123_007"
    with pytest.raises(ValueError, match="not a name"):
        manifests.parcel_name("..", "penalty", date(2026, 11, 23), 1)


copies = st.lists(
    st.builds(
        Copy,
        st.text("abc", min_size=1, max_size=3),
        st.integers(1, 3),
        st.sampled_from("xy"),
        st.sampled_from(["2026-10", "2026-11"]),
    ),
    unique_by=lambda each: each.key,
    max_size=8,
)


@given(copies, copies)
def test_months_differ_exactly_where_keys_do(ours, theirs):
    unequal = statements.unequal(statements.months(ours), statements.months(theirs))
    apart = statements.differences(ours, theirs)
    moved = {each.key for each in ours if any(o.key == each.key and o.month != each.month for o in theirs)}
    months = {each.month for each in [*ours, *theirs] if each.key in apart or each.key in moved}
    assert set(unequal) == months


def test_each_difference_has_its_name():
    ours = [Copy("a", 1, "x", "2026-11"), Copy("b", 1, "x", "2026-11"), Copy("c", 2, "x", "2026-11")]
    theirs = [Copy("b", 1, "x", "2026-11"), Copy("c", 1, "w", "2026-11"), Copy("d", 1, "x", "2026-11")]
    assert statements.differences(ours, theirs) == {"a": Differs.MISSING, "c": Differs.OTHER, "d": Differs.EXTRA}


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://exchange.example.cn/api", True),
        ("http://127.0.0.1:8900/exchange", True),
        ("http://exchange.example.cn/api", False),
        ("https://user:word@example.cn/", False),
        ("https://example.cn/?a=1", False),
        ("ftp://example.cn/", False),
        ("https://", False),
        ("https://example.cn:port/", False),
    ],
)
def test_an_address_is_encrypted_or_stays_on_this_machine(address, good):
    assert (address_objection(address) == "") is good


def test_a_mapping_names_public_fields_each_once_and_whom_it_is_about():
    known = {"CF_WSH": "文书号"}
    good = {"@subject_name": "mc", "@subject_code": "tyshxydm", "CF_WSH": "wsh"}
    assert list(findings(good, known)) == []
    assert parsed(as_lines(good)) == good
    for bad, words in (
        ({}, "不能为空"),
        (good | {"CF_XDR_ZJHM": "zjhm"}, "不是该类信息可公开的字段"),
        (good | {"CF_WSH": "a b"}, "不合规则"),
        (good | {"CF_WSH": "mc"}, "同一个字段"),
        ({"@subject_name": "mc"}, "统一社会信用代码"),
    ):
        assert words in "".join(each.text for each in findings(bad, known))


def test_a_later_version_begins_later_and_not_in_the_past():
    today, first = date(2026, 11, 23), date(2026, 1, 1)
    assert list(start_findings(first, None, today)) == []
    assert list(start_findings(today, first, today)) == []
    assert list(start_findings(date(2026, 11, 22), first, today))
    assert list(start_findings(first, first, today))

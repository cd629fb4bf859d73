"""A signed note at its limits: every condition alone is enough to refuse it."""

import base64
import hashlib

import pytest

from credit_platform.audit.rules import notes
from credit_platform.audit.rules.notes import (
    BadNote,
    Head,
    key_id,
    opened,
    read_head,
    read_verifier_key,
    signed,
    verifier_key,
)

NAME, KEY = "example.org/log", bytes(range(32))
ROOT = bytes(32)


def sign(data):
    return b"signed" + hashlib.sha256(data).digest()


def holds(signature, data):
    return signature == sign(data)


KNOWN = {(NAME, key_id(NAME, KEY)): holds}
TEXT = "example.org/log\n7\n" + base64.b64encode(ROOT).decode() + "\n"
NOTE = signed(TEXT, NAME, KEY, sign)


def test_a_right_note_is_opened():
    assert opened(NOTE, KNOWN) == TEXT
    assert read_head(TEXT) == Head(NAME, 7, ROOT)
    assert Head(NAME, 7, ROOT).text() == TEXT


@pytest.mark.parametrize(
    "wrong", [Head("two words", 7, ROOT), Head(NAME, -1, ROOT), Head(NAME, 7, ROOT[1:]), Head(NAME, 10**18, ROOT)]
)
def test_a_head_is_whole_or_none(wrong):
    with pytest.raises(ValueError, match="head of a tree"):
        wrong.text()


@pytest.mark.parametrize(
    ("size", "right"), [("0", True), ("01", False), ("1" * 18, True), ("1" * 19, False), ("", False), ("-1", False)]
)
def test_how_many_entries(size, right):
    text = TEXT.replace("\n7\n", f"\n{size}\n")
    if right:
        assert read_head(text).size == int(size)
        return
    with pytest.raises(BadNote):
        read_head(text)


@pytest.mark.parametrize(
    "text", ["", "a\n7\n", "a\n7\nAAAA", TEXT[:-1], TEXT + "\n", "\n" + TEXT, TEXT + "x", "a\n7\n\n"]
)
def test_a_head_has_three_lines_at_least_and_none_is_empty(text):
    with pytest.raises(BadNote):
        read_head(text)


def test_further_lines_are_passed_over():
    assert read_head(TEXT + "more\n") == Head(NAME, 7, ROOT)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (TEXT[:-1], NAME),
        (TEXT, "two words"),
        (TEXT, ""),
        (TEXT, "a+b"),
        ("a\tb\n", NAME),
        ("a\x1fb\n", NAME),
        (TEXT, "a" * 201),
    ],
)
def test_what_is_not_signed(text, name):
    with pytest.raises(ValueError, match="lines of text"):
        signed(text, name, KEY, sign)


def test_names_of_two_hundred_characters():
    assert [notes.is_name("a" * length) for length in (0, 1, 200, 201)] == [False, True, True, False]
    assert [notes.is_name(each) for each in ("a b", "a+b", "a\x7fb", "ä")] == [False, False, False, True]


def test_who_else_signed_is_passed_over_before_and_after():
    other = signed(TEXT, "example.org/other", KEY[::-1], sign).rpartition("\n\n")[2]
    body, _, mine = NOTE.rpartition("\n\n")
    for tail in (other + mine, mine + other):
        assert opened(f"{body}\n\n{tail}", KNOWN) == TEXT
    with pytest.raises(BadNote, match="没有已知公钥"):
        opened(f"{body}\n\n{other}", KNOWN)


def test_a_signature_that_does_not_hold_refuses_the_whole_note():
    with pytest.raises(BadNote, match="不符"):
        opened(NOTE.replace("\n7\n", "\n8\n"), KNOWN)


@pytest.mark.parametrize(("count", "right"), [(15, True), (16, True), (17, False)])
def test_signatures_of_a_note(count, right):
    body, _, line = NOTE.rpartition("\n\n")
    note = f"{body}\n\n{line * count}"
    if right:
        assert opened(note, KNOWN) == TEXT
        return
    with pytest.raises(BadNote, match="不是签名文本"):
        opened(note, KNOWN)


@pytest.mark.parametrize(("length", "right"), [(16_383, True), (16_384, True), (16_385, False)])
def test_characters_of_a_note(length, right):
    text = TEXT + "x" * (length - len(NOTE) - 1) + "\n"
    note = signed(text, NAME, KEY, sign)
    assert len(note) == length
    if right:
        assert opened(note, KNOWN) == text
        return
    with pytest.raises(BadNote, match="不是签名文本"):
        opened(note, KNOWN)


@pytest.mark.parametrize(
    "note",
    [
        "",
        NOTE[:-1],
        NOTE.replace("\n\n", "\n"),
        NOTE.replace("7", "\t"),
        NOTE.replace("\u2014", "-"),
        NOTE.replace(f" {NAME} ", "  "),
        NOTE.rpartition(" ")[0] + " AAAA\n",
    ],
)
def test_what_is_no_note(note):
    with pytest.raises(BadNote):
        opened(note, KNOWN)


def test_the_shortest_signature_has_one_byte_behind_the_four_of_the_key():
    body, _, _ = NOTE.rpartition("\n\n")

    def with_signature(data):
        return f"{body}\n\n\u2014 {NAME} {base64.b64encode(key_id(NAME, KEY) + data).decode()}\n"

    with pytest.raises(BadNote, match="写法不对"):
        opened(with_signature(b""), KNOWN)
    with pytest.raises(BadNote, match="不符"):
        opened(with_signature(b"x"), KNOWN)


def test_nothing_but_base64_is_read_as_base64():
    name, known, encoded = verifier_key(NAME, KEY).split("+", 2)
    assert read_verifier_key(f"{name}+{known}+{encoded}")
    for odd in (f"{encoded[:8]}*{encoded[8:]}", f"{encoded[:8]} {encoded[8:]}", f"ä{encoded}", encoded[:-1]):
        with pytest.raises(BadNote):
            read_verifier_key(f"{name}+{known}+{odd}")


def test_public_keys_as_they_are_handed_to_others():
    whole = verifier_key(NAME, KEY)
    assert read_verifier_key(f" {whole}\n") == (NAME, KEY)
    name, known, encoded = whole.split("+", 2)
    short = base64.b64encode(b"\x01" + KEY[1:]).decode()
    other_kind = base64.b64encode(b"\x02" + KEY).decode()
    for wrong in (
        f"two words+{known}+{encoded}",
        f"{name}+00000000+{encoded}",
        f"{name}+{known}+{short}",
        f"{name}+{known}+{other_kind}",
        name,
        "",
    ):
        with pytest.raises(BadNote, match="验证公钥"):
            read_verifier_key(wrong)


def test_a_key_under_a_name_with_a_blank_is_none():
    with pytest.raises(BadNote):
        read_verifier_key(verifier_key("two words", KEY))

"""Which files are kept: at the limit of their size, by their first bytes, under a name without folders."""

import pytest

from casework.rules.attachments import ACCEPT, HELP, LARGEST, MOST, TYPES, media_type, safe_name
from credit_platform.errors import Refused

PDF = b"%PDF-1.7\n"
BYTES = {"application/pdf": PDF, "image/jpeg": b"\xff\xd8\xff\xe0", "image/png": b"\x89PNG\r\n\x1a\n\x00"}


def test_the_limits():
    assert (LARGEST, MOST) == (10_485_760, 10)
    assert HELP == "PDF、JPG 或 PNG，每个不超过10兆字节，一次最多10个。加密保存。"


@pytest.mark.parametrize(("size", "kept"), [(LARGEST - 1, True), (LARGEST, True), (LARGEST + 1, False)])
def test_a_byte_below_at_and_above_the_limit(size, kept):
    data = PDF.ljust(size, b" ")
    if kept:
        assert media_type(data) == "application/pdf"
        return
    with pytest.raises(Refused, match="超过10兆字节") as refused:
        media_type(data)
    assert refused.value.code == "attachment.size"


@pytest.mark.parametrize(("kind", "data"), BYTES.items())
def test_the_first_bytes_tell_the_kind(kind, data):
    assert media_type(data) == kind


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "attachment.empty"), (b"PK\x03\x04", "attachment.type"), (b" %PDF-1.7", "attachment.type")]
)
def test_nothing_else_is_kept(data, code):
    with pytest.raises(Refused) as refused:
        media_type(data)
    assert refused.value.code == code


def test_each_kind_has_its_ending_and_the_form_offers_them():
    assert {kind for _, kind, _ in TYPES} == set(BYTES)
    assert {f".{end}" for _, _, end in TYPES} < set(ACCEPT.split(","))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("决定书.pdf", "决定书.pdf"),
        ("决定书.exe", "决定书.pdf"),
        ("a.b.pdf", "a.b.pdf"),
        ("没有后缀", "没有后缀.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\文件\\甲.pdf", "甲.pdf"),
        ("甲\x00\n乙.pdf", "甲乙.pdf"),
        (".pdf", "附件.pdf"),
        ("", "附件.pdf"),
        ("  ", "附件.pdf"),
        ("甲" * 190, "甲" * 190 + ".pdf"),
        ("甲" * 191, "甲" * 190 + ".pdf"),
        ("甲" * 190 + ".pdf", "甲" * 190 + ".pdf"),
        ("甲" * 191 + ".pdf", "甲" * 190 + ".pdf"),
    ],
)
def test_the_name_that_is_kept(name, kept):
    assert safe_name(name, "application/pdf") == kept


def test_the_ending_is_that_of_the_true_kind():
    assert safe_name("照片.pdf", "image/png") == "照片.png"
    assert safe_name("照片.png", "image/jpeg") == "照片.jpg"

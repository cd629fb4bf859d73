"""The file: its archive form, its twin, its one signature."""

from __future__ import annotations

import io
import logging
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest

from credit_platform.errors import Refused
from reports.papers import Addresses, paper_of
from reports.papers.archive import archived, faults, twin_of
from reports.papers.page import rendered
from reports.papers.seal import holds, seal
from reports.rules import twin
from reports.rules.content import arranged
from reports.tests.test_rules import AT, HEAD, ISSUE, KINDS, NATIONAL, item

HOUSE = Path(__file__).parents[2]
PLACES = Addresses("https://credit.example/reports/verify/?number=1&code=2", "https://credit.example/reports/verify/")
CONTENT = arranged(HEAD, [item(number, kind) for number, kind in enumerate(KINDS * 3)], NATIONAL)


@pytest.fixture(scope="module")
def paper():
    return paper_of(CONTENT, ISSUE, PLACES)


def test_the_file_is_in_archive_form_with_its_twin_and_signed_once_over_all(paper):
    assert faults(paper.file) == []
    assert twin_of(paper.file) == paper.twin == twin.written(CONTENT, ISSUE)
    assert holds(paper.file, seal().pem)
    with pikepdf.open(io.BytesIO(paper.file)) as pdf:
        with pdf.open_outline() as outline:
            titles = [each.title for each in outline.root]
        assert titles[0] == "信用信息概要"
        assert "一、登记注册基础信息" in titles
        assert titles[-1] == "报告说明"
        assert str(pdf.Root.Lang) == "zh-CN"
        assert str(pdf.docinfo.Title).endswith(ISSUE.number)


def test_the_same_contents_give_the_same_bytes_until_the_signature():
    files = [archived(rendered(CONTENT, ISSUE, PLACES), b"{}", number=ISSUE.number, at=AT) for _ in range(2)]
    assert files[0] == files[1]
    other = replace(ISSUE, issued_at=AT + timedelta(minutes=1))
    assert rendered(CONTENT, other, PLACES) != rendered(CONTENT, ISSUE, PLACES)


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_one_changed_byte_breaks_the_signature(paper, place):
    at = paper.file.index(b"stream\n", int(len(paper.file) * place * 0.9)) + 20
    changed = bytearray(paper.file)
    changed[at] ^= 1
    assert not holds(bytes(changed), seal().pem)


def test_what_is_added_after_the_signature_is_not_covered(paper):
    with pikepdf.open(io.BytesIO(paper.file)) as pdf:
        pdf.docinfo.Subject = "改过的主题"
        out = io.BytesIO()
        pdf.save(out)
    assert not holds(out.getvalue(), seal().pem)


def test_another_seal_is_told(paper, settings, tmp_path):
    settings.REPORT_SEAL_FILE = tmp_path / "other.pem"
    assert seal().pem
    assert not holds(paper.file, seal().pem)


def test_the_structure_is_looked_at_where_it_can_fail(paper):
    assert any("metadata" in each for each in faults(rendered(CONTENT, ISSUE, PLACES))), "pages alone are no archive"
    with pikepdf.open(io.BytesIO(paper.file)) as pdf:
        del pdf.Root.OutputIntents
        out = io.BytesIO()
        pdf.save(out)
    assert faults(out.getvalue()) == ["no output intent"]


@pytest.mark.parametrize("text", ["", "not a key", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_a_seal_that_cannot_be_used_is_told_and_nothing_is_signed(settings, tmp_path, text):
    settings.REPORT_SEAL_FILE = tmp_path / "bad.pem"
    (tmp_path / "bad.pem").write_text(text, encoding="ascii")
    with pytest.raises(Refused, match="报告签章文件不能使用"):
        paper_of(CONTENT, ISSUE, PLACES)


def test_a_seal_that_cannot_be_read_is_told_too(settings, tmp_path):
    settings.REPORT_SEAL_FILE = tmp_path / "folder.pem"
    (tmp_path / "folder.pem").mkdir()
    with pytest.raises(Refused, match="报告签章文件不能使用"):
        paper_of(CONTENT, ISSUE, PLACES)


def test_what_makes_papers_is_read_in_by_the_first_paper_alone():
    """Half a second of the processor at every start, and few processes ever make one."""
    heavy = re.compile(r"^(?:from|import) (?:pikepdf|pyhanko|reports\.papers\.archive)", re.M)
    found = {
        file.relative_to(HOUSE).as_posix()
        for file in (HOUSE / "reports").rglob("*.py")
        if "tests" not in file.parts and heavy.search(file.read_text(encoding="utf-8"))
    }
    assert found == {"reports/papers/archive.py", "reports/region/inside.py"}
    assert not logging.getLogger("pikepdf").isEnabledFor(logging.INFO)


def test_a_character_that_the_font_lacks_is_named_and_not_a_blank_box():
    rare = replace(CONTENT, head=replace(HEAD, name="示例\U00020bb7有限公司"))
    text = rendered(rare, ISSUE, PLACES)
    assert text != rendered(CONTENT, ISSUE, PLACES)
    assert faults(archived(text, b"{}", number=ISSUE.number, at=AT)) == []

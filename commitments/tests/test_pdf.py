"""How a letter is set."""

import io

import pytest
from pypdf import PdfReader

from commitments.letters.pdf import LetterPdf, render
from credit_platform.pdf import HANGING


@pytest.mark.parametrize("sign", HANGING)
def test_no_line_begins_with_a_sign_that_ends_a_clause(sign):
    """Paragraphs of every length around that of a line: in one of them the sign comes first after a full line."""
    paragraphs = ["字" * length + sign + "完" for length in range(36, 44)]
    letter = LetterPdf(
        "C1", "\n".join(["标题", *paragraphs]), "0" * 64, "王**", "2026年11月23日10:30", "http://x/", "x"
    )
    lines = [line for page in PdfReader(io.BytesIO(render(letter))).pages for line in page.extract_text().split("\n")]
    assert any(line.strip() == "完" for line in lines), "no paragraph was broken at the sign"
    assert not [line for line in lines if line.strip().startswith(sign)]

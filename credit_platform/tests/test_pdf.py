"""The page of every PDF: numbered, with what the font lacks told."""

import io

from pypdf import PdfReader

from credit_platform.pdf import NOTE, QrCode, Sheet, style


def text_of(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def test_each_page_bears_the_number_and_the_count_of_pages():
    sheet = Sheet("编号0001")
    pages = text_of(sheet.finish([sheet.paragraph("字" * 4000, style(12)), QrCode("x", 80)], title="甲", subject="乙"))
    assert len(pages) > 1
    for place, page in enumerate(pages, 1):
        assert "编号0001" in page
        assert f"第 {place} 页，共 {len(pages)} 页" in page


def test_what_the_font_lacks_is_written_as_its_code_with_a_note_and_marks_are_no_markup():
    sheet = Sheet("C1")
    (page,) = text_of(sheet.finish([sheet.paragraph("𠮷<b>公司", style(12))], title="甲", subject="乙"))
    assert "〔U+20BB7〕<b>公司" in page
    assert NOTE[:10] in page

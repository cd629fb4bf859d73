"""A workbook that is read piece by piece says what it says when it is laid out whole."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from random import Random

import openpyxl
import pytest
import xlsxwriter

from credit_platform.gate import cutting, guard, sheets
from credit_platform.gate import strings as texts
from credit_platform.gate.refusals import FileRefused
from credit_platform.gate.tests.test_guard import sheet_xml, workbook
from records.tests.published import workbooks

SIGNS = ["罚款", "　", " ", "\n", "&", "<row>", "</row>", "x", "_x000D_", "é", "𠮷", ' t="s"><v>', "0", '"', "'"]


def whole_and_cut(data: bytes, monkeypatch, *, piece: int = 700, must_cut: bool = True):
    """(name, number, cells without what is blank at their end) of every line, read both ways."""
    checked = guard.check(data, "a.xlsx")
    whole = said(sheets.Book(data, checked))
    monkeypatch.setattr(sheets, "LARGE", 0)
    monkeypatch.setattr(cutting, "PIECE", piece)
    monkeypatch.setattr(texts, "_PIECE", piece)
    monkeypatch.setattr(texts, "_MOST_KEPT", 20)
    monkeypatch.setattr("credit_platform.gate.package.STEP", 331)
    book = sheets.Book(data, checked)
    cut = said(book)
    assert (book._pieces is not None) is must_cut
    assert said(book) == cut, "the same every time"
    return whole, cut


def said(book):
    return [(sheet.name, [(line.number, bare(line.cells)) for line in sheet.lines]) for sheet in book.sheets()]


def bare(cells):
    cells = [(type(cell), cell) for cell in cells]
    while cells and cells[-1] == (str, ""):
        cells.pop()
    return cells


def cell(random: Random):
    kind = random.randrange(9)
    if kind < 4:
        return "".join(random.choice(SIGNS) for _ in range(random.randrange(1, 6)))
    if kind == 4:
        return random.choice([0, 1, -3, 46328, 10**15])
    if kind == 5:
        return random.choice([0.5, 1e-9, 9.12301e17, 2.0])
    if kind == 6:
        return random.choice([date(2026, 11, 2), datetime(2026, 11, 2, 8, 30), True, False])
    return None


def grid(random: Random):
    """Rows with gaps between them, a margin on the left, blank rows, ends of different lengths."""
    number, left = random.randrange(4), random.randrange(3)
    for _ in range(random.randrange(1, 60)):
        yield number, {left + random.randrange(8): cell(random) for _ in range(random.randrange(1, 8))}
        number += random.choice([1, 1, 1, 2, 7])


def by_openpyxl(random: Random) -> bytes:
    book = openpyxl.Workbook()
    book.epoch = random.choice([openpyxl.utils.datetime.WINDOWS_EPOCH, openpyxl.utils.datetime.MAC_EPOCH])
    for _ in range(random.randrange(3)):
        book.create_sheet()
    for sheet in book.worksheets:
        for number, cells in grid(random):
            for column, value in cells.items():
                sheet.cell(number + 1, column + 1, value)
        if random.random() < 0.3:
            sheet.merge_cells("B2:C4")
        if random.random() < 0.3 and sheet is not book.active:
            sheet.sheet_state = random.choice(["hidden", "veryHidden"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def by_xlsxwriter(random: Random) -> bytes:
    out = io.BytesIO()
    stream = random.random() < 0.5  # texts inside their cells
    options = {"constant_memory": stream, "strings_to_urls": False, "strings_to_formulas": False}
    book = xlsxwriter.Workbook(out, options | {"date_1904": random.random() < 0.3})
    day, bold = book.add_format({"num_format": 31}), book.add_format({"bold": True})
    for _ in range(random.randrange(1, 4)):
        sheet = book.add_worksheet()
        for number, cells in grid(random):
            for column, value in sorted(cells.items()):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                else:
                    sheet.write(number, column, value, random.choice([None, bold]))
            if not stream and random.random() < 0.2:
                sheet.write_rich_string(number, 9, "一 ", bold, " 二", "三")
                sheet.write_formula(number, 10, '=A1&" t=""s""><v>"', value="甲乙")
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("make", [by_openpyxl, by_xlsxwriter])
@pytest.mark.parametrize("seed", range(25))
def test_a_cut_workbook_says_what_the_whole_one_says(make, seed, monkeypatch):
    random = Random(seed)
    data = make(random)
    whole, cut = whole_and_cut(data, monkeypatch, piece=random.choice([1, 300, 2_000, 100_000]))
    assert cut == whole


ODD_ROWS = {
    "without numbers": '<row x="1"><c><v>1</v></c><c t="str"><v>a</v></c></row><row x="1"/><row x="1"><c><v>3</v></c></row>' * 9,
    "numbers now and then": '<row r="3"><c><v>1</v></c></row><row ht="5"><c/></row><row x="1"><c><v>2</v></c></row>'
    + '<row r="90" x="1"><c><v>3</v></c></row>' * 1
    + '<row x="1"><c><v>4</v></c></row>' * 40,
    "empty rows of formats": "".join(f'<row r="{n}" ht="9" customHeight="1"/>' for n in range(1, 90))
    + '<row r="95"><c r="C95"><v>1</v></c></row>'
    + "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(96, 190)),
    "nothing at all": "".join(f'<row r="{n}" ht="9"/>' for n in range(1, 90)),
    "no rows": "",
}  # fmt: skip


@pytest.mark.parametrize("case", ODD_ROWS)
@pytest.mark.parametrize("piece", [1, 200, 5_000])
def test_rows_are_counted_as_the_parser_counts(case, piece, monkeypatch):
    data = workbook({"xl/worksheets/sheet1.xml": sheet_xml(ODD_ROWS[case])})
    whole, cut = whole_and_cut(data, monkeypatch, piece=piece)
    assert cut == whole


def shared(cells: str, table: str) -> bytes:
    """A workbook of 40 rows that point into a table of texts."""
    rows = "".join(f'<row r="{n}">{cells}</row>' for n in range(1, 41))
    data = workbook({"xl/worksheets/sheet1.xml": sheet_xml(rows), "xl/sharedStrings.xml": f"<sst>{table}</sst>"})
    relations = zipfile.ZipFile(io.BytesIO(data)).read("xl/_rels/workbook.xml.rels").decode()
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    more = f'<Relationship Id="rId9" Type="{space}" Target="sharedStrings.xml"/></Relationships>'
    parts = {"xl/_rels/workbook.xml.rels": relations.replace("</Relationships>", more)}
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            target.writestr(name, parts.get(name) or source.read(name))
    return made.getvalue()


TABLE = (
    "<si><t> a </t></si><si><t xml:space='preserve'> b\r\n</t></si><si/><si><t/></si>"
    "<si><r><t>c</t></r><r><rPr><b/></rPr><t>&amp;d</t></r><rPh sb='0' eb='1'><t>x</t></rPh></si><si><t>_x4E2D_</t></si>"
)
SHARED_CELLS = {
    "usual": "".join(f'<c t="s"><v>{n}</v></c>' for n in range(6)),
    "style behind": "".join(f'<c t="s" s="0"><v>{n}</v></c>' for n in range(6)),
    "apostrophes": "".join(f"<c t='s'><v>{n}</v></c>" for n in range(6)),
    "a formula between": '<c t="s"><f>A1 &amp; " t=""s"""</f><v>4</v></c><c t="s"><v>1</v></c>',
    "blank": '<c t="s"/><c t="s"><v></v></c><c t="s"><v/></c><c t="s"><v>1</v></c>',
}


@pytest.mark.parametrize("case", SHARED_CELLS)
def test_texts_of_the_table_are_found_however_a_cell_points_to_them(case, monkeypatch):
    whole, cut = whole_and_cut(shared(SHARED_CELLS[case], TABLE), monkeypatch)
    assert cut == whole
    assert len(whole[0][1]) == 40


@pytest.mark.parametrize("table", ["<!-- --><si><t>a</t></si>", "<x:si><x:t>a</x:t></x:si>"])
def test_an_unusual_table_of_texts_is_left_to_the_parser(table, monkeypatch):
    whole, cut = whole_and_cut(shared('<c t="s"><v>0</v></c>', table), monkeypatch, must_cut=False)
    assert cut == whole


ROW = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'
BROKEN = {
    "a cell not closed": "".join(ROW.format(n) for n in range(1, 40)) + '<row r="40"><c r="A40"><v>1</c></row>',
    "a text that is not there": "".join(ROW.format(n) for n in range(1, 40)) + '<row r="40"><c t="s"><v>7</v></c></row>',
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_damage_in_the_middle_is_refused_with_the_same_words(case, monkeypatch):
    data = workbook({"xl/worksheets/sheet1.xml": sheet_xml(BROKEN[case])})
    refusals = []
    for large in (sheets.LARGE, 0):
        monkeypatch.setattr(sheets, "LARGE", large)
        monkeypatch.setattr(cutting, "PIECE", 500)
        with pytest.raises(FileRefused) as refused:
            said(sheets.Book(data, guard.check(data, "a.xlsx")))
        refusals.append((refused.value.code, refused.value.text, refused.value.mend))
    assert refusals[0] == refusals[1]


@pytest.mark.parametrize(
    "rows", [ROW.format(9) + ROW.format(3), '<row r="3"><c r="A9"><v>1</v></c></row>' + ROW.format(4)]
)
def test_rows_out_of_order_are_refused_not_lost(rows, monkeypatch):
    data = workbook({"xl/worksheets/sheet1.xml": sheet_xml(rows)})
    monkeypatch.setattr(sheets, "LARGE", 0)
    monkeypatch.setattr(cutting, "PIECE", 1)
    with pytest.raises(FileRefused, match="不是规范的工作簿"):
        said(sheets.Book(data, guard.check(data, "a.xlsx")))


def test_a_sheet_that_ends_before_its_rows_do_is_refused(monkeypatch):
    xml = sheet_xml("".join(ROW.format(n) for n in range(1, 90)))
    data = workbook({"xl/worksheets/sheet1.xml": xml[:2_000]})
    monkeypatch.setattr(sheets, "LARGE", 0)
    with pytest.raises(FileRefused, match="已损坏"):
        said(sheets.Book(data, guard.check(data, "a.xlsx")))


def test_unusual_sheets_are_laid_out_whole(monkeypatch):
    for rows in ("<row><c><v>1</v></c></row>", "<!-- a --><row r='1'><c><v>1</v></c></row>"):
        data = workbook({"xl/worksheets/sheet1.xml": sheet_xml(rows)})
        whole, cut = whole_and_cut(data, monkeypatch, must_cut=False)
        assert cut == whole


def test_the_published_workbooks_say_the_same(monkeypatch):
    for path in workbooks():
        whole, cut = whole_and_cut(path.read_bytes(), monkeypatch)
        assert cut == whole, path.name

"""The gate at its limits: one byte, row, column, part or digit below, at and above. Nothing here opens a workbook."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from credit_platform.confined.refusals import FileRefused
from credit_platform.gate import guard, readers
from credit_platform.gate.kinds import OLE_MAGIC, Kind, sniff

MEGABYTE = 1024 * 1024
SHEET = "xl/worksheets/sheet1.xml"


def package(*, packed=zipfile.ZIP_DEFLATED, **parts):
    """A package with the part that makes it a workbook; `__` in a name stands for the slash."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packed) as target:
        target.writestr("xl/workbook.xml", "<workbook/>")
        for name, content in parts.items():
            target.writestr(name.replace("__", "/"), content)
    return made.getvalue()


def sheet(rows):
    return package(**{SHEET.replace("/", "__"): f"<worksheet><sheetData>{rows}</sheetData></worksheet>"})


def refused(act, *given, **more):
    """The code of the refusal, "" when it passes."""
    try:
        found = act(*given, **more)
        if found is not None and not isinstance(found, (guard.Checked, Kind)):
            list(found)
    except FileRefused as error:
        return error.code.removeprefix("file.")
    return ""


def test_the_limits_themselves():
    assert (guard.MAX_FILE, guard.MAX_JSON, guard.MAX_UNPACKED) == (50 * MEGABYTE, 20 * MEGABYTE, 600 * MEGABYTE)
    assert (guard.MAX_ROWS, guard.MAX_COLUMNS, guard.MAX_CELLS) == (200_000, 256, 12_000_000)
    assert (guard.MAX_ENTRIES, guard.MAX_RATIO) == (2_000, 200)
    assert (readers.MAX_KEYS, readers.MAX_DEPTH, readers.MAX_DIGITS, readers.MAX_CELL_TEXT) == (256, 8, 64, 32_767)


@pytest.mark.parametrize(("more", "code"), [(-1, ""), (0, ""), (1, "size")])
def test_bytes_of_a_file(more, code):
    assert refused(guard.check, b"a,b\n".ljust(guard.MAX_FILE + more, b"1"), "a.csv") == code


@pytest.mark.parametrize(("more", "code"), [(-1, ""), (0, ""), (1, "size")])
def test_bytes_of_json_and_only_of_json(more, code):
    length = guard.MAX_JSON + more
    assert refused(guard.check, b"[1".ljust(length, b"1"), "a.json") == code
    assert refused(guard.check, b"a,b".ljust(length, b"1"), "a.csv") == ""


def test_the_refusal_tells_the_limit_in_megabytes():
    for data, name, most in (
        (b"a,b".ljust(guard.MAX_FILE + 1, b"1"), "a.csv", 50),
        (b"[1".ljust(guard.MAX_JSON + 1, b"1"), "a.json", 20),
    ):
        with pytest.raises(FileRefused, match=f"超过 {most} 兆字节"):
            guard.check(data, name)


@pytest.mark.parametrize(
    ("column", "code"), [("A", ""), ("IU", ""), ("IV", ""), ("IW", "columns"), ("AAA", "columns"), ("XFD", "columns")]
)
@pytest.mark.parametrize("sign", ['"', "'"])
def test_columns_of_a_sheet_however_it_is_written(column, code, sign):
    """IV is the 256th."""
    assert (
        refused(guard.check, sheet(f"<row r={sign}1{sign}><c r={sign}{column}1{sign}><v>1</v></c></row>"), "a.xlsx")
        == code
    )


def test_small_letters_are_columns_too():
    assert refused(guard.check, sheet("<row r='1'><c r='iv1'><v>1</v></c></row>"), "a.xlsx") == ""
    assert refused(guard.check, sheet("<row r='1'><c r='iw1'><v>1</v></c></row>"), "a.xlsx") == "columns"


@pytest.mark.parametrize("sign", ['"', "'"])
@pytest.mark.parametrize(("number", "code"), [(199_999, ""), (200_000, ""), (200_001, "rows"), (1_048_576, "rows")])
def test_rows_of_a_sheet_with_a_number(number, code, sign):
    assert refused(guard.check, sheet(f"<row r={sign}{number}{sign}><c><v>1</v></c></row>"), "a.xlsx") == code


def test_a_text_far_down_is_read_closely_and_formatting_is_nothing():
    text = guard.check(sheet('<row r="200001"><c t="s"><v>0</v></c></row>'), "a.xlsx")
    blank = guard.check(sheet('<row r="200001"><c s="1"/></row>'), "a.xlsx")
    near = guard.check(sheet('<row r="200000"><c t="s"><v>0</v></c></row><row r="1"></row>'), "a.xlsx")
    assert (text.closely, blank.closely) == (True, False)
    below = '<row r="200001"><c s="1"/></row><row r="5"><c><v>1</v></c></row>'
    assert refused(guard.check, sheet(below), "a.xlsx") == "", "the number stands in another row"
    assert near.closely, "a rectangle of ten million cells is never laid out as a whole"
    assert refused(guard.check, sheet("<row r='200001'><c t='s'><v>0</v></c></row>"), "a.xlsx") == "rows", (
        "written oddly"
    )


@pytest.mark.parametrize(("row", "closely"), [(38_461, False), (38_462, True)])
def test_a_large_rectangle_is_read_piece_by_piece(row, closely):
    """52 columns are taken for granted: two million cells are 38,461 rows."""
    assert guard.check(sheet(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>'), "a.xlsx").closely is closely


@pytest.mark.parametrize(("row", "code"), [(46_875, ""), (46_876, "rows")])
def test_a_rectangle_that_cannot_be_cut_ends_at_twelve_million_cells(row, code):
    """256 columns by 46,875 rows, in a sheet that is written oddly."""
    rows = f"<row r='1'><c r='IV1'><v>1</v></c></row><row r='{row}'><c r='A{row}'><v>1</v></c></row>"
    assert refused(guard.check, sheet(rows), "a.xlsx") == code


def test_which_sheets_may_be_cut():
    plain = '<row r="1"><c r="A1"><v>1</v></c></row>'
    assert guard.check(sheet(plain), "a.xlsx").plain == {SHEET}
    for odd in (plain.replace('"', "'"), "<row><c><v>1</v></c></row>", plain + "<!-- -->", "<x:row r='1'/>"):
        assert guard.check(sheet(odd), "a.xlsx").plain == frozenset()


def test_errors_and_formulas_that_nobody_calculated_are_looked_at_closely():
    for cell in (
        '<c t="e"><v>#REF!</v></c>',
        "<c><f>A1</f></c>",
        "<c><f>A1</f><v></v></c>",
        "<c><f>A1</f><v/></c>",
        '<c><f t="x"/></c>',
    ):
        assert guard.check(sheet(f'<row r="1">{cell}</row>'), "a.xlsx").closely, cell
    assert not guard.check(sheet('<row r="1"><c><f>A1</f><v>3</v></c></row>'), "a.xlsx").closely


@pytest.mark.parametrize(("count", "code"), [(1_998, ""), (1_999, ""), (2_000, "bomb")])
def test_parts_of_a_package(count, code):
    """One more is the workbook itself."""
    assert refused(guard.check, package(**{f"n{number}": "" for number in range(count)}), "a.xlsx") == code


@pytest.mark.parametrize(("more", "code"), [(-1, ""), (0, ""), (1, "bomb")])
def test_bytes_of_all_parts_together(more, code, monkeypatch):
    monkeypatch.setattr(guard, "MAX_UNPACKED", 5_000)
    rest = 5_000 - len("<workbook/>") - 2_000
    assert refused(guard.check, package(a="1" * 2_000, b="2" * (rest + more)), "a.xlsx") == code


@pytest.mark.parametrize(("more", "code"), [(-1, ""), (0, ""), (1, "bomb")])
def test_what_comes_out_counts_and_not_what_the_directory_says(more, code, monkeypatch):
    monkeypatch.setattr(guard, "MAX_UNPACKED", 5_000)
    rest = 5_000 - len("<workbook/>") - 2_000
    data = package(a="1" * 2_000, b="2" * (rest + more))
    lying = data.replace((rest + more).to_bytes(4, "little"), (7).to_bytes(4, "little"))
    assert refused(guard.check, lying, "a.xlsx") == code


def test_how_well_a_part_may_be_packed():
    """Blanks pack a thousandfold; a part of up to four megabytes may."""
    small, large = 4 * MEGABYTE, 4 * MEGABYTE + 1
    assert refused(guard.check, package(a=" " * small), "a.xlsx") == ""
    assert refused(guard.check, package(a=" " * large), "a.xlsx") == "bomb"


@pytest.mark.parametrize(("ratio", "code"), [(199, ""), (200, ""), (201, "bomb")])
def test_the_ratio_itself(ratio, code):
    entry = zipfile.ZipInfo("a")
    entry.compress_type, entry.compress_size, entry.file_size = zipfile.ZIP_DEFLATED, 100_000, 100_000 * ratio
    assert refused(guard._check_directory, [entry]) == code


def test_other_ways_of_packing_and_a_password():
    assert refused(guard.check, package(packed=zipfile.ZIP_STORED, a="1"), "a.xlsx") == ""
    assert refused(guard.check, package(packed=zipfile.ZIP_BZIP2, a="1"), "a.xlsx") == "broken"
    for flags, code in ((0, ""), (1, "encrypted"), (2, ""), (9, "encrypted")):
        entry = zipfile.ZipInfo("a")
        entry.flag_bits = flags
        assert refused(guard._check_directory, [entry]) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("xl__workbook.bin", "xlsb"),
        ("xl__vbaProject.bin", "macro"),
        ("xl__macrosheets__sheet1.xml", "macro"),
        ("xl__externalLinks__externalLink1.xml", "external"),
        ("xl__connections.xml", "external"),
        ("xl__theme.xml", ""),
    ],
)
def test_parts_that_are_not_let_in(name, code):
    assert refused(guard.check, package(**{name: "x"}), "a.xlsx") == code


@pytest.mark.parametrize(
    ("part", "label"), [("word/document.xml", "Word 文档"), ("mimetype", "ODS 表格"), ("a", "压缩包")]
)
def test_a_package_that_is_no_workbook_is_named(part, label):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        target.writestr(part, "x")
    with pytest.raises(FileRefused, match=label):
        guard.check(made.getvalue(), "a.xlsx")


@pytest.mark.parametrize(("texts", "code"), [(12, ""), (13, "counts")])
def test_a_table_of_texts_announces_no_more_than_it_can_hold(texts, code):
    """The shortest text, `<si/>`, has five bytes: what is below has 60 to 64."""
    table = f'<sst count="{texts}">'
    part = table.ljust(60, " ")
    assert refused(guard.check, package(**{"xl__sharedStrings.xml": part}), "a.xlsx") == code


def test_the_smaller_of_two_counts_decides_within_a_part_and_all_cells_together_hold_the_larger():
    both = '<sst count="1000" uniqueCount="3">'.ljust(60)
    assert refused(guard.check, package(**{"xl__sharedStrings.xml": both}), "a.xlsx") == ""
    many = '<sst count="900000" uniqueCount="3">'.ljust(60)
    assert refused(guard.check, package(**{"xl__sharedStrings.xml": many}), "a.xlsx") == "counts"


@pytest.mark.parametrize(("more", "code"), [(0, ""), (1, "counts")])
def test_no_workbook_uses_more_texts_than_it_has_cells(more, code):
    """A cell with a text has twenty bytes at least; two hundred thousand are given on top."""
    size = len("<workbook/>") + 60
    most = size // 20 + 200_000
    part = f'<sst count="{most + more}" uniqueCount="3">'.ljust(60)
    assert refused(guard.check, package(**{"xl__sharedStrings.xml": part}), "a.xlsx") == code


@pytest.mark.parametrize(("at", "code"), [(0, "doctype"), (1_991, "doctype"), (1_992, "")])
def test_a_doctype_at_the_head_of_any_part(at, code):
    assert refused(guard.check, package(a=" " * at + "<!DOCTYPE"), "a.xlsx") == code


@pytest.mark.parametrize(("value", "since"), [("1", True), ("true", True), ("0", False)])
def test_days_that_count_from_1904(value, since):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        target.writestr("xl/workbook.xml", f'<workbook><workbookPr date1904="{value}"/></workbook>')
    assert guard.check(made.getvalue(), "a.xlsx").since_1904 is since


def test_old_workbooks_are_known_by_their_streams():
    def ole(*names):
        return OLE_MAGIC + b"\0" * 600 + b"".join(name.encode("utf-16-le") for name in names)

    assert refused(guard.check, ole("WordDocument", "Workbook"), "a.xls") == "not-workbook"
    assert refused(guard.check, ole("Workbook", "_VBA_PROJECT"), "a.xls") == "macro"
    assert refused(guard.check, ole("Etwas"), "a.xls") == "not-workbook"
    assert refused(guard.check, ole("Workbook"), "a.xls") == "broken", "nothing but a name"
    assert refused(guard.check, ole("Book"), "a.xls") == "broken"


class TestText:
    @pytest.mark.parametrize(("columns", "code"), [(255, ""), (256, ""), (257, "columns")])
    def test_columns_of_a_line(self, columns, code):
        assert refused(readers.csv_lines, ",".join("1" * columns).encode()) == code

    @pytest.mark.parametrize(("rows", "code"), [(59, ""), (60, ""), (61, "rows")])
    def test_rows_with_fifty_to_spare_for_heads(self, rows, code, monkeypatch):
        monkeypatch.setattr(guard, "MAX_ROWS", 10)
        assert refused(readers.csv_lines, b"1,2\n" * rows) == code
        assert refused(readers.csv_lines, b"1,2\n" * min(rows, 60) + b" ,\n" * 9) == "", "blank lines are no data"

    def test_a_text_that_opens_with_an_equals_sign_is_kept_as_it_was_meant(self):
        (line,) = readers.csv_lines(b'a,"=""0123""","=""""","=1+1"')
        assert list(line.cells) == ["a", "0123", "", "=1+1"]
        assert line.number == 1

    @pytest.mark.parametrize("sign", [",", "\t", ";", "|"])
    def test_the_sign_that_parts_most(self, sign):
        (line,) = readers.csv_lines(f'甲{sign}"乙,;|丙"{sign}丁'.encode())
        assert len(line.cells) == 3
        ((only),) = readers.csv_lines("甲".encode())
        assert list(only.cells) == ["甲"]

    def test_encodings(self):
        assert readers.decode("\ufeff甲".encode()) == readers.decode("甲".encode("gb18030")) == "甲"
        assert refused(readers.csv_lines, b"\xff\xfe\xff") == "encoding"
        split = b"a" * (readers._STEP - 1) + "甲".encode()
        assert readers.decode(split).endswith("a甲"), "a character may lie across two pieces"

    def test_a_quote_without_an_end(self):
        assert refused(readers.csv_lines, b'a,"' + b"b" * (readers.MAX_CELL_TEXT * 4 + 1)) == "csv"
        assert refused(readers.csv_lines, b'a,"' + b"b" * (readers.MAX_CELL_TEXT * 4)) == ""


class TestJson:
    def of(self, rows):
        return refused(readers.json_objects, json.dumps(rows, ensure_ascii=False).encode())

    @pytest.mark.parametrize(("rows", "code"), [(9, ""), (10, ""), (11, "rows")])
    def test_rows(self, rows, code, monkeypatch):
        monkeypatch.setattr(guard, "MAX_ROWS", 10)
        assert self.of([{"a": 1}] * rows) == code

    @pytest.mark.parametrize(("keys", "code"), [(255, ""), (256, ""), (257, "json-keys")])
    def test_keys(self, keys, code):
        assert self.of([{f"k{n}": 1 for n in range(keys)}]) == code

    @pytest.mark.parametrize(("depth", "code"), [(7, ""), (8, ""), (9, ""), (10, "json-depth")])
    @pytest.mark.parametrize("kind", ["list", "dict"])
    def test_depth(self, depth, code, kind):
        """Nine nested containers around nothing, the innermost being empty; the tenth is one too many."""
        value = [] if kind == "list" else {}
        for _ in range(depth - 1):
            value = [value] if kind == "list" else {"k": value}
        assert self.of([{"a": value}]) == code

    @pytest.mark.parametrize(("digits", "code"), [(63, ""), (64, ""), (65, "json-number")])
    def test_digits(self, digits, code):
        assert refused(readers.json_objects, b'[{"a": %s}]' % (b"1" * digits)) == code
        assert refused(readers.json_objects, b'[{"a": 1.%s}]' % (b"1" * (digits - 2))) == code

    def test_a_number_beyond_all(self):
        assert refused(readers.json_objects, b'[{"a": 1e999}]') == "json-number"
        assert refused(readers.json_objects, b'[{"a": 1e99}]') == ""

    @pytest.mark.parametrize("name", ["records", "rows", "data"])
    def test_arrays_in_an_envelope_and_records_in_theirs(self, name):
        given = json.dumps({name: [{"record": {"a": 1}}, {"record": 2}]}).encode()
        assert list(readers.json_objects(given)) == [(1, {"a": 1}), (2, {"record": 2})]
        assert list(readers.json_objects(b'{"a": 1}')) == [(1, {"a": 1})]

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ('[{"a": "\\ud800"}]', "json-half"),
            ('[{"\\uD800": 1}]', "json-half"),
            ('[{"a": "\\ud83d\\ude00"}]', ""),
            ("[1]", "json"),
            ("1", "json"),
            ("[]", "empty"),
            ('[{"a": Infinity}]', "json"),
            ('[{"a": 1}', "json"),
        ],
    )
    def test_what_is_no_array_of_objects(self, text, code):
        assert refused(readers.json_objects, text.encode()) == code

    def test_the_line_of_a_mistake_is_told(self):
        with pytest.raises(FileRefused, match="第2行"):
            list(readers.json_objects(b'[{"a": 1},\n{"a"}]'))
        with pytest.raises(FileRefused, match="第2项"):
            list(readers.json_objects(b'[{"a": 1}, 2]'))


class TestKinds:
    @pytest.mark.parametrize(
        ("data", "name", "kind"),
        [
            (b"a,b", "a.csv", Kind.CSV),
            (b"a,b", "A.TXT", Kind.CSV),
            (b"[1]", "a.txt", Kind.JSON),
            (b"\xef\xbb\xbf {}", "a.json", Kind.JSON),
            (OLE_MAGIC, "a.xls", Kind.XLS),
            (b"PK\x03\x04", "a.xlsx", Kind.XLSX),
            (b"PK\x05\x06", "a.xlsx", Kind.XLSX),
            (b"PK\x07\x08", "a.xlsx", Kind.XLSX),
        ],
    )
    def test_told_by_the_first_bytes(self, data, name, kind):
        assert sniff(data, name) is kind

    @pytest.mark.parametrize(
        "sign", [b"%PDF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"MZ"]
    )
    def test_foreign_kinds(self, sign):
        assert refused(sniff, sign + b"1", "a.csv") == "foreign"

    @pytest.mark.parametrize("extension", [".xlsm", ".xlsb", ".xltx", ".xltm", ".ods", ".et", ".numbers", ".exe", ""])
    def test_foreign_endings(self, extension):
        assert refused(sniff, b"a,b", f"a{extension}") == "extension"

    @pytest.mark.parametrize(("blanks", "code"), [(8_192, ""), (20_000, "")])
    def test_a_file_that_begins_with_many_blanks_is_not_empty(self, blanks, code):
        assert refused(sniff, b" " * blanks + b"a,b", "a.csv") == code

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"", "empty"),
            (b"\xef\xbb\xbf \r\n\t\0", "empty"),
            (b"\xff\xfea", "utf16"),
            (b"\xfe\xffa", "utf16"),
            (b"a\0b", "nul"),
            (b"<?xml version='1.0'?><a/>", "xml"),
            (b"<?mso-application?>", "xml2003"),
            (b"x urn:schemas-microsoft-com:office:spreadsheet", "xml2003"),
            (b"MIME-Version: 1.0", "mhtml"),
            (b"<Table>", "html"),
            (OLE_MAGIC + "EncryptionInfo".encode("utf-16-le"), "encrypted"),
            (OLE_MAGIC + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ],
    )
    def test_what_is_no_table(self, data, code):
        assert refused(sniff, data, "a.csv") == code

    def test_what_is_not_accepted_here(self):
        assert refused(sniff, b"a,b", "a.csv", (Kind.XLSX,)) == "kind"
        assert refused(sniff, b"[1]", "a.csv") == "extension"

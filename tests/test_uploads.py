"""Uploaded workbooks: only a plain, whole XLSX of a decent size is opened, and what stands in it is told by kind."""

from datetime import date
from io import BytesIO
from time import perf_counter
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from data.refusals import Invalid, TooLarge
from data.uploads import CellKind, Limits, SheetCell, open_workbook

SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def repacked(parts: dict[str, bytes], content: bytes | None = None, compression: int = ZIP_DEFLATED) -> bytes:
    """A workbook with some parts replaced or added."""
    stream = BytesIO()
    with ZipFile(BytesIO(content or workbook([1]))) as old, ZipFile(stream, "w", compression) as new:
        kept = {name: old.read(name) for name in old.namelist()}
        for name, part in {**kept, **parts}.items():
            new.writestr(name, part)
    return stream.getvalue()


def sheet_of(rows: str, after: str = "") -> bytes:
    """A workbook whose only sheet has this XML."""
    return repacked({SHEET: f"{HEAD}<sheetData>{rows}</sheetData>{after}</worksheet>".encode()})


def refusal(content: bytes, kind: type[Exception] = Invalid, limits: Limits | None = None) -> str:
    with pytest.raises(kind) as refused:
        open_workbook(content, limits)
    return str(refused.value)


def test_cells_are_told_by_kind_and_blank_ones_are_left_out() -> None:
    (sheet,) = open_workbook(workbook([7, 1.5, "a", None, " "], [], [True, date(2026, 2, 1), "=1+1", "#N/A"]))
    assert dict(sheet.cells) == {
        (1, 1): SheetCell(CellKind.NUMBER, 7.0),
        (1, 2): SheetCell(CellKind.NUMBER, 1.5),
        (1, 3): SheetCell(CellKind.TEXT, text="a"),
        (3, 1): SheetCell(CellKind.BOOLEAN, text="True"),
        (3, 2): SheetCell(CellKind.DATE, text="2026-02-01T00:00:00"),
        (3, 3): SheetCell(CellKind.FORMULA, text="="),
        (3, 4): SheetCell(CellKind.ERROR, text="#N/A"),
    }


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("0%", CellKind.PERCENTAGE),
        ("0.00%", CellKind.PERCENTAGE),
        ('0.0"%"', CellKind.NUMBER),
        ("0\\%", CellKind.NUMBER),
        ("General", CellKind.NUMBER),
    ],
)
def test_a_percentage_is_told_from_a_number_with_a_printed_sign(code: str, kind: CellKind) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = 0.5
    book.worksheets[0]["A1"].number_format = code
    stream = BytesIO()
    book.save(stream)
    assert open_workbook(stream.getvalue())[0].cells[1, 1] == SheetCell(kind, 0.5)


def test_other_files_are_refused_by_what_they_are() -> None:
    compound = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)
    macros = b'<Types><Default ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    assert refusal(b"") == refusal(b"a;b\n1;2") == refusal(repacked({"[Content_Types].xml": b"<Types/>"}))
    assert refusal(b"a;b") == "Đây không phải là tệp Excel (.xlsx)."
    assert "kiểu cũ (.xls)" in refusal(compound)
    assert "mật khẩu" in refusal(compound + "EncryptedPackage".encode("utf-16-le"))
    assert "macro" in refusal(repacked({"[Content_Types].xml": macros}))
    assert "macro" in refusal(repacked({"xl/vbaProject.bin": b"x"}))
    assert "bị hỏng" in refusal(workbook([1])[:-200])
    assert "bị hỏng" in refusal(repacked({SHEET: b"<worksheet"}))
    assert "bị hỏng" in refusal(sheet_of('<row r="0"><c r="A0"><v>1</v></c></row>'))
    assert "bị hỏng" in refusal(sheet_of('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'))
    assert "bị hỏng" in refusal(sheet_of(f'<row r="1"><c r="A1" t="str"><v>{"x" * 32_768}</v></c></row>'))
    assert "bị hỏng" in refusal(sheet_of("", '<mergeCells><mergeCell ref="B3:A1"/></mergeCells>'))
    assert "bị hỏng" in refusal(repacked({}, compression=ZIP_BZIP2))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = repacked({"xl/media/nothing.bin": bytes(100 * 1024 * 1024)})
    assert len(bomb) < 1024 * 1024
    begun = perf_counter()
    assert "vượt quá mức" in refusal(bomb, TooLarge)
    assert perf_counter() - begun < 1


def test_sheets_that_share_one_part_are_refused_before_it_is_read_for_each_of_them() -> None:
    rows: list[list[object]] = [[number] * 20 for number in range(2_000)]
    content = workbook(*rows)
    with ZipFile(BytesIO(content)) as archive:
        book = archive.read("xl/workbook.xml").decode()
    one = book[book.index("<sheet ") : book.index("</sheets>")]
    many = "".join(one.replace('"Sheet"', f'"S{number}"') for number in range(500))
    begun = perf_counter()
    assert "bị hỏng" in refusal(repacked({"xl/workbook.xml": book.replace(one, many).encode()}, content))
    assert perf_counter() - begun < 1


def test_a_sheet_that_is_a_picture_is_passed_over() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append([7])
    book.create_chartsheet("Picture", 0)
    stream = BytesIO()
    book.save(stream)
    (sheet,) = open_workbook(stream.getvalue())
    assert dict(sheet.cells) == {(1, 1): SheetCell(CellKind.NUMBER, 7.0)}


def test_more_than_is_read_is_refused() -> None:
    assert refusal(bytes(5 * 1024 * 1024 + 1), TooLarge) == "Tệp lớn hơn 5 MB. Chưa đọc gì."
    assert "vượt quá mức" in refusal(sheet_of("<row>" + "<c/>" * 500_000 + "</row>"), TooLarge)
    assert "vượt quá mức" in refusal(repacked({f"xl/more{number}.xml": b"" for number in range(500)}), TooLarge)
    far = '<row r="{row}"><c r="{column}{row}"><v>1</v></c></row>'
    assert "quá dòng 20.000 hoặc cột OJ" in refusal(sheet_of(far.format(row=1048576, column="A")), TooLarge)
    assert "quá dòng 20.000 hoặc cột OJ" in refusal(sheet_of(far.format(row=1, column="XFD")), TooLarge)
    assert "quá dòng 2 " in refusal(workbook([1], [2], [3]), TooLarge, Limits(rows=2))


def test_far_cells_that_are_only_formatted_are_no_data() -> None:
    (sheet,) = open_workbook(
        sheet_of('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"/></row>')
    )
    assert list(sheet.cells) == [(1, 1)]


def test_merged_cells_are_told_however_many_they_cover() -> None:
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="B2:C3"/></mergeCells>'
    (sheet,) = open_workbook(sheet_of("", merged))
    assert [(one.cell, one.bottom, one.right) for one in sheet.merged] == [("A1", 1048576, 16384), ("B2", 3, 3)]


def test_entities_and_shared_formulas_do_not_multiply() -> None:
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + step)} "{f"&{chr(97 + step)};" * 10}">' for step in range(9)
    )
    bomb = f'{entities}]>{HEAD}<sheetData><row r="1"><c r="A1" t="str"><v>&j;</v></c></row></sheetData></worksheet>'
    assert "bị hỏng" in refusal(repacked({SHEET: bomb.encode()}))
    shared = f'<row><c r="A1"><f t="shared" si="0" ref="A1:A20000">{"A1+" * 100_000}1</f></c></row>' + "".join(
        f'<row><c r="A{row}"><f t="shared" si="0"/></c></row>' for row in range(2, 20_001)
    )
    begun = perf_counter()
    (sheet,) = open_workbook(sheet_of(shared))
    assert {cell.kind for cell in sheet.cells.values()} == {CellKind.FORMULA}
    assert perf_counter() - begun < 10

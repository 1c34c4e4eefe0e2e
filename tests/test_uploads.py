"""What somebody uploads as a table: cells with their addresses, and a refusal for whatever is none."""

import zipfile
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import uploads
from data.refusals import Invalid, Refusal, TooLarge
from data.uploads import Cell, read_table


def book_of(**cells: str | float) -> bytes:
    book, stream = openpyxl.Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for address, value in cells.items():
        sheet[address] = value
    book.save(stream)
    return stream.getvalue()


def test_cells_of_a_workbook_carry_their_addresses_and_formulas_are_told_and_not_run() -> None:
    rows = read_table(book_of(A1="Tên", B3=2.5, D7="=B3*2", C7=" ", A9=True))
    assert rows == [
        [Cell(1, 1, "Tên", False)],
        [Cell(3, 2, 2.5, False)],
        [Cell(7, 4, "=B3*2", True)],
        [Cell(9, 1, "TRUE", False)],
    ]
    assert [row[0].address for row in rows] == ["A1", "B3", "D7", "A9"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_text_is_read_with_the_delimiter_of_its_first_line(delimiter: str) -> None:
    text = f"\ufeffa{delimiter}b\r\n\r\n'=x{delimiter}=1+1\r\n"
    assert read_table(text.encode()) == [
        [Cell(1, 1, "a", False), Cell(1, 2, "b", False)],
        [Cell(3, 1, "=x", False), Cell(3, 2, "=1+1", True)],
    ]


def test_a_far_cell_is_refused_before_a_million_rows_are_made() -> None:
    for address in ("A1048576", "XFD1"):
        with pytest.raises(TooLarge):
            read_table(book_of(A1="x", **{address: "y"}))
    with pytest.raises(TooLarge):
        read_table(b"a\n" * (uploads.MOST_ROWS + 1))
    with pytest.raises(TooLarge):
        read_table(b"a" * (uploads.MOST_LETTERS + 1))


def test_a_bomb_is_refused_unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (uploads.MOST_UNPACKED + 1))
    assert len(stream.getvalue()) < uploads.MOST_BYTES
    monkeypatch.delattr("openpyxl.load_workbook")
    with pytest.raises(TooLarge, match="giải nén"):
        read_table(stream.getvalue())


def test_many_parts_are_refused_too() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for number in range(uploads.MOST_PARTS + 1):
            packed.writestr(f"{number}.xml", b"")
    with pytest.raises(TooLarge):
        read_table(stream.getvalue())


def test_an_entity_that_grows_is_no_workbook() -> None:
    whole, broken = BytesIO(book_of(A1="x")), BytesIO()
    laughs = [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12)]
    text = "<row><c t='inlineStr'><is><t>&l11;</t></is></c></row>"
    kinds = f"<!DOCTYPE x [<!ENTITY l0 'ha'>{''.join(laughs)}]>"
    bomb = f"{kinds}<worksheet><sheetData>{text}</sheetData></worksheet>"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(broken, "w") as packed:
        for part in source.namelist():
            packed.writestr(part, bomb if part.endswith("sheet1.xml") else source.read(part))
    with pytest.raises(Invalid):
        read_table(broken.getvalue())


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 4000), st.booleans())
def test_no_bytes_do_more_than_be_refused(noise: bytes, at: int, packed: bool) -> None:
    whole = book_of(A1="x", B2=1)
    content = whole[:at] + noise + whole[at + len(noise) :] if packed else noise
    try:
        rows = read_table(content)
    except Refusal:
        return
    assert all(cell.value != "" for row in rows for cell in row)
